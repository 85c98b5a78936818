// A million calls, and many instances: what they leave behind.
//
//   node --expose-gc bench/module/memory.mjs [--calls 1000000]
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root, texts, work } from "./data.mjs";

const { values } = parseArgs({ options: { calls: { type: "string", default: "1000000" } } });
const { load } = await import(join(root, "build/wasm/index.js"));
const wasm = await WebAssembly.compile(readFileSync(join(root, "build/wasm/annotate.wasm")));
const mib = (n) => (n / 2 ** 20).toFixed(1);
const rss = () => (globalThis.gc?.(), process.memoryUsage().rss);
const { article } = texts();

// Sentences of the article, so that each call has another text.
const sentences = article.match(/[^.]{40,}\./g).map((s) => s.trim());
const site = readFileSync(join(root, "build/index/site.postil"));
const postil = await load({ wasm, index: site });
const calls = Number(values.calls);
console.log("| calls of annotate | linear memory, MiB | resident, MiB |\n|--:|--:|--:|");
const marks = new Set([1_000, calls / 100, calls / 10, calls / 4, calls / 2, calls]);
let found = 0;
for (let i = 1; i <= calls; i++) {
  found += postil.annotate(sentences[i % sentences.length]).annotations.length;
  if (marks.has(i)) console.log(`| ${i.toLocaleString("en")} | ${mib(postil.memory)} | ${mib(rss())} |`);
}
console.log(`\n${found.toLocaleString("en")} annotations\n`);
postil.dispose();

const large = readFileSync(join(work, "100k.postil"));
console.log("| instances with 100,000 forms | resident, MiB |\n|---|--:|");
console.log(`| before | ${mib(rss())} |`);
for (let round = 1; round <= 30; round++) {
  const p = await load({ wasm, index: large });
  p.annotate(article);
  if (round == 1) console.log(`| one open, ${mib(p.memory)} MiB of linear memory | ${mib(rss())} |`);
  p.dispose();
  // A garbage collection frees linear memory when the loop has had a turn.
  await new Promise((done) => setTimeout(done));
  if ([1, 10, 30].includes(round)) console.log(`| ${round} opened and disposed of | ${mib(rss())} |`);
}
