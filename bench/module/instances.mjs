// Opens many instances with a large index, one after the other, and says what the
// process occupies.
//
//   node --expose-gc bench/module/instances.mjs
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dictionary, root, texts, work } from "./data.mjs";

const { load } = await import(join(root, "build/wasm/index.js"));
const wasm = await WebAssembly.compile(readFileSync(join(root, "build/wasm/annotate.wasm")));
const mib = (n) => (n / 2 ** 20).toFixed(1);
const rss = () => (globalThis.gc?.(), process.memoryUsage().rss);
const { article } = texts();
if (!existsSync(join(work, "100k.postil"))) dictionary("100k");
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
