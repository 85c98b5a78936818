import { checked, kindOf } from "./arguments.ts";
import { Engine, areBytes, bytesOf } from "./engine.ts";
import { errorOf } from "./errors.ts";
import type { Postil } from "./postil.ts";
import { take, type Reading } from "./source.ts";

/** Where bytes come from: an address, a response, the bytes themselves, or a promise of either. */
export type From = string | URL | Response | BufferSource | PromiseLike<Response | BufferSource>;

export interface Progress {
  /** What is being loaded. */
  of: "wasm" | "index";
  /** Bytes that have come. */
  loaded: number;
  /** Bytes in all, if the server says so and does not compress; else undefined. */
  total: number | undefined;
}

export interface LoadOptions {
  /** The compiled index, as `postil build` writes it. */
  index: From;
  /** The module; if nothing is said, postil.wasm beside this script. */
  wasm?: From | WebAssembly.Module | undefined;
  /** Gives the loading up; it rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** What starts an instance. */
type ModuleOptions = Omit<LoadOptions, "index">;

/** Loads the module and an index, both at once, and opens it in an instance of its own. */
export async function load(options: LoadOptions): Promise<Postil> {
  const { index, signal } = checked(options);
  // What fails first stops the other.
  const stop = new AbortController();
  const reading = { ...options, stop: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal };
  const starting = start(reading);
  try {
    const [engine, bytes] = await Promise.all([starting, take("index", index, reading, bytesFrom, indexError)]);
    signal?.throwIfAborted();
    return engine.openOnly(bytes);
  } catch (error) {
    stop.abort(error);
    starting.then((engine) => engine.dispose()).catch(() => {});
    throw signal?.aborted ? signal.reason : error;
  }
}

/** Loads the module alone; its open() takes indexes. */
export async function loadEngine(options: ModuleOptions = {}): Promise<Engine> {
  return start(checked(options));
}

/** The same from what is in memory already, at once: for Workers whose bundler imports both. */
export function loadSync(options: { wasm: WebAssembly.Module; index: BufferSource }): Postil {
  return Engine.instantiateSync(checked(options).wasm).openOnly(options.index);
}

/** Fetches and compiles the module. What it returns can be given to many instances, and to Workers. */
export async function compileModule(options: ModuleOptions = {}): Promise<WebAssembly.Module> {
  return compiled(checked(options));
}

async function start(options: ModuleOptions & Reading): Promise<Engine> {
  return Engine.instantiate(await compiled(options));
}

async function compiled(options: ModuleOptions & Reading): Promise<WebAssembly.Module> {
  const { wasm = new URL("./postil.wasm", import.meta.url) } = options;
  if (typeof WebAssembly != "object") throw errorOf("blocked", "there is no WebAssembly here");
  return isModule(wasm) ? wasm : take("wasm", wasm, options, compile, moduleError);
}

/** Also one of another page or context. */
const isModule = (wasm: unknown): wasm is WebAssembly.Module => kindOf(wasm) == "WebAssembly.Module";

/** Compiles while the bytes come in, where the platform can. */
async function compile(source: Response | BufferSource): Promise<WebAssembly.Module> {
  if (!areBytes(source) && WebAssembly.compileStreaming && source.headers.get("content-type")?.startsWith("application/wasm")) {
    return WebAssembly.compileStreaming(source);
  }
  return WebAssembly.compile(await bytesFrom(source));
}

async function bytesFrom(source: Response | BufferSource): Promise<Uint8Array<ArrayBuffer>> {
  return bytesOf(areBytes(source) ? source : await source.arrayBuffer());
}

function moduleError(error: unknown): unknown {
  if (error instanceof WebAssembly.CompileError) {
    const blocked = /Content.Security.Policy|unsafe-eval|disallowed by embedder|blocked by CSP/i.test(error.message);
    return blocked
      ? errorOf("blocked", "the page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to script-src", { cause: error })
      : errorOf("bad-module", "the module is damaged or cut off", { cause: error });
  }
  if (error instanceof TypeError) return errorOf("fetch-failed", "the module could not be read to its end", { cause: error });
  return error;
}

const indexError = (cause: unknown) => errorOf("fetch-failed", "the index could not be read to its end", { cause });
