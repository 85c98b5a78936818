import { errorOf, PostilError } from "./errors.ts";
import type { LoadOptions, Progress } from "./load.ts";
import type { Answers } from "./postil.ts";
import type { FromWorker, ToWorker, WireError } from "./wire.ts";

/** What answers in a Worker: the calls of Postil, each with a promise. */
export type RemotePostil = {
  [Name in keyof Answers]: (...args: Parameters<Answers[Name]>) => Promise<ReturnType<Answers[Name]>>;
} & {
  /** Ends the Worker, if connect() started it. Calls under way and later ones reject with a DisposedError. */
  dispose(): void;
};

export interface ConnectOptions extends Omit<LoadOptions, "index" | "wasm"> {
  /** An address, or bytes. An ArrayBuffer moves to the Worker and is empty afterwards. */
  index: string | URL | BufferSource;
  wasm?: string | URL | BufferSource | WebAssembly.Module | undefined;
  /** A Worker that runs postil/worker, or a port to one; if nothing is said, one is started. */
  worker?: Worker | MessagePort | undefined;
}

const methods: readonly (keyof Answers)[] = [
  "annotate",
  "explain",
  "mark",
  "search",
  "suggest",
  "mentions",
  "related",
  "article",
  "term",
  "terms",
  "info",
  "verify",
  "compile",
];

/** Loads module and index in a Worker, so that nothing of it runs on this thread. */
export async function connect(options: ConnectOptions): Promise<RemotePostil> {
  const { index, wasm, signal, onProgress } = options;
  signal?.throwIfAborted();
  const worker = options.worker ?? new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "postil" });
  const line = new Line(worker, !options.worker);
  const abort = () => line.end(signal!.reason);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const payload = { index: portable(index), wasm: wasm && portable(wasm) };
    await line.ask("load", [payload], onProgress, index instanceof ArrayBuffer ? [index] : []);
  } catch (error) {
    line.end(error);
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
  const remote = { dispose: () => line.end(errorOf("disposed", "this Postil was disposed of")) } as Record<string, unknown>;
  for (const method of methods) remote[method] = (...args: unknown[]) => line.ask(method, args);
  return remote as unknown as RemotePostil;
}

/** Addresses are relative to this page, not to the Worker's script. */
function portable<T>(from: T | string | URL): T | string {
  if (typeof from != "string" && !(from instanceof URL)) return from;
  return String(typeof document == "object" ? new URL(from, document.baseURI) : from);
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  onProgress: ((progress: Progress) => void) | undefined;
}

/** Questions and answers between here and a Worker. */
class Line {
  #worker: Worker | MessagePort;
  #own: boolean;
  #waiting = new Map<number, Waiting>();
  #last = 0;
  #end: { error: unknown } | undefined;
  #listening = new AbortController();

  constructor(worker: Worker | MessagePort, own: boolean) {
    this.#worker = worker;
    this.#own = own;
    const { signal } = this.#listening;
    const target: EventTarget = worker;
    target.addEventListener("message", (event) => this.#hear((event as MessageEvent<FromWorker>).data), { signal });
    target.addEventListener("messageerror", () => this.end(errorOf("crashed", "a message of the Worker cannot be read")), { signal });
    target.addEventListener(
      "error",
      (event) => {
        event.preventDefault();
        this.end(errorOf("crashed", "the Worker failed: " + ((event as ErrorEvent).message ?? "its script could not be loaded")));
      },
      { signal },
    );
    if ("start" in worker) worker.start();
  }

  ask(method: string, args: unknown[], onProgress?: (progress: Progress) => void, transfer: Transferable[] = []): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#end) return reject(this.#end.error);
      const id = ++this.#last;
      this.#waiting.set(id, { resolve, reject, onProgress });
      try {
        this.#worker.postMessage({ id, method, args } satisfies ToWorker, transfer);
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
    else this.#worker.postMessage({ id: 0, method: "dispose", args: [] } satisfies ToWorker);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #hear(message: FromWorker): void {
    const waiting = this.#waiting.get(message.id);
    if (!waiting) return;
    if ("progress" in message) return waiting.onProgress?.(message.progress);
    this.#waiting.delete(message.id);
    if ("error" in message) waiting.reject(revived(message.error));
    else waiting.resolve(message.value);
  }
}

function revived(error: WireError): unknown {
  return error.code ? errorOf(error.code, error.message, { causes: error.causes }) : new PostilError("internal", error.message);
}

