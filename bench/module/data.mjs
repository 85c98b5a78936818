// The dictionaries and texts that are measured, made of the evaluation data
// beside this checkout.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";

export const root = resolve(import.meta.dirname, "../..");
export const work = join(root, "build/bench/module");
const scale = join(root, "../shared/eval/scale");
mkdirSync(work, { recursive: true });

/** Whether there is something to measure with. */
export const available = existsSync(scale);

const sources = { 200: "1k", "10k": "10k", "100k": "100k" };
export const sizes = Object.keys(sources);

/** The distinct forms of terms in lower case, each with its term's id. */
function formsOf(terms) {
  const forms = new Map();
  for (const { id, label, aliases = [], abbreviations = [] } of terms) {
    for (const form of [label, ...aliases, ...abbreviations]) if (!forms.has(form.toLowerCase())) forms.set(form.toLowerCase(), id);
  }
  return [...forms];
}

/**
 * Builds what is needed of one size: the glossary as it is, the same with every
 * form in any case and without plurals, which is what a search for strings
 * finds, and the forms.
 */
export function dictionary(size) {
  let lines = gunzipSync(readFileSync(join(scale, `scale-${sources[size]}.glossary.jsonl.gz`))).toString().trim().split("\n");
  if (size == "200") {
    let n = 0;
    lines = lines.slice(0, lines.findIndex((line) => (n += formsOf([JSON.parse(line)]).length) > 200));
  }
  const terms = lines.map((line) => JSON.parse(line));
  writeFileSync(join(work, `${size}.forms.json`), JSON.stringify(formsOf(terms)));
  build(size, terms);
  build(`${size}.literal`, terms.map((term) => ({ ...term, case: "any", plural: false })));
}

function build(name, terms) {
  const glossary = join(work, `${name}.jsonl`);
  writeFileSync(glossary, terms.map((term) => JSON.stringify(term) + "\n").join(""));
  execFileSync(join(root, "bin/postil"), ["build", "--glossary", glossary, "-o", join(work, `${name}.postil`)], { stdio: "ignore" });
}

/** An article, and a megabyte of English in pieces of about 64 KB. */
export function texts() {
  const seed = join(root, "../shared/seed/000_b8d9c7f4b61bbd1e.txt");
  const article = readFileSync(existsSync(seed) ? seed : join(root, "web/demo/articles/microsoft-openai-after-exclusivity.html"), "utf8");
  const haystack = readFileSync(join(scale, "haystack-en.txt"), "utf8");
  const pieces = [];
  for (let at = 2 << 20; at < 3 << 20; ) {
    const end = haystack.indexOf("\n", at + (64 << 10)) + 1;
    pieces.push(haystack.slice(at, end));
    at = end;
  }
  return { article, pieces };
}
