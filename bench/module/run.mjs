// Measures the module against pure JavaScript, in Node and in Chromium, and
// prints tables. It fails if a contender finds other than the others and nothing
// says why.
//
//   node bench/module/run.mjs [--seconds 2] [--rounds 3] [--out FILE] [--docs]
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";
import { chromium } from "playwright-core";
import { findWholeChromium, flags } from "../../web/test/helpers/chromium.mjs";
import { indexOf } from "./measure.mjs";
import { available, dictionary, root, sizes, texts, work } from "./data.mjs";
import { publish } from "./tables.mjs";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "2" }, rounds: { type: "string", default: "3" }, out: { type: "string" }, docs: { type: "boolean" } } });
if (!available) {
  console.error("bench/module needs the evaluation data beside this checkout (../shared/eval)");
  process.exit(1);
}
const seconds = Number(values.seconds);
const names = ["postil", "postil, compiled", "postil, by default", "ahocorasick1", "ahocorasick3", "words", "regexp"];
const titles = {
  postil: "Postil, every form",
  "postil, compiled": "Postil, every form, another instance",
  "postil, by default": "Postil, by default",
  ahocorasick1: "modern-ahocorasick 1.1.0",
  ahocorasick3: "modern-ahocorasick 3.3.0",
  words: "words looked up in a Map, by hand",
  regexp: "one joined RegExp",
};
/** How far from what words looked up find the others may be, as a share of it. */
const tolerance = 0.02;

/** Why one may be farther off. */
function reasonFor(name, size) {
  if (name == "postil, by default") return "forms with two capitals match in that case only (IN is not in), plurals count, and scores below 0.5 are left out";
  if (name.startsWith("postil") && size == "200") return "American and British spellings are one form (organisation, organization)";
}
/** A joined expression of so many forms takes minutes. */
const skipped = (name, size) => name == "regexp" && size == "100k";

const inNode = (name, size) =>
  JSON.parse(execFileSync(process.execPath, ["--expose-gc", "--max-old-space-size=8192", join(import.meta.dirname, "one.mjs"), name, size, String(seconds)], { encoding: "utf8" }));

async function startChromium() {
  const script = join(work, "page.js");
  await esbuild.build({ entryPoints: [join(import.meta.dirname, "measure.mjs")], bundle: true, format: "esm", outfile: script });
  writeFileSync(join(work, "texts.json"), JSON.stringify(texts()));
  const types = { html: "text/html", js: "text/javascript", wasm: "application/wasm", json: "application/json" };
  const server = createServer(({ url }, response) => {
    if (url == "/favicon.ico") return response.writeHead(204).end();
    const path = url == "/" ? undefined : join(url.startsWith("/wasm/") ? join(root, "build") : work, url);
    response.writeHead(200, { "content-type": types[url.split(".").at(-1)] ?? "text/html" }).end(path ? readFileSync(path) : "<!doctype html>");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const browser = await chromium.launch({ executablePath: findWholeChromium(), args: flags });
  const measure = async (name, size) => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    try {
      return await page.evaluate(
        async ({ name, size, seconds, file }) => {
          const { measure } = await import("/page.js");
          const library = await import("/wasm/index.js");
          const bytes = async (path) => (await fetch(path)).arrayBuffer();
          const postil = name.startsWith("postil");
          return measure({
            name,
            library,
            seconds,
            // As a page has it: a response, which is compiled as it comes.
            wasm: postil && new Response(await bytes("/wasm/annotate.wasm"), { headers: { "content-type": "application/wasm" } }),
            index: postil && (await bytes(`/${file}`)),
            json: postil ? "" : await (await fetch(`/${size}.forms.json`)).text(),
            ...(await (await fetch("/texts.json")).json()),
          });
        },
        { name, size, seconds, file: indexOf(name, size) },
      );
    } finally {
      await page.context().close();
    }
  };
  return {
    measure,
    async stop() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

const browser = await startChromium();
const hosts = { Node: inNode, Chromium: browser.measure };
const figures = {};
const unexplained = [];
const lines = [];
const say = (line) => {
  console.log(line);
  lines.push(line);
};
const digits = (n) => n.toFixed(n < 1 ? 2 : n < 100 ? 1 : 0);
for (const size of sizes) dictionary(size);
for (const [host, measure] of Object.entries(hosts)) {
  for (const size of sizes) {
    say(`\n${host}, ${{ 200: "200", "10k": "10,000", "100k": "100,000" }[size]} surface forms:\n`);
    say("| | load, ms | article, MB/s | a megabyte, MB/s | found | memory |\n|---|--:|--:|--:|--:|--:|");
    const runs = Object.fromEntries(names.map((name) => [name, []]));
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const name of names) if (!skipped(name, size)) runs[name].push(await measure(name, size));
    }
    for (const name of names) {
      if (skipped(name, size)) continue;
      const [of] = runs[name];
      const row = Object.fromEntries(["load", "article", "haystack"].map((key) => [key, median(runs[name].map((run) => run[key]))]));
      const memory = of.memory ?? of.rss;
      figures[`${host} ${size} ${name}`] = { ...row, found: of.all ?? null, memory };
      const mb = memory ? (memory / 2 ** 20).toFixed(0) + " MiB" : "";
      say(`| ${titles[name]} | ${row.load.toFixed(0)} | ${digits(row.article)} | ${digits(row.haystack)} | ${of.all?.toLocaleString("en") ?? "–"} | ${mb} |`);
    }
    const expected = figures[`${host} ${size} words`].found;
    for (const name of names) {
      const found = figures[`${host} ${size} ${name}`]?.found;
      if (found == null || (expected && Math.abs(found / expected - 1) <= tolerance)) continue;
      const reason = expected && reasonFor(name, size);
      const difference = `${titles[name]} finds ${found}, words looked up ${expected}`;
      if (reason) console.log(`\n${difference}: ${reason}.`);
      else unexplained.push(`${host}, ${size}: ${difference}`);
    }
  }
}
await browser.stop();
publish("speed", lines.join("\n"), values.docs && !unexplained.length);
if (values.out) writeFileSync(values.out, JSON.stringify(figures, null, 1) + "\n");
if (unexplained.length) {
  console.error(`\nThey differ by more than ${tolerance * 100} % and nothing says why:\n${unexplained.join("\n")}`);
  process.exitCode = 1;
}
