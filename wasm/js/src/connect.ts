import { checked, kindOf } from "./arguments.ts";
import { errorOf } from "./errors.ts";
import { Line } from "./line.ts";
import type { LoadOptions } from "./load.ts";
import type { Answers } from "./postil.ts";

/** What answers in a Worker: the calls of Postil, each with a promise. */
export type RemotePostil = {
  [Name in keyof Answers]: (...args: Parameters<Answers[Name]>) => Promise<ReturnType<Answers[Name]>>;
} & {
  /** Size of the module's memory in bytes. */
  readonly memory: Promise<number>;
  /**
   * Ends the Worker, if connect() started it; another can be connected to again.
   * Calls under way and later ones reject with a DisposedError.
   */
  dispose(): void;
  [Symbol.dispose](): void;
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
  const { index, wasm, signal, onProgress, worker } = checked(options);
  signal?.throwIfAborted();
  const line = new Line(workerOf(worker), !worker);
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
  return remote(line);
}

function remote(line: Line): RemotePostil {
  const dispose = () => line.end(errorOf("disposed", "this Postil was disposed of"));
  const calls = methods.map((method) => [method, (...args: unknown[]) => line.ask(method, args)] as const);
  const rest = {
    get memory() {
      return line.ask("memory", []);
    },
    dispose,
    [Symbol.dispose]: dispose,
  };
  return Object.assign(rest, Object.fromEntries(calls)) as unknown as RemotePostil;
}

/** The Worker that is given, or one of its own. */
function workerOf(given: Worker | MessagePort | undefined): Worker | MessagePort {
  if (given ? typeof given.addEventListener != "function" : typeof Worker == "undefined") {
    const got = given ? `got ${kindOf(given)}` : "there is none here";
    throw errorOf("bad-option", `want \`worker\` to be a Worker of the web, or a MessagePort that serve() of postil/worker answers: ${got}`);
  }
  try {
    // Bundlers look for this expression, to find the script.
    return given ?? new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "postil" });
  } catch (cause) {
    throw errorOf("blocked", `no Worker can be started: ${cause}`, { cause });
  }
}

/** Addresses are relative to this page or script, not to the Worker's. */
function portable<T>(from: T | string | URL): T | string {
  if (typeof from != "string" && !(from instanceof URL)) return from;
  if (URL.canParse(from)) return String(from);
  const base = typeof document == "object" ? document.baseURI : globalThis.location?.href;
  return URL.canParse(from, base) ? new URL(from, base).href : String(from);
}
