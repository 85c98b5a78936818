// A plugin of esbuild for the module "wasm-exec": Go's own JavaScript, as a
// function of what it is to take for the globals.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const goroot = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();

export const wasmExec = {
  name: "wasm-exec",
  setup(build) {
    build.onResolve({ filter: /^wasm-exec$/ }, () => ({ path: "wasm_exec.js", namespace: "go" }));
    build.onLoad({ filter: /.*/, namespace: "go" }, () => {
      const source = readFileSync(join(goroot, "lib/wasm/wasm_exec.js"), "utf8");
      return { contents: `export default function (globalThis) {\nconst { fs } = globalThis;\n${source}\nreturn globalThis.Go;\n}\n` };
    });
  },
};
