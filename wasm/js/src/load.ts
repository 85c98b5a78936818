import { Engine, bytesOf } from "./engine.ts";
import { errorOf } from "./errors.ts";
import type { Postil } from "./postil.ts";

/** Where bytes come from: an address, a response, or the bytes themselves. */
export type From = string | URL | Response | PromiseLike<Response> | BufferSource;

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

/** Loads the module and an index, both at once, and opens it in an instance of its own. */
export async function load(options: LoadOptions): Promise<Postil> {
  const { signal } = options;
  // What fails first stops the other.
  const stop = new AbortController();
  const inner = { ...options, signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal };
  try {
    const [engine, index] = await Promise.all([loadEngine(inner), read("index", options.index, inner)]);
    if (signal?.aborted) {
      engine.dispose();
      signal.throwIfAborted();
    }
    return engine.openOnly(index);
  } catch (error) {
    stop.abort(error);
    throw signal?.aborted ? signal.reason : error;
  }
}

/** Loads the module alone; its open() takes indexes. */
export async function loadEngine(options: Omit<LoadOptions, "index"> = {}): Promise<Engine> {
  return Engine.instantiate(await compileModule(options));
}

/** The same from what is in memory already, at once: for Workers whose bundler imports both. */
export function loadSync(options: { wasm: WebAssembly.Module; index: BufferSource }): Postil {
  return Engine.instantiateSync(options.wasm).openOnly(options.index);
}

/** Fetches and compiles the module. What it returns can be given to many instances, and to Workers. */
export async function compileModule(options: Omit<LoadOptions, "index"> = {}): Promise<WebAssembly.Module> {
  const { wasm = new URL("./postil.wasm", import.meta.url), signal } = options;
  if (typeof WebAssembly != "object") throw errorOf("blocked", "there is no WebAssembly here");
  if (wasm instanceof WebAssembly.Module) return wasm;
  signal?.throwIfAborted();
  const response = await respond("wasm", wasm, signal);
  try {
    if (areBytes(response)) return await WebAssembly.compile(response);
    return await compileResponse(counted(response, "wasm", options), signal);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw moduleError(error);
  }
}

/** Compiles while the bytes come in, where the platform can. */
async function compileResponse(response: Response, signal: AbortSignal | undefined): Promise<WebAssembly.Module> {
  if (WebAssembly.compileStreaming && response.headers.get("content-type")?.startsWith("application/wasm")) {
    return WebAssembly.compileStreaming(response);
  }
  const bytes = await response.arrayBuffer();
  signal?.throwIfAborted();
  return WebAssembly.compile(bytes);
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

/** Reads all bytes. */
async function read(of: Progress["of"], from: From, options: Pick<LoadOptions, "signal" | "onProgress">): Promise<Uint8Array<ArrayBuffer>> {
  const { signal } = options;
  signal?.throwIfAborted();
  const response = await respond(of, from, signal);
  if (areBytes(response)) return bytesOf(response);
  try {
    const bytes = new Uint8Array(await counted(response, of, options).arrayBuffer());
    signal?.throwIfAborted();
    return bytes;
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw errorOf("fetch-failed", "the index could not be read to its end", { cause: error });
  }
}

/** Whether there is nothing to fetch. Node loads all that fetch() needs when a name like Response is met, so it is not. */
const areBytes = (from: object | string): from is BufferSource => from instanceof ArrayBuffer || ArrayBuffer.isView(from);

/** Fetches what has to be fetched. Files are read where the platform has them. */
async function respond(of: Progress["of"], from: From, signal: AbortSignal | undefined): Promise<Response | BufferSource> {
  if (areBytes(from)) return from;
  let response;
  if (typeof from == "string" || from instanceof URL) {
    const address = String(from);
    if (address.startsWith("file:")) return readFile(of, address);
    try {
      response = await fetch(address, { signal: signal ?? null });
    } catch (cause) {
      if (signal?.aborted) throw signal.reason;
      throw errorOf("fetch-failed", `${address} cannot be fetched`, { cause });
    }
  } else {
    response = await from;
  }
  if (!response.ok) throw errorOf("fetch-failed", `${response.url || of} answers ${response.status}`);
  return response;
}

interface FileSystem {
  promises: { readFile(path: URL): Promise<Uint8Array<ArrayBuffer>> };
}

async function readFile(of: Progress["of"], address: string): Promise<BufferSource> {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): FileSystem } };
  const fs = process?.getBuiltinModule?.("node:fs");
  if (!fs) throw errorOf("fetch-failed", `${of}: files cannot be read here`);
  try {
    return await fs.promises.readFile(new URL(address));
  } catch (cause) {
    throw errorOf("fetch-failed", `${address} cannot be read`, { cause });
  }
}

/** The same response, its bytes counted as they are read. */
function counted(response: Response, of: Progress["of"], { onProgress }: Pick<LoadOptions, "onProgress">): Response {
  if (!onProgress || !response.body) return response;
  const length = response.headers.get("content-encoding") ? null : response.headers.get("content-length");
  const total = length ? Number(length) : undefined;
  let loaded = 0;
  const count = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      loaded += chunk.length;
      onProgress({ of, loaded, total });
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(count), { headers: response.headers, status: response.status });
}
