// syumai/workers' own runtime.mjs, and the index.
import { connect } from "cloudflare:sockets";
import module from "./app.wasm";
import index from "./site.postil";

export async function loadModule() {
  return module;
}

export function createRuntimeContext({ env, ctx, binding }) {
  return { env, ctx, connect, binding, index: new Uint8Array(index) };
}
