// Bundles the embed script and the demo site's own scripts into build/web.
//
//   node web/build.mjs [--out DIR]
//
// embed.js is the loader, at an address that never changes; what it fetches on
// a reader's first interest has its content's hash in its name and can be kept
// for ever.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";
import { minify } from "terser";
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
      // Blanks in the values of custom properties, which are taken as they are.
      return { contents: code.trim().replace(/([:,]) /g, "$1"), loader: "text" };
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

/** Names of properties that the embed's modules use among themselves only, shortened alike in all of them. */
const internal = /^(quietly|quiet|findRoots|rankAt|limits|sections|crowding|adopt|given|used|emit|hover|hide|enter|pointer|runs|marked|about|use|whole|seeAlso|newTab|loading|missing|also|settle|take|stray|strings|scopes|loadCard|listen|adoptStyle|undo|position|choose|query|check|mark|range|node|close|back|source|open|isInside|rest|go)$/;
let shortened = {};

for (const folder of ["embed", "assets", "playground/engine"]) {
  await rm(join(out, folder), { recursive: true, force: true });
  await mkdir(join(out, folder), { recursive: true });
}

const locales = await bundleLocales();
const parts = {};
parts.unanchored = await bundle("embed/card/unanchored.ts", kept("embed"));
parts.more = await bundle("embed/card/more.ts", kept("embed"));
parts.card = await bundle("embed/card/beside.ts", { ...kept("embed"), entryNames: "card-[hash]" }, addressesOf(parts));
parts.sheet = await bundle("embed/card/sheet.ts", kept("embed"), addressesOf(parts));
const local = await bundle("embed/local.ts", kept("embed/local"), {
  WASM: await keep("../build/wasm/annotate.wasm"),
  INDEX: await keep("../build/index/glossary.postil"),
});
parts.engine = await bundle("embed/engine.ts", kept("embed"), { LOCAL: `./local/${basename(local.path)}` });
parts.choose = await bundle("embed/choose.ts", kept("embed"));
parts.options = await bundle("embed/options.ts", kept("embed"), addressesOf(parts));
for (const name of ["highlight", "late", "off", "shadows", "extras", "adopt"]) parts[name] = await bundle(`embed/${name}.ts`, kept("embed"), addressesOf(parts));
const page = await bundle("embed/page.ts", kept("embed"), { ...addressesOf(parts), LOCALES: locales });
const loader = await bundle("embed/script.ts", { outfile: join(out, "embed.js"), ...classic }, { PAGE: `./embed/${basename(page.path)}` });
const fixed = await bundle("embed/script.ts", { ...kept("embed"), ...classic, entryNames: "embed-[hash]" }, { PAGE: `./${basename(page.path)}` });
await writeModule();
const engine = { WASM: await keep("../build/wasm/postil.wasm", "playground/engine") };
const worker = await bundle("site/scripts/playground/own/worker.ts", kept("playground/engine"), engine);
await bundle("site/scripts/playground.ts", kept("assets"), { WORKER: `/playground/engine/${basename(worker.path)}` });
for (const script of ["docs", "gloss", "glossary", "search"]) await bundle(`site/scripts/${script}.ts`, kept("assets"));
await copyFonts();

const first = [loader, page, parts.card].map(sizes);
const columns = ["raw", "gzip", "brotli"];
const total = Object.fromEntries(columns.map((key) => [key, first.reduce((sum, row) => sum + row[key], 0)]));
for (const row of [...first, { name: "in all", ...total }]) print(row);
for (const name of ["sheet", "more", "unanchored", "options", "choose", "highlight", "late", "off", "shadows", "extras", "adopt", "engine"]) print(sizes(parts[name]));
print(sizes(local));
const integrity = "sha384-" + createHash("sha384").update(fixed.contents).digest("base64");
console.log(`\nThis version, for good:\n<script async src="https://HOST/embed/${basename(fixed.path)}" integrity="${integrity}" crossorigin="anonymous"></script>`);

/** Where modules are, as constants for those that fetch them. */
function addressesOf(modules) {
  return Object.fromEntries(Object.entries(modules).map(([name, { path }]) => [name.toUpperCase(), `./${basename(path)}`]));
}

/** Options of a module that has its content's hash in its name. */
function kept(folder) {
  return { outdir: join(out, folder), entryNames: "[name]-[hash]", format: "esm" };
}

/** Copies a file into a folder, its content's hash in its name, and returns its address there. */
async function keep(path, folder = "embed/local") {
  const file = join(web, path);
  const hash = createHash("sha256").update(await readFile(file)).digest("hex").slice(0, 8).toUpperCase();
  const { name, ext } = parse(file);
  await mkdir(join(out, folder), { recursive: true });
  await copyFile(file, join(out, folder, `${name}-${hash}${ext}`));
  return `./${name}-${hash}${ext}`;
}

/** One module for each language, in a folder that has the hash of all in its name. */
async function bundleLocales() {
  const hash = createHash("sha256");
  const folder = join(web, "embed/locales");
  const names = (await readdir(folder)).sort();
  for (const name of names) hash.update(await readFile(join(folder, name)));
  const address = `locales-${hash.digest("hex").slice(0, 8)}`;
  for (const name of names) await bundle(`embed/locales/${name}`, { outdir: join(out, "embed", address), format: "esm" });
  return `./${address}`;
}

/** For pages that are built of modules: `import { start } from "https://HOST/embed.mjs"`, with types. */
async function writeModule() {
  await writeFile(join(out, "embed.mjs"), `export { start } from "./embed/${basename(page.path)}";\n`);
  await writeFile(join(out, "embed.d.mts"), await readFile(join(web, "embed/embed.d.mts")));
}

async function bundle(entry, options, constants = {}) {
  const define = Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)]));
  const embed = entry.startsWith("embed/") && entry != "embed/local.ts";
  const mangle = embed ? { mangleProps: internal, mangleCache: shortened } : {};
  const { outputFiles, mangleCache } = await esbuild.build({ ...common, ...options, ...mangle, define, entryPoints: [join(web, entry)] });
  const [file] = outputFiles;
  if (embed) {
    shortened = mangleCache;
    await tighten(file, options);
  }
  await mkdir(dirname(file.path), { recursive: true });
  await writeFile(file.path, file.contents);
  return file;
}

/** Minifies once more, and gives the file the name of what it now is. */
async function tighten(file, { banner }) {
  const compress = { passes: 2, unsafe: true, unsafe_arrows: true, pure_getters: true };
  const { code } = await minify(file.text, { module: !banner, ecma: 2022, compress, format: { ascii_only: false } });
  const hash = createHash("sha256").update(code).digest("base64url").replace(/[-_]/g, "").slice(0, 8).toUpperCase();
  Object.defineProperty(file, "contents", { value: Buffer.from(code) });
  file.path = file.path.replace(/-[A-Z0-9]{8}\.js$/, `-${hash}.js`);
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
