// The cases of worker/testdata over HTTP: workerd's answers fit them, and are
// those of the native server byte for byte.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:net";
import { after, before, describe, it } from "node:test";
import { startPair } from "./pair.mjs";
import { startBucket } from "./r2.mjs";
import { buildEdge, buildIndex, root, startNative, startWorkerd, temporary } from "./workerd.mjs";

const read = (name) =>
  readFileSync(join(root, `worker/testdata/${name}.jsonl`), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

const cases = ["cases", "search"].flatMap(read);
const articles = ["worker/testdata/articles.jsonl"];

function bodyOf(c) {
  let body;
  if (c.body_hex) body = Buffer.from(c.body_hex, "hex");
  else if (c.body_repeat) {
    const [head, unit, times, tail] = c.body_repeat;
    body = Buffer.from(head + unit.repeat(times) + tail);
  } else if (c.body !== undefined) body = Buffer.from(c.body);
  else return c.method === "POST" ? Buffer.alloc(0) : undefined;
  return c.chunked ? [body.subarray(0, body.length / 2), body.subarray(body.length / 2)].filter((b) => b.length) : body;
}

function checkHeaders(c, headers) {
  for (const [name, want] of Object.entries(c.header ?? {})) {
    const got = headers[name.toLowerCase()];
    if (want === null) assert.equal(got, undefined, name);
    else if (want === "*") assert.ok(got, name);
    else assert.equal(got, want, name);
  }
  assert.equal(headers["x-content-type-options"], "nosniff");
  assert.ok(headers["server-timing"]);
  assert.equal(headers["set-cookie"], undefined);
  if (c.status >= 400) {
    assert.equal(headers["content-type"], "application/problem+json");
    assert.equal(headers["cache-control"], "no-store");
  }
}

/** Headers that the handler sets and that depend on neither connection, time nor build. */
function ours(headers) {
  const others = ["date", "connection", "keep-alive", "transfer-encoding", "content-length", "server-timing", "etag", "x-request-id"];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !others.includes(name)));
}

/** What GET answers, HEAD answers without a body, and 304 says that it still holds. */
async function checkAgain(server, request, answer) {
  const head = await server.ask({ ...request, method: "HEAD" });
  assert.deepEqual([head.status, ours(head.headers), head.body.length], [200, ours(answer.headers), 0]);
  const { etag } = answer.headers;
  if (!etag) return;
  assert.equal(head.headers.etag, etag);
  const again = await server.ask({ ...request, headers: { ...request.headers, "If-None-Match": `"x", W/${etag}` } });
  const { "content-type": _, ...rest } = ours(answer.headers);
  assert.deepEqual([again.status, again.headers.etag, ours(again.headers), again.body.length], [304, etag, rest, 0]);
}

/** How a request is answered: in one call, or again, since it needs the archive. */
const ways = [
  { way: "in one call", tags: "", extra: {}, cases },
  {
    way: "after a call of the archive",
    tags: "postil_debug",
    extra: { "Debug-Get": "x" },
    cases: cases.filter((c) => !c.path.startsWith("/debug/")),
  },
];

for (const { way, tags, extra, cases } of ways) {
  describe(`the same answers at the edge, ${way}`, () => {
    let edge, native, bucket;
    before(async () => {
      const index = buildIndex("worker/testdata/glossary.jsonl", { articles });
      bucket = await startBucket();
      edge = await startWorkerd(buildEdge(index, tags), {}, bucket);
      native = await startNative(index, ["--data", temporary()]);
    });
    after(() => Promise.all([edge?.stop(), native?.stop(), bucket?.stop()]));

    for (const c of cases) {
      it(c.name, () => check(edge, native, c, extra));
    }
  });
}

