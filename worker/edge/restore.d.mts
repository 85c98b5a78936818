import type { Go } from "wasm-exec";

/** To be called after go.run(instance); scope is what the program sees as globalThis. */
export function restore(go: Go, instance: WebAssembly.Instance, scope?: object): void;
