// Makes many calls of the module for WASI on Node's WASI, and fails if its memory
// goes on growing. Then it starts other modules and lets go of each, and fails if
// one of their memories is kept, or if the process goes on growing.
//
//   node --expose-gc wasm/parity/hosts/memory.mjs CALLS MODULE INDEX
import { readFile } from "node:fs/promises";
import { startWASI } from "./start.mjs";

const [calls, file, index] = process.argv.slice(2);
const encoder = new TextEncoder();
const none = encoder.encode("");
const text = encoder.encode("The CMA looked at AGI and TPUs, and at the AI Act.");
const page = encoder.encode("The CMA looked at AGI and TPUs, and at the AI Act. ".repeat(600));
const wrong = Uint8Array.of(0xff);

const FIRST = 10_000; // by then garbage has been collected several times
const SLACK = 4 << 20;
const mib = (bytes) => `${(bytes / (1 << 20)).toFixed(1)} MiB`;

/** What the process occupies, without what nothing refers to. */
async function resident() {
  for (let i = 0; i < 4; i++) {
    globalThis.gc();
    await new Promise((later) => setImmediate(later));
  }
  return process.memoryUsage.rss();
}

const memories = []; // of all modules, each weakly: WeakRef

/** How many of the modules' memories are still there. */
const kept = () => memories.filter((memory) => memory.deref()).length;

/** Makes calls of a module of its own; what its memory is after the first, and in the end. */
async function run(calls) {
  const module = await startWASI(await readFile(file));
  memories.push(new WeakRef(module.memory));
  module.open(await readFile(index));
  let warm = 0;
  for (let i = 0; i < calls; i++) {
    if (i === FIRST) warm = module.memory.buffer.byteLength;
    const asked = i % 100 === 13 ? wrong : i % 250 === 14 ? page : text;
    if (module.ask("annotate", none, asked).failed !== (asked === wrong)) throw new Error(`call ${i} is answered wrongly`);
  }
  return [warm, module.memory.buffer.byteLength];
}

const MODULES = 8;

/** Starts modules one after the other and lets go of each; what they had together. */
async function startMany() {
  let occupied = 0;
  for (let i = 0; i < MODULES; i++) {
    occupied += (await run(FIRST / 4))[1];
    await resident();
  }
  return occupied;
}

const [warm, end] = await run(calls);
console.log(`${calls} calls: memory ${mib(warm)} after ${FIRST}, ${mib(end)} at the end`);
if (end > warm + SLACK) throw new Error("the memory goes on growing");

await startMany(); // what V8 keeps of a program once, such as its code, it keeps from here on
const before = await resident();
const occupied = await startMany();
const most = before + occupied / 4;
let after = await resident();
for (let tries = 0; tries < 20 && (after > most || kept()); tries++) after = await resident(); // V8 gives memory back when it has a turn
console.log(`${MODULES} modules more, of ${mib(occupied)} together: the process occupies ${mib(before)} before them, ${mib(after)} after`);
if (kept()) throw new Error(`of ${memories.length} memories, ${kept()} are kept`);
if (after > most) throw new Error("the memory was not given back");
