/** Postil in JavaScript: the terms of a glossary, found in any text. */
export { connect, type ConnectOptions, type RemotePostil } from "./connect.ts";
export { Engine } from "./engine.ts";
export * from "./errors.ts";
export { compileModule, load, loadEngine, loadSync, type From, type LoadOptions, type Progress } from "./load.ts";
export { Postil } from "./postil.ts";
export type * from "./types.ts";
