// Clients who send slowly, or not to the end: they are told, and others are served.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { startBucket } from "./r2.mjs";
import { buildEdge, buildIndex, startWorkerd } from "./workerd.mjs";

const MiB = 1 << 20;
const text = { "Content-Type": "text/plain" };
const path = "/v1/annotate";

let dir;
before(() => {
  dir = buildEdge(buildIndex("glossary"));
});

/** Runs a test on a workerd of its own. */
function onWorkerd(name, test, variables = {}) {
  it(name, async () => {
    const edge = await startWorkerd(dir, variables);
    try {
      await edge.ready();
      await test(edge);
    } finally {
      await edge.stop();
    }
  });
}

/** Begins a request with a part of its body. */
function begin(edge, length, part, { method = "POST", path: at = path, headers = text } = {}) {
  const request = edge.open({ method, path: at, headers: { ...headers, ...(length ? { "Content-Length": length } : { "Transfer-Encoding": "chunked" }) } });
  request.answered.catch(() => {});
  request.begun = new Promise((sent) => request.write(part, sent));
  return request;
}

async function many(n, make) {
  const all = Array.from({ length: n }, make);
  await Promise.all(all.map((request) => request.begun));
  return all;
}

async function isServed(edge) {
  for (const at of ["/v1/terms?limit=1", "/healthz", "/readyz"]) assert.equal((await edge.ask({ path: at })).status, 200, at);
  const answer = await edge.annotate("What is AGI?");
  assert.equal(answer.status, 200, answer.body.toString());
}

function isTooSlow({ status, headers, body }) {
  assert.equal(status, 408, body.toString());
  assert.equal(headers["content-type"], "application/problem+json");
  assert.deepEqual(JSON.parse(body), { type: "about:blank", title: "Request Timeout", status: 408, detail: "the body did not come in time: send it again, or in parts" });
}

describe("clients who send slowly", () => {
  onWorkerd("300 of them take no place from others", async (edge) => {
    const slow = await many(300, (_, i) => begin(edge, [100_000, 100, undefined][i % 3], "a"));
    await isServed(edge);
    for (const request of slow) request.destroy();
    await isServed(edge);
  }, { DEADLINE_MS: "60000" });

  onWorkerd("are told when their time is over", async (edge) => {
    const requests = [
      begin(edge, 100, "a"), begin(edge, 100_000, "a"), begin(edge, undefined, "a"),
      begin(edge, 100, "a", { method: "PUT", path: "/v1/articles/a" }), begin(edge, 100, "a", { path: "/%zz" }),
    ];
    for (const request of requests) isTooSlow(await request.answered);
    await isServed(edge);
  }, { DEADLINE_MS: "300" });

  onWorkerd("have more time the more has come, but not for ever", async (edge) => {
    // 40 KB a second are more than are asked for, and take longer than the deadline.
    const body = Buffer.from("a ".repeat(40_000));
    const request = begin(edge, body.length, body.subarray(0, 8000));
    for (let sent = 8000; sent < body.length; sent += 4000) {
      await new Promise((next) => setTimeout(next, 100));
      request.write(body.subarray(sent, sent + 4000));
    }
    request.end();
    assert.equal((await request.answered).status, 200);
    const endless = begin(edge, MiB, body);
    isTooSlow(await endless.answered);
  }, { DEADLINE_MS: "1000", LONG_DEADLINE_MS: "5000" });
});

describe("bodies that are not sent to the end", () => {
  onWorkerd("take a bounded room, and the last of it is for small ones", async (edge) => {
    const slow = await many(100, () => begin(edge, MiB, Buffer.alloc(MiB - 1, "a")));
    const refused = () => slow.filter((request) => request.code === 503).length;
    for (const request of slow) request.answered.then(({ status }) => (request.code = status), () => {});
    while (refused() < 70) await new Promise((again) => setTimeout(again, 10));
    await isServed(edge);
    assert.ok(refused() < 80, `${refused()} of 100 are refused`);
    const large = Buffer.alloc(MiB, "a ");
    assert.equal((await edge.annotate(large)).status, 503);
    for (const request of slow) request.destroy();
    while ((await edge.annotate(large)).status !== 200);
  }, { DEADLINE_MS: "60000" });
});

describe("uploads of who may not publish", () => {
  it("are refused before they have come, and take no place", async () => {
    const bucket = await startBucket();
    const TOKENS = createHash("sha256").update("token").digest("hex");
    const edge = await startWorkerd(dir, { TOKENS }, bucket);
    try {
      const expected = { "/s/x/v1/index": 401, "/s/NONE/v1/index": 404, "/none/v1/index": 404 };
      for (const [at, status] of Object.entries(expected)) {
        const requests = await many(100, (_, i) => begin(edge, i % 2 ? 20 * MiB : undefined, "a", { method: "PUT", path: at, headers: { Authorization: "Bearer wrong" } }));
        for (const request of requests) assert.equal((await request.answered).status, status, at);
      }
      await isServed(edge);
    } finally {
      await edge.stop();
      await bucket.stop();
    }
  });
});
