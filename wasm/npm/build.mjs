// Builds the npm package into build/wasm, beside the modules that the Makefile
// has put there.
//
//   node wasm/npm/build.mjs [--version SEMVER]
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";
import { goroot, wasmExec } from "../js/wasm-exec.mjs";

const root = resolve(import.meta.dirname, "../..");
const out = join(root, "build/wasm");
const { values } = parseArgs({ options: { version: { type: "string", default: "0.0.0-dev" } } });

for (const name of readdirSync(out)) {
  if (!name.endsWith(".wasm")) rmSync(join(out, name), { recursive: true });
}

const common = { bundle: true, format: "esm", target: "es2022", charset: "utf8", legalComments: "none", absWorkingDir: root };

// What runs in a page is small; each entry stands by itself, since bundlers find
// a Worker's script by its address.
await esbuild.build({
  ...common,
  entryPoints: { index: "wasm/js/src/index.ts", worker: "wasm/js/src/worker.ts", client: "web/client/client.ts" },
  outdir: out,
  minify: true,
  plugins: [wasmExec],
});

// What runs in Node imports the package itself, as its users do.
const adapters = readdirSync(join(root, "wasm/npm/src")).filter((name) => name.endsWith(".ts"));
await esbuild.build({
  ...common,
  entryPoints: adapters.map((name) => join("wasm/npm/src", name)),
  outdir: out,
  platform: "node",
  bundle: true,
  splitting: true,
  external: ["postil"],
});

const tsc = join(root, "node_modules/typescript/bin/tsc");
execFileSync(process.execPath, [tsc, "-p", join(root, "wasm/npm/tsconfig.json")], { stdio: "inherit" });

// The client's types, and beside them those that are made of the description of
// the HTTP interface, which lie outside of what the package is built from.
execFileSync(process.execPath, [tsc, "-p", join(root, "wasm/npm/tsconfig.client.json")], { stdio: "inherit" });
const client = join(out, "types/client");
const declared = readFileSync(join(client, "client.d.ts"), "utf8");
const outside = "../../build/client/api.d.ts";
if (!declared.includes(outside)) throw new Error(`web/client/client.ts no longer imports ${outside}, which the package puts beside it`);
writeFileSync(join(client, "client.d.ts"), declared.replaceAll(outside, "./api.d.ts"));
copyFileSync(join(root, "build/client/api.d.ts"), join(client, "api.d.ts"));

const description = JSON.parse(readFileSync(join(root, "wasm/npm/package.json"), "utf8"));
writeFileSync(join(out, "package.json"), JSON.stringify({ ...description, version: values.version, private: undefined }, null, 2) + "\n");
copyFileSync(join(root, "wasm/npm/README.md"), join(out, "README.md"));
copyFileSync(join(root, "LICENSE"), join(out, "LICENSE"));
copyFileSync(join(goroot, "LICENSE"), join(out, "LICENSE-go.txt"));