/** Makes a request of both, and checks the answers. */
async function check(edge, native, c, extra = {}) {
  const request = { method: c.method, path: c.path, headers: { ...c.headers, ...extra }, body: bodyOf(c) };
  const answer = await edge.ask(request);
  const text = answer.body.toString();
  assert.equal(answer.status, c.status, text.slice(0, 400));
  checkHeaders(c, answer.headers);
  for (const part of c.contains ?? []) assert.ok(text.includes(part), `lacks ${part}: ${text.slice(0, 400)}`);
  for (const part of c.lacks ?? []) assert.ok(!text.includes(part), `has ${part}`);
  const twin = await native.ask(request);
  assert.equal(answer.status, twin.status);
  assert.deepEqual(general(ours(answer.headers), edge), general(ours(twin.headers), native));
  assert.ok(answer.body.equals(twin.body), `native: ${twin.body.toString().slice(0, 400)}`);
  if (c.method !== "GET" || c.status !== 200) return;
  await checkAgain(edge, request, answer);
  await checkAgain(edge, { ...request, headers: { ...request.headers, Authorization: "Bearer x" } }, answer); // none that is kept
}

/** Headers without the address of the server. */
function general(headers, { port }) {
  return Object.fromEntries(Object.entries(headers).map(([name, v]) => [name, v.replace(`127.0.0.1:${port}`, "HOST")]));
}

/** Starts the edge and the native server for a block of tests. */
function startTwins() {
  const pair = {};
  before(async () => {
    const index = buildIndex("worker/testdata/glossary.jsonl");
    pair.edge = await startWorkerd(buildEdge(index));
    pair.native = await startNative(index);
  });
  after(() => Promise.all([pair.edge?.stop(), pair.native?.stop()]));
  return pair;
}

describe("what the servers around the handler answer", () => {
  const pair = startTwins();

  const path = "/v1/openapi.json";
  const Origin = "https://example.org";
  const around = [
    { name: "what the description takes", method: "OPTIONS", path, status: 204 },
    { name: "preflight of the description", method: "OPTIONS", path, headers: { Origin, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match" }, status: 204 },
    { name: "posting the description", method: "POST", path, status: 405 },
    { name: "deleting the description", method: "DELETE", path, status: 405 },
    { name: "what lies below the description", method: "OPTIONS", path: `${path}/x`, status: 404 },
  ];
  for (const c of around) {
    it(c.name, async () => {
      const [answer, twin] = await Promise.all([pair.edge, pair.native].map((server) => server.ask(c)));
      assert.deepEqual([answer.status, twin.status], [c.status, c.status], answer.body.toString());
      assert.deepEqual([ours(answer.headers), answer.body.toString()], [ours(twin.headers), twin.body.toString()]);
      if (c.status === 404) return;
      assert.equal(answer.headers.allow, "GET, HEAD, OPTIONS");
      if (c.status !== 204) return;
      assert.equal(answer.headers["access-control-allow-origin"], "*");
      assert.equal(answer.headers["access-control-allow-headers"], "If-None-Match");
    });
  }
});

describe("a body that is cut off", () => {
  const pair = startTwins();

  /** Sends half of what a request declares, says that this was all, and waits for the answer. */
  function half({ port }, head) {
    return new Promise((answered, failed) => {
      const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
      let text = "";
      socket.on("data", (part) => (text += part)).on("end", () => answered(text)).on("error", failed);
      socket.end(`POST /v1/annotate HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nConnection: close\r\n${head}`);
    });
  }
  for (const [name, head] of [["with a length", "Content-Length: 100\r\n\r\nAGI"], ["in chunks", "Transfer-Encoding: chunked\r\n\r\n5\r\nAGI"]]) {
    it(`is the client's fault, ${name}`, async () => {
      for (const server of [pair.native, pair.edge]) {
        const answer = await half(server, head);
        assert.match(answer, /^HTTP\/1.1 400 /, answer);
        assert.match(answer, /"detail":"the body ends before its declared length"/);
      }
    });
  }
});

describe("articles are changed at the edge as natively", () => {
  let edge, native, stop;
  before(async () => {
    ({ edge, native, stop } = await startPair("site"));
  });
  after(() => stop?.());
  for (const c of read("changes")) it(c.name, () => check(edge, native, c));
});
