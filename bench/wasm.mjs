// Runs a Go program under js/wasm as Go's own runner in lib/wasm does, and lets
// it ask for the size of its linear memory.
//
//   node --stack-size=8192 bench/wasm.mjs WASM_EXEC.JS PROGRAM.wasm [ARGUMENT …]
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

Object.assign(globalThis, { fs, path });
globalThis.crypto ??= crypto;
const [runtime, program, ...rest] = process.argv.slice(2);
await import(pathToFileURL(runtime));

const go = new Go();
go.argv = [program, ...rest];
go.exit = (code) => process.exit(code);
const { instance } = await WebAssembly.instantiate(fs.readFileSync(program), go.importObject);
globalThis.linearMemory = () => instance.exports.mem.buffer.byteLength;
await go.run(instance);
