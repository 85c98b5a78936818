// One measurement in a process of its own: node one.mjs CONTENDER SIZE SECONDS.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, texts, work } from "./data.mjs";
import { indexOf, measure } from "./measure.mjs";

const [name, size, seconds] = process.argv.slice(2);
const library = await import(join(root, "build/wasm/index.js"));
const given = name.startsWith("postil")
  ? { wasm: readFileSync(join(root, "build/wasm/annotate.wasm")), index: readFileSync(join(work, indexOf(name, size))) }
  : { json: readFileSync(join(work, `${size}.forms.json`), "utf8") };
const text = texts();
globalThis.gc?.();
const before = process.memoryUsage().rss;
const result = await measure({ name, library, ...given, ...text, seconds: Number(seconds) });
globalThis.gc?.();
console.log(JSON.stringify({ ...result, rss: process.memoryUsage().rss - before }));
