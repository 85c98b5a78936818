import { PostilError } from "./errors.ts";
import { load, type LoadOptions } from "./load.ts";
import type { Postil } from "./postil.ts";
import type { FromWorker, ToWorker } from "./wire.ts";

/** What a message can come from and go to: a Worker's own scope, or a port. */
interface Peer extends EventTarget {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  start?(): void;
}

/** Answers what connect() asks through a port, until it disposes of it. */
export function serve(peer: Peer): void {
  let postil: Postil | undefined;
  let ended = false;

  const answer = async ({ id, method, args }: ToWorker): Promise<unknown> => {
    if (method == "load") {
      postil?.dispose();
      postil = await load({ ...(args[0] as LoadOptions), onProgress: (progress) => peer.postMessage({ id, progress }) });
      if (ended) postil.dispose();
      return undefined;
    }
    if (!postil) throw new PostilError("disposed", "nothing is loaded in this Worker");
    return (postil as unknown as Record<string, (...args: unknown[]) => unknown>)[method]!(...args);
  };

  const listen = async (event: Event) => {
    const question = (event as MessageEvent<ToWorker>).data;
    const { id } = question;
    try {
      const value = await answer(question);
      if (id) peer.postMessage({ id, value }, value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : []);
    } catch (error) {
      const { code, causes } = error instanceof PostilError ? error : { code: undefined, causes: [] };
      if (id) peer.postMessage({ id, error: { code, message: String((error as Error)?.message ?? error), causes: [...causes] } });
    }
    if (!id) {
      ended = true;
      peer.removeEventListener("message", listen);
    }
  };
  peer.addEventListener("message", listen);
  peer.start?.();
}

// As the script of a Worker it serves whoever started it.
declare const WorkerGlobalScope: (new () => object) | undefined;
if (typeof WorkerGlobalScope != "undefined" && globalThis instanceof WorkerGlobalScope && "DedicatedWorkerGlobalScope" in globalThis) {
  serve(globalThis as unknown as Peer);
}
