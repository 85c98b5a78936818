// Starts modules in Node.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { Module } from "./module.mjs";

/**
 * Starts the module for WASI on Node's own WASI, but for poll_oneoff: Node 20's
 * allocates where nothing may be collected, which ends the process sooner or later.
 */
export async function startWASI(bytes) {
  const { WASI } = await import("node:wasi"); // Node warns that it is experimental
  const wasi = new WASI({ version: "preview1" });
  let memory;
  const { wasi_snapshot_preview1: functions } = wasi.getImportObject();
  const imports = { ...functions, poll_oneoff: (...parameters) => poll(memory, ...parameters) };
  const { instance } = await WebAssembly.instantiate(bytes, { wasi_snapshot_preview1: imports });
  memory = instance.exports.memory;
  wasi.initialize(instance);
  return new Module(instance.exports, memory);
}

/**
 * The function poll_oneoff of WASI, for a program that only waits for a clock, as
 * one does that is called and never waits for anything else. All clocks are due.
 */
function poll(memory, subscriptions, events, count, written) {
  const view = new DataView(memory.buffer);
  for (let i = 0; i < count; i++) {
    const [subscription, event] = [subscriptions + 48 * i, events + 32 * i];
    view.setBigUint64(event, view.getBigUint64(subscription, true), true); // what the caller calls it
    view.setBigUint64(event + 8, 0n, true); // no error, and of the type clock
  }
  view.setUint32(written, count, true);
  return 0;
}

/** Go's own JavaScript, which the module for JavaScript needs. */
export function wasmExec() {
  const goroot = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
  return readFileSync(join(goroot, "lib/wasm/wasm_exec.js"), "utf8");
}

/** Starts the module for JavaScript. */
export async function startJS(bytes) {
  vm.runInThisContext(wasmExec());
  const go = new globalThis.Go();
  const { instance } = await WebAssembly.instantiate(bytes, go.importObject);
  go.run(instance);
  return new Module(instance.exports, instance.exports.mem);
}
