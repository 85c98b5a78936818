// A million calls through each binding, and what they leave behind. It fails where
// memory goes on growing.
//
//   node bench/module/memory.mjs [--calls 1000000] [--only BINDING] [--docs]
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import * as esbuild from "esbuild";
import { chromium } from "playwright-core";
import { findWholeChromium, flags } from "../../web/test/helpers/chromium.mjs";
import { root, texts, work } from "./data.mjs";
import { publish } from "./tables.mjs";

const { values } = parseArgs({ options: { calls: { type: "string", default: "1000000" }, only: { type: "string" }, docs: { type: "boolean" } } });
const calls = Number(values.calls);
const SLACK = 8 << 20; // what memory may grow by after a tenth of the calls

const run = async (command, args) => (await promisify(execFile)(command, args, { cwd: root, maxBuffer: 64 << 20 })).stdout;

const inNode = (name) => async () => JSON.parse(await run(process.execPath, ["--expose-gc", join(import.meta.dirname, "calls.mjs"), name, String(calls)]));

/** What a test in Go says: the module's memory, or the heap of a program without one. */
const inGo = (folder, kind) => async () => {
  const out = await run("go", ["test", folder, "-count=1", "-run", "^TestSteady$", "-v", "-timeout", "3h", "-args", "-calls", String(calls)]);
  const { start, tenth, end, disposed } = JSON.parse(out.match(/steady (\{.*\})/)[1]);
  const at = (bytes) => ({ [kind]: bytes });
  return { start: at(start), tenth: at(tenth), end: at(end), disposed };
};

async function inChromium() {
  const script = join(work, "steady.js");
  await esbuild.build({ entryPoints: [join(import.meta.dirname, "steady.mjs")], bundle: true, format: "esm", outfile: script });
  const files = { "/steady.js": script, "/index.js": join(root, "build/wasm/index.js"), "/annotate.wasm": join(root, "build/wasm/annotate.wasm"), "/site.postil": join(root, "build/index/site.postil") };
  const server = createServer(({ url }, response) => {
    const path = files[url] ?? (url.startsWith("/chunk") ? join(root, "build/wasm", url) : undefined);
    const type = { js: "text/javascript", wasm: "application/wasm" }[url.split(".").at(-1)] ?? "text/html";
    response.writeHead(200, { "content-type": type }).end(path ? readFileSync(path) : "<!doctype html>");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const browser = await chromium.launch({ executablePath: findWholeChromium(), args: flags });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const devtools = await page.context().newCDPSession(page);
    const system = await browser.newBrowserCDPSession();
    // What the page's process occupies, which has linear memory in it, unlike JavaScript's heap.
    const resident = async () => {
      for (let i = 0; i < 3; i++) await devtools.send("HeapProfiler.collectGarbage");
      const { processInfo } = await system.send("SystemInfo.getProcessInfo");
      const of = ({ id }) => 4096 * Number(readFileSync(`/proc/${id}/statm`, "utf8").split(" ")[1]);
      return Math.max(...processInfo.filter(({ type }) => type == "renderer").map(of));
    };
    await page.exposeFunction("resident", resident);
    const before = await resident();
    const seen = await page.evaluate(
      async ({ article, calls }) => {
        const [{ load }, { sentencesOf, steady }] = await Promise.all([import("/index.js"), import("/steady.js")]);
        const p = await load({ wasm: "/annotate.wasm", index: "/site.postil" });
        const look = async () => ({ module: p.memory, process: await resident() });
        const seen = await steady((text) => p.annotate(text), sentencesOf(article), calls, look);
        p.dispose();
        return seen;
      },
      { article: texts().article, calls: inPage() },
    );
    return { ...seen, before, disposed: await resident() };
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}
const inPage = () => Math.min(calls, 100_000);

const bindings = {
  native: ["Go, natively: heap", inGo(".", "process")],
  wazero: ["WASI in wazero, package `wasm/host`", inGo("./wasm/host", "module")],
  wasi: ["WASI in Node", inNode("wasi")],
  node: ["JavaScript module in Node", inNode("node")],
  worker: ["JavaScript module in a thread of Node", inNode("worker")],
  chromium: ["JavaScript module in Chromium", inChromium],
};

const mib = (bytes) => (bytes === undefined ? "" : (bytes / 2 ** 20).toFixed(1));
const lines = ["| | calls | module at the start, MiB | after a tenth | at the end | process at the start, MiB | after a tenth | at the end | before it was loaded | after it was disposed of |", "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"];
let grows = 0;
console.log(lines.join("\n"));
for (const [name, [title, measure]] of Object.entries(bindings)) {
  if (values.only && values.only != name) continue;
  const { start, tenth, end, before, disposed } = await measure();
  const made = name == "chromium" ? inPage() : calls;
  const cells = ["module", "process"].flatMap((kind) => [start, tenth, end].map((at) => mib(at[kind])));
  lines.push(`| ${title} | ${made.toLocaleString("en")} | ${cells.join(" | ")} | ${mib(before)} | ${mib(disposed)} |`);
  console.log(lines.at(-1));
  // What a process occupies follows its host's collector; what is the module's or counted in a heap does not.
  const kind = end.module === undefined ? "process" : "module";
  if (end[kind] > tenth[kind] + SLACK) {
    console.error(`${title}: memory goes on growing`);
    grows++;
  }
}
publish("memory", lines.join("\n"), values.docs && !values.only && !grows);
process.exitCode = grows ? 1 : 0;
