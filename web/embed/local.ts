import { connect, load, PostilError, type ConnectOptions, type Postil, type RemotePostil } from "../../wasm/js/src/index.ts";
// This very file is the script of the Worker, too.
import "../../wasm/js/src/worker.ts";
import type { Options } from "./options.ts";
import type { Answer } from "./types.ts";
import { annotateOptions, forwarded } from "./wanted.ts";

/** Addresses of the module and of the site's index, relative to this file; set by the build. */
declare const WASM: string;
declare const INDEX: string;

/** The engine at work. */
export interface Local {
  /** Rejects where an option is wrong, too: that does not break it. */
  annotate(text: string): Promise<Answer>;
  end(): void;
}

/** Loads the WebAssembly module and an index; it ends with the signal at the latest. */
export async function start(options: Options, signal: AbortSignal): Promise<Local> {
  const { postil, end } = await open({
    wasm: new URL(WASM, import.meta.url),
    index: options.index ? new URL(options.index, document.baseURI) : new URL(INDEX, import.meta.url),
    signal,
  });
  signal.addEventListener("abort", end, { once: true });
  const wanted = annotateOptions(forwarded.flatMap((name) => (options[name] ? [[name, options[name]] as const] : [])));
  if (options.occurrences == "section") wanted.occurrences = "all";
  return {
    annotate: async (text) => postil.annotate(text, wanted),
    end() {
      signal.removeEventListener("abort", end);
      end();
    },
  };
}

/** In a Worker or, where the page's policy allows none, in the page itself. */
async function open(options: ConnectOptions & { signal: AbortSignal }): Promise<{ postil: Postil | RemotePostil; end(): void }> {
  // A Worker's script must be of the page's origin, which this file need not be.
  const script = URL.createObjectURL(new Blob([`import ${JSON.stringify(import.meta.url)}`], { type: "text/javascript" }));
  let worker: Worker | undefined;
  try {
    worker = new Worker(script, { type: "module", name: "postil" });
    const remote = await connect({ ...options, worker });
    const end = () => {
      remote.dispose();
      worker!.terminate();
    };
    return { postil: remote, end };
  } catch (error) {
    worker?.terminate();
    options.signal.throwIfAborted();
    if (error instanceof PostilError && error.code != "crashed") throw error;
    const postil = await load(options);
    return { postil, end: () => postil.dispose() };
  } finally {
    URL.revokeObjectURL(script);
  }
}
