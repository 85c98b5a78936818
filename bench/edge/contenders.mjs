// Builds everything that is measured: each contender is a folder of modules for
// workerd, a request, and a check of its answer.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import * as esbuild from "esbuild";
import YAML from "yaml";
import { scripts } from "../../worker/edge/test/workerd.mjs";

const here = import.meta.dirname;
export const root = resolve(here, "../..");
export const work = join(root, "build/bench/edge");

const edgeFiles = [...scripts, "wasm_exec.js", "app.wasm", "site.postil"];

/** The text that is posted: a real article where there is one, else a demo. */
export function article() {
  const seed = join(root, "../shared/seed/000_b8d9c7f4b61bbd1e.txt");
  const demo = join(root, "web/demo/articles/microsoft-openai-after-exclusivity.html");
  return readFileSync(existsSync(seed) ? seed : demo);
}

/** Builds all contenders; build/edge must be there. */
export async function build() {
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, "terms.json"), JSON.stringify(glossary()));
  return [
    { name: "postil", dir: edge(), ...posts, check: annotations(60) },
    { name: "postil, the same text again", dir: edge("again"), ...posts, again: true, check: annotations(60) },
    { name: "postil, all streamed", dir: streamed(), ...posts, check: annotations(60) },
    { name: "stock worker.mjs", dir: stock(), ...posts, check: annotations(60) },
    { name: "modern-ahocorasick 1.1.0", dir: await script("ac1", "search-1.mjs"), ...posts, check: annotations(60) },
    { name: "modern-ahocorasick 3.3.0", dir: await script("ac3", "search-3.mjs"), ...posts, check: annotations(60) },
    { name: "syumai hello", dir: syumai("hello", "hello"), path: "/", method: "GET", check: (b) => (b.toString() === "hello" ? 0 : NaN) },
    { name: "JavaScript echo", dir: echo(), ...posts, check: (b) => (b.equals(article()) ? 0 : NaN) },
  ];
}

const posts = { path: "/v1/annotate", method: "POST" };

/** Checks an answer; the count of its annotations, or NaN if it is wrong. */
function annotations(atLeast) {
  return (body) => {
    const found = JSON.parse(body).annotations;
    const text = article().toString();
    const right = found.every((a) => text.slice(a.start, a.end) === a.exact);
    const known = ["Microsoft", "OpenAI"].every((name) => found.some((a) => a.exact === name));
    return right && known && found.length >= atLeast ? found.length : NaN;
  };
}

/** The starter glossary's surface forms in lower case, and its terms by id. */
function glossary() {
  const forms = new Map();
  const terms = {};
  for (const file of readdirSync(join(root, "glossary")).filter((f) => f.endsWith(".yaml"))) {
    const read = YAML.parse(readFileSync(join(root, "glossary", file), "utf8"));
    for (const t of read.terms ?? read) {
      terms[t.id] = { id: t.id, label: t.label, kind: t.kind, definition: t.definition, sources: t.sources, see_also: t.see_also };
      for (const form of [t.label, ...(t.aliases ?? []), ...(t.abbreviations ?? [])]) {
        if (!forms.has(form.toLowerCase()) || !t.hidden) forms.set(form.toLowerCase(), t.id);
      }
    }
  }
  return { forms: [...forms].map(([form, term]) => ({ form, term })), terms };
}

function fresh(name) {
  const dir = join(work, name);
  mkdirSync(dir, { recursive: true });
  return dir;
}

function copy(from, names, dir) {
  for (const name of names) copyFileSync(join(from, name), join(dir, name));
}

export function edge(name = "postil") {
  const dir = fresh(name);
  copy(join(root, "build/edge"), edgeFiles, dir);
  return dir;
}

/** The same with the exchange left out: what it is worth. */
function streamed() {
  const dir = fresh("streamed");
  copy(join(root, "build/edge"), edgeFiles, dir);
  const ordinary = readFileSync(join(root, "worker/edge/worker.mjs"), "utf8");
  const through = ordinary.replace(/instance\(env, ctx\)\.exchange\(asked, \w+\)/, "null");
  if (through === ordinary) throw new Error("worker.mjs has changed: how does a request get past the exchange now?");
  writeFileSync(join(dir, "worker.mjs"), through);
  return dir;
}

function stock() {
  const dir = syumai("stock", "stock");
  copy(join(root, "build/edge"), ["site.postil"], dir);
  copy(join(here, "stock"), ["runtime.mjs"], dir);
  return dir;
}

/** A Go program with the assets that syumai/workers generates. */
function syumai(name, program) {
  const dir = fresh(name);
  execFileSync("go", ["tool", "workers-assets-gen", "-mode=go", "-o", dir], { cwd: root });
  const flags = ["build", "-trimpath", "-ldflags=-s -w", "-o", join(dir, "app.wasm"), "./" + program];
  execFileSync("go", flags, { cwd: here, env: { ...process.env, GOOS: "js", GOARCH: "wasm" } });
  return dir;
}

/** A JavaScript Worker with one of the searches for terms. */
function script(name, search) {
  return bundle(name, "ahocorasick.mjs", { "#search": join(here, "rivals", search) });
}

/** A JavaScript Worker of a rival; its data are in the folder of work. */
export async function bundle(name, rival, alias = {}) {
  const dir = fresh(name);
  await esbuild.build({
    entryPoints: [join(here, "rivals", rival)],
    outfile: join(dir, "worker.mjs"),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    alias,
    plugins: [{ name: "data", setup: (b) => b.onResolve({ filter: /\.json$/ }, ({ path }) => ({ path: join(work, basename(path)) })) }],
  });
  return dir;
}

function echo() {
  const dir = fresh("echo");
  copy(join(here, "rivals"), ["echo.mjs"], dir);
  renameSync(join(dir, "echo.mjs"), join(dir, "worker.mjs"));
  return dir;
}
