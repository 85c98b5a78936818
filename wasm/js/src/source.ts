import { kindOf } from "./arguments.ts";
import { areBytes } from "./engine.ts";
import { errorOf } from "./errors.ts";
import type { From, LoadOptions, Progress } from "./load.ts";

/** How to read. */
export interface Reading extends Pick<LoadOptions, "signal" | "onProgress"> {
  /** Ends what is fetched here; it aborts with the signal at the latest. */
  stop?: AbortSignal | undefined;
}

/**
 * Reads module or index, until the signal aborts. What goes wrong is given to
 * `blame`, but not what the caller has thrown.
 */
export async function take<T>(
  of: Progress["of"],
  from: From,
  { signal, stop = signal, onProgress }: Reading,
  read: (source: Response | BufferSource) => Promise<T>,
  blame: (error: unknown) => unknown,
): Promise<T> {
  const isAddress = typeof from == "string" || from instanceof URL;
  const source = usable(of, await (isAddress ? fetched(of, String(from), stop) : given(of, from, signal)));
  const thrown: unknown[] = [];
  const report = (loaded: number, total: number | undefined) => {
    try {
      onProgress?.({ of, loaded, total });
    } catch (error) {
      thrown.push(error);
      throw error;
    }
  };
  try {
    // What is fetched here ends by itself. What is not piped, browsers compile faster a second time.
    const piped = !areBytes(source) && (onProgress || (signal && !isAddress));
    return await until(read(piped ? counted(source, signal, report) : source), signal);
  } catch (error) {
    if (thrown.length) throw thrown[0];
    signal?.throwIfAborted();
    throw blame(error);
  }
}

/** Waits no longer when the signal aborts. */
function until<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}

/** What can be read. Node loads all that fetch() needs when a name like Response is met, so it is not. */
function usable(of: Progress["of"], source: unknown): Response | BufferSource {
  if (areBytes(source)) return source;
  if (typeof source != "object" || !source || !("ok" in source)) {
    throw errorOf("bad-option", `${of}: want an address, a Response, or bytes, got ${kindOf(source)}`);
  }
  const response = source as Response;
  if (!response.ok) throw errorOf("fetch-failed", `${response.url || of} answers ${response.status}`);
  return response;
}

async function given(of: Progress["of"], from: unknown, signal: AbortSignal | undefined): Promise<unknown> {
  const source = Promise.resolve(from);
  try {
    return await until(source, signal);
  } catch (cause) {
    if (!signal?.aborted) throw errorOf("fetch-failed", `${of} cannot be fetched`, { cause });
    source.then((late) => (late as Partial<Response>).body?.cancel(signal.reason)).catch(() => {});
    throw signal.reason;
  }
}

/** Files are read where the platform has them. */
async function fetched(of: Progress["of"], address: string, signal: AbortSignal | undefined): Promise<unknown> {
  signal?.throwIfAborted();
  if (address.startsWith("file:")) return until(readFile(of, address), signal);
  try {
    return await fetch(address, { signal: signal ?? null });
  } catch (cause) {
    signal?.throwIfAborted();
    const path = "process" in globalThis && !/^\w\w+:/.test(address);
    throw errorOf("fetch-failed", `${address} cannot be fetched${path ? ": a path is no address, give a file: URL or the bytes" : ""}`, { cause });
  }
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

/** The same response, its bytes counted as they are read; its body is cancelled when the signal aborts. */
function counted(response: Response, signal: AbortSignal | undefined, report: (loaded: number, total: number | undefined) => void): Response {
  if (!response.body) return response;
  const length = response.headers.get("content-encoding") ? null : response.headers.get("content-length");
  const total = length ? Number(length) : undefined;
  let loaded = 0;
  const count = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      loaded += chunk.length;
      report(loaded, total);
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(count, signal ? { signal } : {}), { headers: response.headers, status: response.status });
}
