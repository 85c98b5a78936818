/** Go's own wasm_exec.js, which the build wraps: it sees this object where it expects globalThis. */
declare module "wasm-exec" {
  export interface Go {
    env: Record<string, string>;
    exit: (code: number) => void;
    importObject: WebAssembly.Imports;
    run(instance: WebAssembly.Instance): Promise<void>;
    _scheduledTimeouts: Map<number, number>;
  }
  export default function (scope: object): new () => Go;
}
