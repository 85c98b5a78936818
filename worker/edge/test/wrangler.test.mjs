// What `make run` serves: wrangler.toml, the built Worker and the built pages,
// on wrangler's own development server.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { root } from "./workerd.mjs";
import { startWrangler, stopWrangler } from "./wrangler.mjs";

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

describe("wrangler dev", () => {
  let server;
  before(async () => {
    server = await startWrangler({ TOKENS: sha256("secret") });
  });
  after(() => {
    if (server) stopWrangler(server);
  });

  const pages = [
    ["/", 200, "text/html"],
    ["/embed.js", 200, "javascript"],
    ["/nothing-here", 404, "text/html"],
    ["/v1/terms/agi", 200, "application/json"],
    ["/v1/openapi.json", 200, "application/json"],
    ["/healthz", 200, "application/json"],
    ["/readyz", 200, "application/json"],
    ["/v1/nothing-here", 404, "application/problem+json"],
    ["/s/nobody/v1/terms", 404, "application/problem+json"],
    ["/debug/exit", 404, "text/html"],
  ];
  for (const [path, status, type] of pages) {
    it(`GET ${path} as a reader's browser`, async () => {
      const answer = await server.ask({ path, headers: { Accept: "text/html, */*", "Sec-Fetch-Mode": "navigate" } });
      assert.equal(answer.status, status);
      assert.ok(answer.headers["content-type"].includes(type), answer.headers["content-type"]);
    });
  }

  it("has the description of the interface for other origins, and says what it takes", async () => {
    const path = "/v1/openapi.json";
    const whole = await server.ask({ path });
    assert.equal(JSON.parse(whole.body).openapi, "3.1.0");
    assert.equal(whole.headers["access-control-allow-origin"], "*");
    assert.equal(whole.headers["x-content-type-options"], "nosniff");
    const held = await server.ask({ path, headers: { "If-None-Match": whole.headers.etag } });
    assert.deepEqual([held.status, held.body.length], [304, 0]);
    const head = await server.ask({ method: "HEAD", path });
    assert.deepEqual([head.status, head.body.length], [200, 0]);
    const options = await server.ask({ method: "OPTIONS", path });
    assert.deepEqual([options.status, options.headers.allow], [204, "GET, HEAD, OPTIONS"]);
  });

  it("keeps the index of a site in its own R2", async () => {
    const index = readFileSync(join(root, "build/index/site.postil"));
    const headers = { Authorization: "Bearer secret", "Content-Type": "application/octet-stream" };
    const answer = await server.ask({ method: "PUT", path: "/s/one/v1/index", headers, body: index });
    assert.equal(answer.status, 200, answer.body.toString());
    assert.equal((await server.ask({ path: "/s/one/v1/terms/agi" })).status, 200);
  });

  it("annotates", async () => {
    const answer = await server.annotate("Microsoft and OpenAI");
    assert.equal(answer.status, 200);
    const found = JSON.parse(answer.body).annotations.map((a) => a.exact);
    assert.deepEqual(found, ["Microsoft", "OpenAI"]);
  });
});
