// Bundles the embed script and the demo site's own scripts into build/web.
//
//   node web/build.mjs [--out DIR]
//
// embed.js is the loader, at an address that never changes; what it fetches on
// a reader's first interest has its content's hash in its name and can be kept
// for ever.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";

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

const common = { bundle: true, minify: true, target: "es2022", charset: "utf8", legalComments: "none", plugins: [css, chunks], write: false };

/** A script without exports, its names kept to itself. */
const classic = { format: "esm", banner: { js: "(()=>{" }, footer: { js: "})()" } };

await rm(join(out, "embed"), { recursive: true, force: true });
await mkdir(join(out, "embed"), { recursive: true });

const card = await chunk("card/card.ts", {});
const page = await chunk("page.ts", { CARD: `./${basename(card.path)}` });
const loader = await bundle("script.ts", { outfile: join(out, "embed.js"), ...classic }, { PAGE: `./embed/${basename(page.path)}` });

const total = { name: "in all", raw: 0, gzip: 0, brotli: 0 };
for (const file of [loader, page, card]) {
  const row = sizes(file);
  for (const key of ["raw", "gzip", "brotli"]) total[key] += row[key];
  print(row);
}
print(total);

function chunk(entry, constants) {
  return bundle(entry, { outdir: join(out, "embed"), entryNames: "[name]-[hash]", format: "esm" }, constants);
}

async function bundle(entry, options, constants) {
  const define = Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)]));
  const { outputFiles } = await esbuild.build({ ...common, ...options, define, entryPoints: [join(web, "embed", entry)] });
  const [file] = outputFiles;
  await writeFile(file.path, file.contents);
  return file;
}

function sizes({ path, contents }) {
  return { name: basename(path), raw: contents.length, gzip: gzipSync(contents, { level: 9 }).length, brotli: brotliCompressSync(contents).length };
}

function print({ name, raw, gzip, brotli }) {
  console.log(`${name.padEnd(20)} ${raw} bytes, ${gzip} gzip, ${brotli} brotli`);
}
