// What a page has to fetch: the module, and others on npm that find things in
// texts. Prints a table.
//
//   node bench/module/sizes.mjs [--docs]
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gunzipSync, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { root, work } from "./data.mjs";
import { publish } from "./tables.mjs";

const here = import.meta.dirname;
const read = (path) => readFileSync(join(root, path));

/** A library as a page gets it: bundled and minified. */
async function bundled(contents) {
  const { outputFiles } = await esbuild.build({ stdin: { contents, resolveDir: here }, bundle: true, minify: true, format: "esm", write: false });
  return outputFiles[0].contents;
}

/** Pagefind's files for a site in English; what is compressed already is unpacked. */
function pagefind() {
  const out = join(work, "pagefind");
  execFileSync(join(here, "node_modules/.bin/pagefind"), ["--site", join(root, "build/web/articles"), "--output-path", out], { stdio: "ignore" });
  const wasm = readdirSync(out).find((name) => /^wasm\.en\..*pagefind$|^wasm\.en\.pagefind$/.test(name));
  const packed = readFileSync(join(out, wasm));
  return { wasm: packed[0] == 0x1f ? gunzipSync(packed) : packed, script: readFileSync(join(out, "pagefind.js")) };
}

const { wasm, script } = pagefind();
const sqlite = join(here, "node_modules/@sqlite.org/sqlite-wasm/sqlite-wasm/jswasm");
const rows = [
  ["Postil, annotate.wasm: annotates", [read("build/wasm/annotate.wasm"), read("build/wasm/index.js")]],
  ["Postil, postil.wasm: searches and compiles too", [read("build/wasm/postil.wasm"), read("build/wasm/index.js")]],
  ["Postil's local engine in the embed, without index", [read("build/wasm/annotate.wasm"), ...readdirSync(join(root, "build/web/embed/local")).filter((name) => name.endsWith(".js")).map((name) => read("build/web/embed/local/" + name))]],
  ["Pagefind 1.6.0: searches articles", [wasm, script]],
  ["SQLite 3.41.2 with FTS5: searches articles", [readFileSync(join(sqlite, "sqlite3.wasm")), readFileSync(existsSync(join(sqlite, "sqlite3.mjs")) ? join(sqlite, "sqlite3.mjs") : join(sqlite, "sqlite3.js"))]],
  ["Orama 3.1.18: searches articles", [await bundled(`export { create, insertMultiple, search } from "@orama/orama";`)]],
  ["MiniSearch 7.2.0: searches articles", [await bundled(`export { default } from "minisearch";`)]],
  ["modern-ahocorasick 3.3.0: finds strings", [await bundled(`export { default } from "modern-ahocorasick";`)]],
];

const kb = (n) => Math.round(n / 1000).toLocaleString("en");
const sum = (files, f) => files.reduce((total, file) => total + f(file), 0);
const brotli = (b) => brotliCompressSync(b, { params: { [constants.BROTLI_PARAM_QUALITY]: b.length > 1 << 20 ? 9 : 11 } }).length;
const lines = ["| with its script, KB | raw | gzip | brotli |\n|---|--:|--:|--:|"];
for (const [name, files] of rows) {
  lines.push(`| ${name} | ${kb(sum(files, (b) => b.length))} | ${kb(sum(files, (b) => gzipSync(b, { level: 9 }).length))} | ${kb(sum(files, brotli))} |`);
}
console.log(lines.join("\n"));
publish("sizes", lines.join("\n"), process.argv.includes("--docs"));
