// Search in 2,000 articles on workerd: Postil against JavaScript libraries, with
// the questions of a public collection in turn. Every answer has ten hits; ours
// has highlighted fragments and positions as well.
//
//   node bench/edge/search.mjs [--seconds 5] [--rounds 3] [--out FILE]
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundle, edge, root, work } from "./contenders.mjs";
import { measure } from "./wrk.mjs";

const { values: args } = parseArgs({
  options: { seconds: { type: "string", default: "5" }, rounds: { type: "string", default: "3" }, out: { type: "string" } },
});
const data = join(root, "../shared/eval");
if (!existsSync(join(data, "search"))) {
  console.log(`search: skipped, no articles in ${data}`);
  process.exit(0);
}
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const lines = (file) => readFileSync(join(data, file), "utf8").trim().split("\n");
const queries = lines("search/cranfield.queries.jsonl").map((line) => JSON.parse(line));
const relevant = new Set(lines("search/cranfield.qrels.tsv").map((line) => line.split("\t").slice(0, 2).join(" ")));

/** The collection's articles, filled up to 2,000 with stretches of other text. */
function articles() {
  const all = lines("search/cranfield.articles.jsonl").map((line) => JSON.parse(line));
  const text = readFileSync(join(data, "scale/haystack-en.txt"), "utf8");
  for (let i = 0; all.length < 2000; i++) {
    const from = i * 7000;
    all.push({ id: `t${i}`, title: text.slice(from, from + 50).trim(), text: text.slice(from, from + 5000), url: `/t/${i}` });
  }
  return all;
}

function ours(all) {
  const file = join(work, "articles.jsonl");
  writeFileSync(file, all.map((a) => JSON.stringify(a)).join("\n") + "\n");
  const dir = edge("search");
  const index = join(dir, "site.postil");
  execFileSync(join(root, "bin/postil"), ["build", "--quiet", "--glossary", join(root, "glossary"), "--articles", file, "-o", index], { cwd: root });
  return dir;
}

/** The first question's answer: ten hits, of which at least one is relevant. */
function check(body) {
  const { articles: hits } = JSON.parse(body);
  const right = hits.filter(({ id }) => relevant.has(`${queries[0].id} ${id}`)).length;
  return hits.length === 10 && right > 0 ? right : NaN;
}

const ask = (path) => queries.map(({ query }) => `${path}?${new URLSearchParams({ q: query.replace(/[^\p{L}\p{N} ]/gu, " ").trim() })}`);
const gets = (path) => ({ method: "GET", path: ask(path)[0], paths: ask(path), check });

mkdirSync(work, { recursive: true });
const all = articles();
writeFileSync(join(work, "articles.json"), JSON.stringify(all));
const contenders = [
  { name: "postil", dir: ours(all), ...gets("/v1/search") },
  { name: "minisearch", dir: await bundle("minisearch", "minisearch.mjs"), ...gets("/") },
  { name: "orama", dir: await bundle("orama", "orama.mjs"), ...gets("/") },
];
const rounds = new Map(contenders.map((c) => [c, []]));
for (let i = 0; i < Number(args.rounds); i++) {
  for (const c of contenders) rounds.get(c).push(await measure(c, { seconds: Number(args.seconds), connections: 2 }));
}
const figures = {};
console.log("search        relevant  requests/s   p50 ms   p99 ms  cpu ms  RSS MB");
for (const c of contenders) {
  const m = Object.fromEntries(Object.keys(rounds.get(c)[0]).map((k) => [k, median(rounds.get(c).map((r) => r[k]))]));
  for (const k of ["matches", "rps", "p50", "p99", "cpuMs", "rssMB"]) figures[`search_${c.name}_${k}`] = m[k];
  const cells = [[m.matches, 9, 0], [m.rps, 11, 0], [m.p50, 8, 2], [m.p99, 8, 2], [m.cpuMs, 7, 2], [m.rssMB, 7, 0]];
  console.log(c.name.padEnd(12), ...cells.map(([v, width, digits]) => v.toFixed(digits).padStart(width)));
}
if (args.out) writeFileSync(args.out, JSON.stringify(figures, null, 2) + "\n");
