// Makes many calls through one binding, in a process of its own, and prints what
// the memory was: node --expose-gc calls.mjs node|worker|wasi CALLS.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MessageChannel, Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { startWASI } from "../../wasm/parity/hosts/start.mjs";
import { root, texts } from "./data.mjs";
import { sentencesOf, steady } from "./steady.mjs";

const read = (path) => readFileSync(join(root, "build", path));
const dist = (name) => import(join(root, "build/wasm", name));

/** What the process occupies, without what nothing refers to. */
async function resident() {
  for (let i = 0; i < 4; i++) {
    globalThis.gc();
    await new Promise((later) => setImmediate(later));
  }
  return process.memoryUsage.rss();
}

const bindings = {
  async node() {
    const { load } = await dist("index.js");
    const p = await load({ wasm: read("wasm/annotate.wasm"), index: read("index/site.postil") });
    return { annotate: (text) => p.annotate(text), memory: () => p.memory, dispose: () => p.dispose() };
  },
  /** The package's worker entry in a thread; its memory is seen from outside only as the process's. */
  async worker() {
    const { connect } = await dist("index.js");
    const { port1, port2 } = new MessageChannel();
    const thread = new Worker(new URL(import.meta.url), { workerData: port2, transferList: [port2] });
    const p = await connect({ worker: port1, wasm: read("wasm/annotate.wasm"), index: read("index/site.postil") });
    return {
      annotate: (text) => p.annotate(text),
      memory: () => undefined,
      async dispose() {
        p.dispose();
        await thread.terminate();
        port1.close();
      },
    };
  },
  async wasi() {
    let module = await startWASI(read("wasi/postil.wasm"));
    module.open(read("index/site.postil"));
    const encoder = new TextEncoder();
    const none = encoder.encode("");
    return {
      annotate(text) {
        if (module.ask("annotate", none, encoder.encode(text)).failed) throw new Error(`refused: ${text}`);
      },
      memory: () => module.memory.buffer.byteLength,
      dispose: () => (module = undefined),
    };
  },
};

async function main([name, calls]) {
  const before = await resident();
  let binding = await bindings[name]();
  const look = async () => ({ module: binding.memory(), process: await resident() });
  const seen = await steady(binding.annotate, sentencesOf(texts().article), Number(calls), look);
  await binding.dispose();
  binding = undefined;
  console.log(JSON.stringify({ ...seen, before, disposed: await resident() }));
}

if (isMainThread) await main(process.argv.slice(2));
else (await dist("worker.js")).serve(workerData ?? parentPort);
