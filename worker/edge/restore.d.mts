import type { Go } from "wasm-exec";

/** What go.run() takes for the program's instance; scope is what the program sees as globalThis. */
export function restored(go: Go, instance: WebAssembly.Instance, scope?: object): WebAssembly.Instance;
