import { connect, load, PostilError, type AnnotateOptions, type ConnectOptions, type Postil, type RemotePostil } from "../../wasm/js/src/index.ts";
// This very file is the script of the Worker, too.
import "../../wasm/js/src/worker.ts";
import type { Annotate } from "./engine.ts";
import { forwarded, type Options } from "./options.ts";

/** Addresses of the module and of the site's index, relative to this file; set by the build. */
declare const WASM: string;
declare const INDEX: string;

/** Loads the WebAssembly module and an index, and returns what annotates with them. */
export async function start(options: Options, signal: AbortSignal): Promise<Annotate> {
  const postil = await open({
    wasm: new URL(WASM, import.meta.url),
    index: options.index ? new URL(options.index, document.baseURI) : new URL(INDEX, import.meta.url),
    signal,
  });
  signal.addEventListener("abort", () => postil.dispose(), { once: true });
  const wanted = annotateOptions(options);
  return async (text) => postil.annotate(text, wanted);
}

/** In a Worker or, where the page's policy allows none, in the page itself. */
async function open(options: ConnectOptions & { signal: AbortSignal }): Promise<Postil | RemotePostil> {
  // A Worker's script must be of the page's origin, which this file need not be.
  const script = URL.createObjectURL(new Blob([`import ${JSON.stringify(import.meta.url)}`], { type: "text/javascript" }));
  let worker: Worker | undefined;
  try {
    worker = new Worker(script, { type: "module", name: "postil" });
    const remote = await connect({ ...options, worker });
    options.signal.addEventListener("abort", () => worker!.terminate(), { once: true });
    return remote;
  } catch (error) {
    worker?.terminate();
    options.signal.throwIfAborted();
    if (error instanceof PostilError && error.code != "crashed") throw error;
    return load(options);
  } finally {
    URL.revokeObjectURL(script);
  }
}

/** The options as the module takes them. */
function annotateOptions(options: Options): AnnotateOptions {
  const out: Record<string, unknown> = {};
  for (const name of forwarded) {
    const value = options[name];
    if (!value) continue;
    if (name == "min-score") out["minScore"] = Number(value);
    else out[name] = /^(kinds|terms|exclude)$/.test(name) ? value.split(",").filter(Boolean) : value;
  }
  if (options.occurrences == "section") out["occurrences"] = "all";
  return out as AnnotateOptions;
}
