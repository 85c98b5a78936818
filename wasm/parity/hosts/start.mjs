// Starts modules in Node.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { Module } from "./module.mjs";

/** Starts the module for WASI on Node's own WASI. */
export async function startWASI(bytes) {
  const { WASI } = await import("node:wasi"); // Node warns that it is experimental
  const wasi = new WASI({ version: "preview1" });
  const { instance } = await WebAssembly.instantiate(bytes, wasi.getImportObject());
  wasi.initialize(instance);
  return new Module(instance.exports, instance.exports.memory);
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
