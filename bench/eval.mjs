// Measures the quality of annotations and of search with public data sets and
// their scorer: builds an index from each suite's glossary or articles, runs
// `postil annotate --ndjson` or `postil search --ndjson` and, on workerd, the
// Worker's /v1/search, and prints one table.
// Figures go to build/eval.json as well.
//
//   node bench/eval.mjs [DIR]      DIR holds the data and score.py
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { scripts, startWorkerd } from "../worker/edge/test/workerd.mjs";

const root = resolve(import.meta.dirname, "..");
const data = resolve(process.argv[2] ?? join(root, "../shared/eval"));
const out = join(root, "build/eval");
const postil = join(root, "bin/postil");

if (!existsSync(join(data, "score.py"))) {
  console.log(`make eval: skipped, no evaluation data in ${data}`);
  process.exit(0);
}
mkdirSync(out, { recursive: true });

/** Suites, the flags of their run, and which figures of the scorer matter. */
const suites = [
  { task: "spotting", name: "craft-CL", folder: "spotting", figures: ["precision", "recall", "f1"], target: { f1: 0.74 } },
  { task: "spotting", name: "craft-SO", folder: "spotting", figures: ["precision", "recall", "f1"], target: { f1: 0.66 } },
  { task: "abbreviations", name: "ab3p", folder: "abbreviations", figures: ["precision", "recall", "f1", "span_f1"], target: { f1: 0.9 } },
  { task: "abbreviations", name: "wikipedia", folder: "abbreviations", figures: ["precision", "recall", "f1"], target: { f1: 0.72 } },
  { task: "senses", name: "uad", folder: "senses", figures: ["accuracy"], target: { accuracy: 0.8 } },
  { task: "senses", name: "bio-umls", folder: "senses", figures: ["accuracy"], target: { accuracy: 0.45 } },
  { task: "senses", name: "uad", folder: "senses", vectors: "none", figures: ["accuracy"] },
  { task: "senses", name: "bio-umls", folder: "senses", vectors: "none", figures: ["accuracy"] },
];

/** The abbreviations of a text need no glossary; an index needs a term. */
const empty = join(out, "empty.jsonl");
writeFileSync(empty, '{"id":"none","label":"no such term"}\n');

const flat = {};
const bins = {};
for (const s of suites) {
  const label = s.vectors ? `${s.name}-${s.vectors}-vectors` : s.name;
  const file = (kind) => join(data, s.folder, `${s.name}.${kind}.jsonl`);
  const index = join(out, `${label}.postil`);
  const predictions = join(out, `${label}.ndjson`);
  const glossary = s.task === "abbreviations" ? empty : file("glossary");
  run(postil, ["build", "--quiet", "--glossary", glossary, "--vectors", s.vectors ?? "english", "-o", index]);
  const flags = { abbreviations: ["--abbreviations"], senses: ["--min-score", "0"] }[s.task] ?? [];
  const start = performance.now();
  run(postil, ["annotate", "--index", index, "--ndjson", "--offsets", "utf-32", "--occurrences", "all", ...flags], file("docs"), predictions);
  const ms = performance.now() - start;
  const printed = run("python3", [join(data, "score.py"), s.task, "--gold", file("gold"), "--pred", predictions, "--docs", file("docs")]);
  const score = JSON.parse(printed.trim().split("\n").at(-1));
  const documents = lines(predictions).length;
  for (const f of s.figures) flat[`${label}_${f}`] = score[f];
  flat[`${label}_index_bytes`] = statSync(index).size;
  flat[`${label}_ms_per_document`] = round(ms / documents);
  if (s.task !== "abbreviations" && !s.vectors) reliability(file("gold"), predictions, label, s.task === "senses");
  const figures = s.figures.map((f) => {
    const want = s.target?.[f];
    return `${f} ${score[f].toFixed(3)}${want ? (score[f] >= want ? ` (≥ ${want})` : ` (MISSED: ≥ ${want})`) : ""}`;
  });
  console.log(`${label.padEnd(22)} ${figures.join("  ")}  ${statSync(index).size} bytes  ${round(ms / documents)} ms a document`);
}
await search({ name: "cranfield", figures: { map: 0.307, ndcg10: 0.38 } });
printReliability();
writeFileSync(join(root, "build/eval.json"), JSON.stringify(flat, null, 1) + "\n");

/**
 * Article search, natively and through the Worker, which must agree; the figures
 * to reach are those of bleve's defaults.
 */
