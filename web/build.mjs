// Bundles the embed script and the demo site's own scripts into build/web.
//
//   node web/build.mjs [--out DIR]
//
// embed.js is the loader, at an address that never changes; what it fetches on
// a reader's first interest has its content's hash in its name and can be kept
// for ever.
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { basename, join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";
import { wasmExec } from "../wasm/js/wasm-exec.mjs";

const web = fileURLToPath(new URL(".", import.meta.url));
const { values } = parseArgs({ options: { out: { type: "string", default: join(web, "../build/web") } } });
const out = values.out;

/** Style sheets become their minified text. */
const css = {
  name: "css-as-text",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

/** Modules that are fetched at run time stay what they are: addresses. */
const chunks = {
  name: "chunks",
  setup(build) {
    build.onResolve({ filter: /-[A-Z0-9]{8}\.js$/ }, ({ path }) => ({ path, external: true }));
  },
};

const common = { bundle: true, minify: true, target: "es2022", charset: "utf8", legalComments: "none", plugins: [css, chunks, wasmExec], write: false };

/** A script without exports, its names kept to itself. */
const classic = { format: "esm", banner: { js: "(()=>{" }, footer: { js: "})()" } };

for (const folder of ["embed", "assets"]) {
  await rm(join(out, folder), { recursive: true, force: true });
  await mkdir(join(out, folder), { recursive: true });
}

const card = await bundle("embed/card/card.ts", kept("embed"));
const local = await bundle("embed/local.ts", kept("embed/local"), {
  WASM: await keep("../build/wasm/annotate.wasm"),
  INDEX: await keep("../build/index/glossary.postil"),
});
const page = await bundle("embed/page.ts", kept("embed"), { CARD: `./${basename(card.path)}`, LOCAL: `./local/${basename(local.path)}` });
const loader = await bundle("embed/script.ts", { outfile: join(out, "embed.js"), ...classic }, { PAGE: `./embed/${basename(page.path)}` });
for (const script of ["gloss", "glossary", "playground"]) await bundle(`site/scripts/${script}.ts`, kept("assets"));
await copyFonts();

const total = { name: "in all", raw: 0, gzip: 0, brotli: 0 };
for (const file of [loader, page, card]) {
  const row = sizes(file);
  for (const key of ["raw", "gzip", "brotli"]) total[key] += row[key];
  print(row);
}
print(total);
print(sizes(local));

/** Options of a module that has its content's hash in its name. */
function kept(folder) {
  return { outdir: join(out, folder), entryNames: "[name]-[hash]", format: "esm" };
}

/** Copies a file beside the local engine, its content's hash in its name, and returns its address there. */
async function keep(path) {
  const file = join(web, path);
  const hash = createHash("sha256").update(await readFile(file)).digest("hex").slice(0, 8).toUpperCase();
  const { name, ext } = parse(file);
  await mkdir(join(out, "embed/local"), { recursive: true });
  await copyFile(file, join(out, "embed/local", `${name}-${hash}${ext}`));
  return `./${name}-${hash}${ext}`;
}

async function bundle(entry, options, constants = {}) {
  const define = Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)]));
  const { outputFiles } = await esbuild.build({ ...common, ...options, define, entryPoints: [join(web, entry)] });
  const [file] = outputFiles;
  await writeFile(file.path, file.contents);
  return file;
}

/** The site brings its own fonts, so that it asks no other host for anything. */
async function copyFonts() {
  const fonts = {
    "newsreader-roman": "newsreader/files/newsreader-latin-opsz-normal",
    "newsreader-italic": "newsreader/files/newsreader-latin-wght-italic",
    "schibsted-grotesk": "schibsted-grotesk/files/schibsted-grotesk-latin-wght-normal",
  };
  const folder = join(out, "assets/fonts");
  const packages = join(web, "../node_modules/@fontsource-variable");
  await mkdir(folder);
  for (const [name, file] of Object.entries(fonts)) await copyFile(join(packages, file + ".woff2"), join(folder, name + ".woff2"));
  for (const family of ["newsreader", "schibsted-grotesk"]) {
    await copyFile(join(packages, family, "LICENSE"), join(folder, family + ".LICENSE.txt"));
  }
}

function sizes({ path, contents }) {
  return { name: basename(path), raw: contents.length, gzip: gzipSync(contents, { level: 9 }).length, brotli: brotliCompressSync(contents).length };
}

function print({ name, raw, gzip, brotli }) {
  console.log(`${name.padEnd(20)} ${raw} bytes, ${gzip} gzip, ${brotli} brotli`);
}
