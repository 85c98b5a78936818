import { errorOf, PostilError } from "./errors.ts";
import { load, type LoadOptions, type Progress } from "./load.ts";
import type { Postil } from "./postil.ts";
import type { FromWorker, ToWorker } from "./wire.ts";

/** What a message can come from and go to: a Worker's own scope, or a port. */
interface Peer extends EventTarget {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  start?(): void;
  close?(): void;
}

/** What serve() does, until it is ended. */
export interface Serving {
  /** Lets go of all that was loaded, tells those who have connected, and closes the port. */
  dispose(): void;
}

/** What is loaded for one line, or on its way. */
interface Served {
  stop: AbortController;
  postil?: Postil;
}

/**
 * Answers what connect() asks through a port, any number of times, until the port
 * is closed or what it returns is disposed of. Each line has its index, and an instance for it.
 */
export function serve(peer: Peer): Serving {
  const lines = new Map<number, Served>();

  const end = (line: number) => {
    const served = lines.get(line);
    lines.delete(line);
    served?.stop.abort();
    served?.postil?.dispose();
  };

  const dispose = () => {
    for (const line of lines.keys()) {
      end(line);
      peer.postMessage({ line, id: 0 }); // few browsers tell them of a port that was closed
    }
    peer.close?.();
  };

  const answer = async ({ line, id, method, args }: ToWorker): Promise<unknown> => {
    if (method == "dispose") return end(line);
    if (method == "load") {
      const served: Served = { stop: new AbortController() };
      lines.set(line, served);
      const onProgress = (progress: Progress) => peer.postMessage({ line, id, progress });
      served.postil = await load({ ...(args[0] as LoadOptions), signal: served.stop.signal, onProgress });
      return undefined;
    }
    const postil = lines.get(line)?.postil;
    if (!postil) throw errorOf("disposed", "nothing is loaded in this Worker");
    if (method == "memory") return postil.memory;
    return (postil as unknown as Record<string, (...args: unknown[]) => unknown>)[method]!(...args);
  };

  peer.addEventListener("message", async (event) => {
    const question = (event as MessageEvent<ToWorker | undefined>).data;
    if (!question?.line) return; // of someone else who uses the port
    const { line, id } = question;
    try {
      const value = await answer(question);
      if (id) peer.postMessage({ line, id, value }, value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : []);
    } catch (error) {
      const { code, causes } = error instanceof PostilError ? error : { code: undefined, causes: [] };
      if (id) peer.postMessage({ line, id, error: { code, message: String((error as Error)?.message ?? error), causes: [...causes] } });
    }
  });
  peer.addEventListener("close", dispose);
  peer.start?.();
  return { dispose };
}

// As the script of a Worker it serves whoever started it.
declare const WorkerGlobalScope: (new () => object) | undefined;
if (typeof WorkerGlobalScope != "undefined" && globalThis instanceof WorkerGlobalScope && "DedicatedWorkerGlobalScope" in globalThis) {
  serve(globalThis as unknown as Peer);
}
