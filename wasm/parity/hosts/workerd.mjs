// Answers the requests of a folder with the Worker in workerd, over HTTP. Left
// out is what HTTP has no call for; an error, which HTTP describes in words of
// its own, is given by its status.
//
//   node wasm/parity/hosts/workerd.mjs FOLDER
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildEdge, startWorkerd } from "../../../worker/edge/test/workerd.mjs";

const [folder] = process.argv.slice(2);
const requests = readFileSync(join(folder, "requests.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line));

const json = { "content-type": "application/json" };

/** The JSON body of a request: its options, as they are given, and its text. */
function body(member, options, text) {
  if (options && !options.startsWith("{")) return undefined;
  const rest = (options || "{}").slice(1);
  return Buffer.from(`{${JSON.stringify(member)}:${JSON.stringify(text)}${rest.trimStart().startsWith("}") ? "" : ","}${rest}`);
}

/** Options as a query string. */
function query(options, more = {}) {
  const values = { ...JSON.parse(options || "{}"), ...more };
  return new URLSearchParams(Object.entries(values).map(([name, value]) => [name.replaceAll("_", "-"), String(value)]));
}

const calls = {
  annotate: (o, t) => ({ method: "POST", path: "/v1/annotate", headers: { ...json, accept: "application/json" }, body: body("text", o, t) }),
  annotate_html: (o, t) => ({ method: "POST", path: "/v1/annotate", headers: { ...json, accept: "application/json" }, body: body("html", o, t) }),
  mark_html: (o, t) => ({ method: "POST", path: "/v1/annotate", headers: { ...json, accept: "text/html" }, body: body("html", o, t) }),
  search: (o, t) => ({ path: `/v1/search?${query(o, { q: t })}` }),
  suggest: (o, t) => ({ path: `/v1/suggest?${query(o, { q: t })}` }),
  mentions: (o, t) => ({ path: `/v1/terms/${encodeURIComponent(t)}/mentions?${query(o)}` }),
  related: (o, t) => ({ path: `/v1/articles/${encodeURIComponent(t)}/related?${query(o)}` }),
  article: (o, t) => ({ path: `/v1/articles/${encodeURIComponent(t)}?${query(o)}` }),
  term: (o, t) => ({ path: `/v1/terms/${encodeURIComponent(t)}?${query(o)}` }),
  terms: (o) => ({ path: `/v1/terms?${query(o)}` }),
};

/** Calls that HTTP answers only to a text. */
const needText = ["search", "suggest", "mentions", "related", "article", "term"];

/** Text that can be a part of a JSON body. */
function decode(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const base64 = (text = "") => Buffer.from(text, "base64");

function write(answer) {
  return new Promise((written) => process.stdout.write(JSON.stringify(answer) + "\n", written));
}

const dir = buildEdge(join(folder, requests.find((r) => r.index).index), "german,french,spanish");
let served;
let server;
for (const { name, index, call, ...asked } of requests) {
  const [options, text] = [decode(base64(asked.options)), decode(base64(asked.text))];
  if (!calls[call] || options === undefined || text === undefined) continue;
  if (text === "" && needText.includes(call)) continue;
  const request = calls[call](options, text);
  if (request.method && !request.body) continue;
  if (index !== served) {
    await server?.stop();
    copyFileSync(join(folder, index), join(dir, "site.postil"));
    server = await startWorkerd(dir);
    served = index;
  }
  const { status, body: answer } = await server.ask(request);
  await write(status === 200 ? { name, answer: answer.toString("base64") } : { name, failed: true, status });
}
await server.stop();
