// Measures the embed script beside others and writes docs/page.md.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { measure } from "./speed.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const resolve = createRequire(import.meta.url).resolve;
const built = here("../../build/web/");

/** What a page fetches at its first card; each file is compressed by itself, as it travels. */
async function sizes() {
  const parts = await readdir(built + "embed");
  const part = (name) => built + "embed/" + parts.find((file) => file.startsWith(name + "-") && file.endsWith(".js"));
  const path = (...names) => [built + "embed.js", part("page"), ...names.map(part)];
  const others = {
    "wikipedia-preview": [resolve("wikipedia-preview")],
    "tippy.js with Popper": [resolve("@popperjs/core/dist/umd/popper.min.js"), resolve("tippy.js/dist/tippy-bundle.umd.min.js")],
    "mark.js": [resolve("mark.js/dist/mark.min.js")],
  };
  const files = {
    "Postil's loader": [built + "embed.js"],
    "Postil, marks and first card": path("card"),
    "Postil, marks and first sheet, on a touch screen": path("sheet"),
    "Postil, the sheet with options": path("sheet", "options"),
    "Postil, the card with options": path("card", "options"),
    "Postil, the card with density, or more mentions than the first": path("card", "options", "choose"),
    "Postil, the card in a browser without anchor positioning": path("card", "unanchored"),
    "Postil, the card on a page that changes": path("card", "late"),
    "Postil, the card in highlight mode": path("card", "options", "highlight"),
    ...others,
  };
  const rows = [];
  for (const [name, paths] of Object.entries(files)) {
    const contents = await Promise.all(paths.map((path) => readFile(path)));
    const sum = (size) => contents.reduce((total, bytes) => total + size(bytes), 0);
    rows.push({ name, raw: sum((b) => b.length), gzip: sum((b) => gzipSync(b, { level: 9 }).length), brotli: sum((b) => brotliCompressSync(b).length) });
  }
  return rows;
}

const number = (n) => Math.round(n).toLocaleString("en-US");
const ms = (n) => (n < 100 ? n.toFixed(1) : number(n));

const runs = [];
const longRuns = [];
for (let i = 0; i < 3; i++) {
  runs.push(await measure());
  longRuns.push(await measure({ words: 200_000, mentions: 2000, compare: false }));
}
const long = longRuns.sort((a, b) => a.postil.longest - b.postil.longest)[1];
runs.sort((a, b) => a.postil.total - b.postil.total);
const [, middle] = runs;
const worst = (pick) => Math.max(...runs.map(pick));
const rows = (await sizes()).map(({ name, raw, gzip, brotli }) => `| ${name} | ${number(raw)} | ${number(gzip)} | ${number(brotli)} |`);
const text = `# The page: speed and size

Written by \`make bench-page\`.

## Speed

An article of ${number(middle.words)} words with ${middle.mentions} mentions of ${middle.forms} forms, in Chromium with its processor slowed down four times. Tasks are those of the
page's main thread from the moment the script tag is added, or mark.js is called with the same forms, until the marks are painted; style, layout
and paint are part of them. Of three runs the middle one, in milliseconds; "worst" is the worst of the three.

| | Postil | worst | mark.js |
|---|---:|---:|---:|
| main thread in all | ${ms(middle.postil.total)} | ${ms(worst((r) => r.postil.total))} | ${ms(middle.markJs.total)} |
| longest task | ${ms(middle.postil.longest)} | ${ms(worst((r) => r.postil.longest))} | ${ms(middle.markJs.longest)} |
| longest task, in the processor's own time | ${ms(middle.postil.processor)} | ${ms(worst((r) => r.postil.processor))} | ${ms(middle.markJs.processor)} |
| tasks over 50 ms | ${middle.postil.long} | ${worst((r) => r.postil.long)} | ${middle.markJs.long} |
| layouts that a script waited for | ${middle.postil.forced} | ${worst((r) => r.postil.forced)} | ${middle.markJs.forced} |
| layout shift | ${middle.shift} | ${worst((r) => r.shift)} | |
| a card, from the key to its paint | ${ms(middle.opening)} | ${ms(worst((r) => r.opening))} | |

That is ${(middle.postil.total / middle.markJs.total * 100).toFixed(0)} % of mark.js's time (which marks; it neither asks nor explains). On ${number(long.words)} words with ${number(long.mentions)} mentions the longest task takes ${ms(long.postil.longest)} ms (${ms(long.postil.processor)} ms of the processor's own time), with ${long.postil.long} over 50 ms; of three runs the middle one.

## Size

In bytes; each file is compressed by itself, as it travels. Words in other languages than English come on top, half a kilobyte each.

| | raw | gzip | brotli |
|---|---:|---:|---:|
${rows.join("\n")}
`;
await writeFile(here("../../docs/page.md"), text);
console.log(text);
