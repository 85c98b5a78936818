// What does not change is answered without the program: it is not even started
// again for it after its end.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { buildEdge, buildIndex, startWorkerd } from "./workerd.mjs";

describe("an answer about the glossary", () => {
  let dir, edge;
  before(async () => {
    dir = buildEdge(buildIndex("worker/testdata/glossary.jsonl"), "postil_debug");
    edge = await startWorkerd(dir, { ORIGINS: "https://a.example https://b.example" });
  });
  after(() => edge?.stop());

  const kept = (answer) => answer.headers["server-timing"].startsWith("kept");

  it("is kept for who asks the same", async () => {
    for (const path of ["/v1/terms", "/v1/terms/agi", "/v1/terms/law%2Fai-act", "/v1/terms?limit=2"]) {
      for (const Accept of ["application/json", "*/*"]) {
        const first = await edge.ask({ path, headers: { Accept } });
        const again = await edge.ask({ path, headers: { Accept } });
        assert.deepEqual([first.status, kept(first), again.status, kept(again)], [200, false, 200, true], path);
        assert.ok(again.body.equals(first.body));
        const { "server-timing": _, date: _d, ...headers } = first.headers;
        const { "server-timing": _t, date: _e, ...others } = again.headers;
        assert.deepEqual(others, headers);
        const held = await edge.ask({ path, headers: { Accept, "If-None-Match": `"x", W/${first.headers.etag}` } });
        assert.deepEqual([held.status, kept(held), held.body.length, held.headers.etag], [304, true, 0, first.headers.etag]);
        assert.equal((await edge.ask({ path, headers: { Accept, "If-None-Match": '"x"' } })).status, 200);
      }
    }
  });

  it("is another for another origin or type", async () => {
    const path = "/v1/terms/tpu";
    for (const Origin of ["https://a.example", "https://b.example", "https://c.example"]) {
      for (const way of [false, true]) {
        const answer = await edge.ask({ path, headers: { Origin } });
        assert.equal(kept(answer), way);
        assert.equal(answer.headers["access-control-allow-origin"], Origin.includes("c.") ? undefined : Origin);
      }
    }
    const linked = await edge.ask({ path, headers: { Accept: "application/ld+json" } });
    assert.deepEqual([kept(linked), linked.headers["content-type"].split(";")[0]], [false, "application/ld+json"]);
  });

  it("needs no program", async () => {
    const path = "/v1/terms/cma";
    await edge.ask({ path });
    assert.equal((await edge.ask({ path: "/debug/exit" })).status, 503);
    assert.ok(kept(await edge.ask({ path })));
  });

  it("is not kept if it depends on more", async () => {
    for (const path of ["/v1/terms/nothing", "/v1/search?q=agi", "/v1/terms/agi/mentions", "/healthz"]) {
      for (let i = 0; i < 2; i++) assert.ok(!kept(await edge.ask({ path })), path);
    }
    const headers = { Authorization: "Bearer x" };
    for (let i = 0; i < 2; i++) assert.ok(!kept(await edge.ask({ path: "/v1/terms", headers })));
    const secret = await startWorkerd(dir, { KEYS: "ab".repeat(32) });
    for (let i = 0; i < 2; i++) assert.equal((await secret.ask({ path: "/v1/terms" })).status, 401);
    await secret.stop();
  });

  it("leaves for others that are asked for", async () => {
    const path = "/v1/terms/law%2Fai-act";
    const others = Array.from({ length: 3000 }, (_, i) => `/v1/terms?limit=${"0".repeat(i / 990)}${10 + (i % 990)}`);
    await edge.ask({ path });
    assert.ok(kept(await edge.ask({ path })));
    for (const path of others) await edge.ask({ path });
    assert.ok(!kept(await edge.ask({ path })));
    assert.ok(kept(await edge.ask({ path: others.at(-1) })));
  });
});
