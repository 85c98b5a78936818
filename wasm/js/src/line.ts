import { errorOf, LoadError, PostilError } from "./errors.ts";
import type { Progress } from "./load.ts";
import type { FromWorker, ToWorker, WireError } from "./wire.ts";

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  onProgress: ((progress: Progress) => void) | undefined;
}

/** Questions and answers between here and a Worker, which may have other lines. */
export class Line {
  #worker: Worker | MessagePort;
  #own: boolean;
  /** Drawn, since other lines may be those of another copy of this script. */
  #name = Math.random();
  #waiting = new Map<number, Waiting>();
  #last = 0;
  #end: { error: unknown } | undefined;
  #listening = new AbortController();

  constructor(worker: Worker | MessagePort, own: boolean) {
    this.#worker = worker;
    this.#own = own;
    const { signal } = this.#listening;
    const on = (type: string, hear: (event: Event) => void) => (worker as EventTarget).addEventListener(type, hear, { signal });
    on("message", (event) => this.#hear((event as MessageEvent<FromWorker>).data));
    on("messageerror", () => this.end(errorOf("crashed", "a message of the Worker cannot be read")));
    on("close", () => this.#hear({ line: this.#name, id: 0 }));
    on("error", (event) => {
      event.preventDefault();
      this.end(this.#failure((event as ErrorEvent).message));
    });
    if ("start" in worker) worker.start();
  }

  ask(method: string, args: unknown[], onProgress?: (progress: Progress) => void, transfer: Transferable[] = []): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#end) return reject(this.#end.error);
      const id = ++this.#last;
      this.#waiting.set(id, { resolve, reject, onProgress });
      try {
        this.#tell(id, method, args, transfer);
      } catch (cause) {
        this.#waiting.delete(id);
        reject(errorOf("bad-option", "an argument cannot be sent to a Worker", { cause }));
      }
    });
  }

  /** Rejects all that waits, and all that is asked from now on. */
  end(error: unknown): void {
    if (this.#end) return;
    this.#end = { error };
    this.#listening.abort();
    if (this.#own) (this.#worker as Worker).terminate();
    else this.#tell(0, "dispose", []);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #tell(id: number, method: string, args: unknown[], transfer: Transferable[] = []): void {
    this.#worker.postMessage({ line: this.#name, id, method, args } satisfies ToWorker, transfer);
  }

  #hear(message: FromWorker | undefined): void {
    if (message?.line != this.#name) return;
    if (!message.id) return this.end(errorOf("crashed", "the port to the Worker was closed"));
    const waiting = this.#waiting.get(message.id);
    if (!waiting) return;
    try {
      if ("progress" in message) return waiting.onProgress?.(message.progress);
      if ("error" in message) throw revived(message.error);
      waiting.resolve(message.value);
    } catch (error) {
      waiting.reject(error);
    }
    this.#waiting.delete(message.id);
  }

  /** A script that was not found has no message. Those who give a Worker know it by the code of one that failed. */
  #failure(message: string | undefined): PostilError {
    if (message) return errorOf("crashed", `the Worker failed: ${message}`);
    const said = "the Worker's script cannot be loaded";
    return this.#own ? errorOf("fetch-failed", `${said}: worker.js has to lie beside this one`) : new LoadError("crashed", said);
  }
}

function revived({ code, message, causes }: WireError): unknown {
  return code ? errorOf(code, message, { causes }) : new PostilError("internal", message);
}