async function search({ name, figures: targets }) {
  const file = (kind) => join(data, "search", `${name}.${kind}`);
  const index = join(out, `${name}.postil`);
  const predictions = join(out, `${name}.ndjson`);
  run(postil, ["build", "--quiet", "--articles", file("articles.jsonl"), "-o", index]);
  const start = performance.now();
  run(postil, ["search", "--index", index, "--articles", "--ndjson"], file("queries.jsonl"), predictions);
  const ms = round((performance.now() - start) / lines(predictions).length);
  const native = searchFigures(name, name, targets, predictions);
  flat[`${name}_index_bytes`] = statSync(index).size;
  flat[`${name}_ms_per_query`] = ms;
  console.log(`${name.padEnd(22)} ${native}  ${statSync(index).size} bytes  ${ms} ms a query`);
  const through = await searchWorkerd(index, file("queries.jsonl"));
  const edge = searchFigures(name, `${name}_workerd`, targets, through.predictions);
  const same = Object.keys(targets).every((f) => flat[`${name}_${f}`] === flat[`${name}_workerd_${f}`]);
  console.log(`${"  through workerd".padEnd(22)} ${edge}  ${same ? "as natively" : "MISSED: not as natively"}  ${through.ms} ms for all pages of a query`);
  if (!same) process.exitCode = 1;
}

/** Scores predictions, keeps the figures under a label, and says what they are. */
function searchFigures(name, label, targets, predictions) {
  const file = (kind) => join(data, "search", `${name}.${kind}`);
  const printed = run("python3", [join(data, "score.py"), "search", "--qrels", file("qrels.tsv"), "--pred", predictions, "--articles", file("articles.jsonl")]);
  const score = JSON.parse(printed.trim().split("\n").at(-1));
  return Object.entries(targets)
    .map(([f, want]) => {
      flat[`${label}_${f}`] = score[f];
      return `${f} ${score[f].toFixed(3)}${score[f] >= want ? ` (≥ ${want})` : ` (MISSED: ≥ ${want})`}`;
    })
    .join("  ");
}

/** Asks the Worker, on workerd, for all hits of each query, page by page. */
async function searchWorkerd(index, queries) {
  const dir = join(out, "edge");
  mkdirSync(dir, { recursive: true });
  for (const name of [...scripts, "wasm_exec.js", "app.wasm"]) copyFileSync(join(root, "build/edge", name), join(dir, name));
  copyFileSync(index, join(dir, "site.postil"));
  const server = await startWorkerd(dir);
  const predictions = join(out, "workerd.ndjson");
  try {
    const start = performance.now();
    const answers = [];
    for (const { id, query } of lines(queries)) answers.push(JSON.stringify({ id, hits: await hits(server, query) }));
    writeFileSync(predictions, answers.join("\n") + "\n");
    return { predictions, ms: round((performance.now() - start) / answers.length) };
  } finally {
    await server.stop();
  }
}

/** As many hits of a query as postil search --ndjson gives. */
async function hits(server, q) {
  const all = [];
  for (let next = ""; all.length < 1000; ) {
    const query = new URLSearchParams({ q, in: "articles", limit: "100", ...(next && { cursor: next }) });
    const answer = await server.ask({ path: `/v1/search?${query}` });
    if (answer.status !== 200) throw new Error(`${q}: ${answer.status} ${answer.body}`);
    const page = JSON.parse(answer.body);
    all.push(...page.articles.map(({ id, score }) => ({ id, score })));
    next = page.next;
    if (!next) break;
  }
  return all;
}

function run(command, args, from, to) {
  const stdio = [from ? openSync(from, "r") : "ignore", to ? openSync(to, "w") : "pipe", "inherit"];
  return String(execFileSync(command, args, { stdio, maxBuffer: 1 << 28 }) ?? "");
}

function lines(file) {
  return readFileSync(file, "utf8").split("\n").filter(Boolean).map((l) => JSON.parse(l));
}

function round(x) {
  return Math.round(x * 100) / 100;
}

/** Counts, for each tenth of the score, how many annotations are right. */
function reliability(goldFile, predictions, label, sampled) {
  const gold = new Map(lines(goldFile).map((d) => [d.id, new Map(d.annotations.map((a) => [`${a.start}-${a.end}`, [a.term, ...(a.accept ?? [])]]))]));
  const rows = (bins[label] = Array.from({ length: 10 }, () => ({ n: 0, right: 0 })));
  for (const d of lines(predictions)) {
    for (const a of d.annotations) {
      const wanted = gold.get(d.id).get(`${a.start}-${a.end}`);
      if (!wanted && sampled) continue; // the data say nothing about it
      const row = rows[Math.min(9, Math.floor(a.score * 10))];
      row.n++;
      if (wanted?.includes(a.term)) row.right++;
    }
  }
  const top = rows[9];
  flat[`${label}_right_at_0.9`] = round(top.right / top.n);
}

function printReliability() {
  console.log("\nshare of right annotations by score (number of annotations)");
  console.log("score".padEnd(8) + Object.keys(bins).map((k) => k.padEnd(16)).join(""));
  for (let i = 9; i >= 0; i--) {
    const cells = Object.values(bins).map(({ [i]: { n, right } }) => (n ? `${(right / n).toFixed(3)} (${n})` : "–").padEnd(16));
    console.log(`≥ 0.${i}   ${cells.join("")}`);
  }
}
