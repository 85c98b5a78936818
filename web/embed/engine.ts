import type { Engine } from "./client.ts";
import type { Local } from "./local.ts";
import type { Options } from "./options.ts";

/** Address of the local engine's module, relative to this one; set by the build. */
declare const LOCAL: string;

/**
 * An engine that annotates with the WebAssembly module in this page, to which
 * alone the text then goes. It is fetched when the page has nothing else to do.
 * Where it cannot run, and the publisher allows it, the endpoint is asked after
 * all. Terms are looked up at the endpoint.
 */
export default function createLocal(remote: Engine, options: Options, signal: AbortSignal): Engine {
  let local: Promise<Local> | undefined;
  const start = async (): Promise<Local> => {
    try {
      const { connection } = navigator as { connection?: { saveData?: boolean } };
      if (connection?.saveData) throw Error("the local engine is not loaded, the reader saves data");
      await idle();
      signal.throwIfAborted();
      return await ((await import(LOCAL)) as typeof import("./local.ts")).start(options, signal);
    } catch (error) {
      if (options.fallback == "endpoint") return { annotate: (text) => remote.annotate(text, signal), end() {} };
      throw error;
    }
  };
  const annotate = async (text: string) => {
    local ??= start();
    let running: Local | undefined;
    try {
      running = await local;
      return await running.annotate(text);
    } catch (error) {
      // What failed or broke down is begun again with the next text; a wrong
      // option breaks nothing, and is as wrong the next time.
      if (!running || !/^bad-/.test((error as { code?: string }).code ?? "")) {
        running?.end();
        local = undefined;
      }
      throw error;
    }
  };
  return { ...remote, annotate };
}

/** Waits until the page has been loaded and the browser is idle. */
function idle(): Promise<void> {
  return new Promise((done) => {
    const later = () => ("requestIdleCallback" in window ? requestIdleCallback(() => done()) : setTimeout(done, 200));
    if (document.readyState == "complete") later();
    else addEventListener("load", later, { once: true });
  });
}
