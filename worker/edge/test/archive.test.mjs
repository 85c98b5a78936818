// Requests that wait for the archive, on workerd with miniflare's R2.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { startBucket } from "./r2.mjs";
import { buildEdge, buildIndex, root, startWorkerd } from "./workerd.mjs";

const article = readFileSync(join(root, "web/demo/articles/microsoft-openai-after-exclusivity.html"));
const token = "a token of this test";
const TOKENS = createHash("sha256").update(token).digest("hex");
const Authorization = `Bearer ${token}`;

let index, dir, bucket;
before(async () => {
  index = buildIndex("glossary");
  dir = buildEdge(index, "postil_debug");
  bucket = await startBucket();
});
after(() => bucket?.stop());

/** Runs a test with several isolates on one bucket. */
function onWorkerds(name, n, test, variables = {}) {
  it(name, async () => {
    const edges = await Promise.all(Array.from({ length: n }, () => startWorkerd(dir, { TOKENS, REFRESH_MS: "100", ...variables }, bucket)));
    try {
      await test(...edges);
    } finally {
      await Promise.all(edges.map((edge) => edge.stop()));
    }
  });
}

function put(edge, site, file, headers = {}) {
  const body = readFileSync(file);
  return edge.ask({ method: "PUT", path: `/s/${site}/v1/index`, headers: { Authorization, "Content-Type": "application/octet-stream", ...headers }, body });
}

describe("a site", () => {
  onWorkerds("is published in one isolate and found in another", 2, async (a, b) => {
    assert.equal((await b.ask({ path: "/s/one/v1/terms/agi" })).status, 404);
    const answer = await put(a, "one", index);
    assert.equal(answer.status, 200, answer.body.toString());
    assert.equal((await a.ask({ path: "/s/one/v1/terms/agi" })).status, 200);
    console.log((await a.ask({ path: "/s/one/v1/terms/agi" })).headers);
    await new Promise((r) => setTimeout(r, 200));
    assert.equal((await b.ask({ path: "/s/one/v1/terms/agi" })).status, 200);
    console.log(a.log.join(""), b.log.join(""));
  });
});
