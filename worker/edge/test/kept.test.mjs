// What has not changed is answered without the program: it is not even started
// again for it after its end.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { startBucket, startGate } from "./r2.mjs";
import { buildEdge, buildIndex, startWorkerd } from "./workerd.mjs";

const kept = (answer) => answer.headers["server-timing"].startsWith("kept");

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** Headers that do not depend on when an answer was given. */
function lasting({ "server-timing": _, date: _d, ...headers }) {
  return headers;
}

/** Asks twice, of which the second is answered without the program, then for HEAD and with the entity tag. */
async function again(edge, path, headers = {}) {
  const first = await edge.ask({ path, headers });
  const second = await edge.ask({ path, headers });
  assert.deepEqual([first.status, kept(first), second.status, kept(second)], [200, false, 200, true], `${path}: ${first.body}`);
  assert.ok(second.body.equals(first.body));
  assert.equal(first.headers["postil-until"], undefined);
  assert.deepEqual(lasting(second.headers), lasting(first.headers));
  const head = await edge.ask({ method: "HEAD", path, headers });
  assert.deepEqual([head.status, kept(head), head.body.length, head.headers.etag], [200, true, 0, first.headers.etag]);
  const held = await edge.ask({ path, headers: { ...headers, "If-None-Match": `"x", W/${first.headers.etag}` } });
  assert.deepEqual([held.status, kept(held), held.body.length, held.headers.etag], [304, true, 0, first.headers.etag]);
  const other = await edge.ask({ path, headers: { ...headers, "If-None-Match": '"x"' } });
  assert.deepEqual([other.status, kept(other)], [200, true]);
}

describe("an answer that only a deployment changes", () => {
  let dir, edge;
  before(async () => {
    dir = buildEdge(buildIndex("worker/testdata/glossary.jsonl"), "postil_debug");
    edge = await startWorkerd(dir, { ORIGINS: "https://a.example https://b.example" });
  });
  after(() => edge?.stop());

  it("is kept for who asks the same", async () => {
    const paths = ["/v1/terms", "/v1/terms/agi", "/v1/terms/law%2Fai-act", "/v1/terms?limit=2"];
    paths.push("/v1/search?q=agi&limit=2", "/v1/search?limit=2&q=agi", "/v1/suggest?q=a"); // without an archive
    for (const path of paths) {
      for (const Accept of ["application/json", "*/*"]) await again(edge, path, { Accept });
    }
  });

  it("is kept even if the first who asks holds it", async () => {
    const path = "/v1/terms?limit=3";
    const { etag } = (await edge.ask({ path, headers: { Authorization: "Bearer x" } })).headers;
    for (const way of [false, true]) {
      const held = await edge.ask({ path, headers: { "If-None-Match": etag } });
      assert.deepEqual([held.status, held.headers.etag, held.body.length, kept(held)], [304, etag, 0, way]);
    }
    assert.ok(kept(await edge.ask({ path })));
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
    for (const path of ["/v1/terms/nothing", "/v1/search", "/healthz"]) {
      for (let i = 0; i < 2; i++) assert.ok(!kept(await edge.ask({ path })), path);
    }
    const headers = { Authorization: "Bearer x" };
    for (let i = 0; i < 2; i++) assert.ok(!kept(await edge.ask({ path: "/v1/terms", headers })));
    const secret = await startWorkerd(dir, { KEYS: `${sha256("mine")} ${sha256("yours")}` });
    for (const key of ["mine", "yours", "mine"]) {
      const answer = await secret.ask({ path: "/v1/terms", headers: { Authorization: `Bearer ${key}` } });
      assert.deepEqual([answer.status, kept(answer), answer.headers["cache-control"]], [200, false, "private, no-cache"]);
      assert.equal(answer.headers["postil-until"], undefined);
      for (const path of ["/v1/terms", "/v1/search?q=agi"]) assert.equal((await secret.ask({ path })).status, 401);
    }
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

describe("an answer that depends on the archive", () => {
  const Authorization = "Bearer secret";
  const json = { Authorization, "Content-Type": "application/json" };
  let dir, index, bucket, gate;
  before(async () => {
    index = buildIndex("worker/testdata/glossary.jsonl", { articles: ["worker/testdata/articles.jsonl"] });
    dir = buildEdge(index, "postil_debug");
  });

  /** Runs a test with several isolates, each a process, on a bucket of their own. */
  function onWorkerds(name, n, refresh, test) {
    it(name, async () => {
      bucket = await startBucket();
      gate = await startGate(bucket);
      const variables = { TOKENS: sha256("secret"), REFRESH_MS: `${refresh}` };
      const edges = await Promise.all(Array.from({ length: n }, () => startWorkerd(dir, variables, gate)));
      try {
        await test(...edges);
      } finally {
        await Promise.all(edges.map((edge) => edge.stop()));
        gate.stop();
        await bucket.stop();
      }
    });
  }

  async function done(edge, method, path, body = "", headers = json) {
    const answer = await edge.ask({ method, path, headers, body: Buffer.from(body) });
    assert.ok(answer.status < 300, `${answer.status} ${answer.body}`);
  }
  const write = (edge, word, site = "") => done(edge, "PUT", `${site}/v1/articles/new`, JSON.stringify({ title: "New", text: `It says ${word} of AGI.` }));
  const publish = (edge, site, data = readFileSync(index)) =>
    done(edge, "PUT", `/s/${site}/v1/index`, data, { Authorization, "Content-Type": "application/octet-stream" });
  const says = async (edge, word, path = "/v1/articles/new") => (await edge.ask({ path })).body.includes(word);

  onWorkerds("is kept as long as the program would not look again", 1, 600_000, async (edge) => {
    await publish(edge, "one");
    await write(edge, "zebra");
    await write(edge, "zebra", "/s/one");
    const ofArchive = ["/v1/search?q=zebra", "/v1/suggest?q=a", "/v1/articles/new", "/v1/articles/new/related", "/v1/terms/agi/mentions"];
    const paths = [...ofArchive, ...["/v1/terms", "/v1/terms/agi", ...ofArchive].map((path) => `/s/one${path}`)];
    for (const path of paths) await again(edge, path, { Accept: "application/json" });
    const calls = gate.calls;
    assert.equal((await edge.ask({ path: "/debug/exit" })).status, 503);
    for (const path of paths) assert.ok(kept(await edge.ask({ path, headers: { Accept: "application/json" } })), path);
    assert.equal(gate.calls, calls);
  });

  onWorkerds("is another at once after a change that came the same way", 1, 600_000, async (edge) => {
    const path = "/s/one/v1/articles/new";
    for (const site of ["one", "two"]) {
      await publish(edge, site);
      await write(edge, "zebra", `/s/${site}`);
    }
    for (const [word, site] of [["lion", "/s/one"], ["tiger", "/s/%6fne"], ["hyena", "/s/%6Fn%65"]]) {
      for (const path of ["/s/one/v1/articles/new", "/s/two/v1/articles/new"]) for (let i = 0; i < 2; i++) await edge.ask({ path });
      await write(edge, word, site);
      assert.ok(await says(edge, word, path), word);
      assert.ok(kept(await edge.ask({ path: "/s/two/v1/articles/new" })), "what is kept of another site goes, too");
    }
    await again(edge, `/s/one/v1/search?q=hyena`);
    await done(edge, "DELETE", path);
    assert.equal((await edge.ask({ path })).status, 404);
    assert.ok(!(await says(edge, '"new"', "/s/one/v1/search?q=hyena")));
    await again(edge, "/s/one/v1/terms");
    await publish(edge, "one");
    assert.ok(!kept(await edge.ask({ path: "/s/one/v1/terms" })));
    assert.ok(kept(await edge.ask({ path: "/s/one/v1/terms" })));
    await publish(edge, "one", readFileSync(buildIndex("worker/testdata/glossary.jsonl")));
    const now = (await edge.ask({ path: "/s/one/v1/terms" })).body;
    assert.ok((await edge.ask({ path: "/s/one/v1/terms" })).body.equals(now));
    await done(edge, "POST", "/s/one/v1/index/rollback");
    assert.ok(!(await edge.ask({ path: "/s/one/v1/terms" })).body.equals(now));
  });

  onWorkerds("is kept though somebody asks for a change who may not, or for none", 1, 600_000, async (edge) => {
    await publish(edge, "one");
    const paths = ["/v1/terms", "/v1/search?q=agi", "/s/one/v1/terms"];
    for (const path of paths) for (let i = 0; i < 2; i++) await edge.ask({ path });
    const asked = [
      ["DELETE", "/v1/anything", 404], ["DELETE", "/v1/articles/new", 401], ["PUT", "/v1/articles/new", 401], ["PATCH", "/v1/terms", 405],
      ["DELETE", "/s/one/v1/articles/new", 401], ["PUT", "/s/one/v1/index", 401], ["POST", "/s/one/v1/index/rollback", 401],
      ["POST", "/v1/annotat%65", 200], ["POST", "/s/one/v1/annotate", 200],
    ];
    for (const [method, path, status] of asked) {
      const headers = { "Debug-Get": "x", "Content-Type": "text/plain" }; // with a look at the archive, as when too long ago
      assert.equal((await edge.ask({ method, path, headers, body: Buffer.from("AGI") })).status, status, path);
      for (const of of paths) assert.ok(kept(await edge.ask({ path: of })), `${of} after ${method} ${path}`);
    }
    await write(edge, "zebra");
    assert.ok(!kept(await edge.ask({ path: "/v1/search?q=agi" })));
  });

  onWorkerds("is another after a change elsewhere as soon as is promised", 2, 400, async (a, b) => {
    for (const path of ["/v1/articles/new", "/v1/search?q=Says", "/s/one/v1/articles/new"]) {
      const site = path.startsWith("/s/") ? "/s/one" : "";
      if (site) await publish(a, "one");
      await write(a, "zebra", site);
      while (!(await says(b, "zebra", path))); // until it has looked again
      await write(a, "lion", site);
      const promised = Date.now() + 400;
      for (let old = true; old; ) {
        const late = Date.now() > promised;
        old = !(await says(b, "lion", path));
        assert.ok(!old || !late, `${path} is older than was promised`);
      }
    }
  });

  onWorkerds("is not kept if a change overtook it", 1, 400, async (edge) => {
    const other = readFileSync(buildIndex("worker/testdata/glossary.jsonl"));
    await publish(edge, "one");
    await write(edge, "zebra");
    const overtaken = [
      ["/v1/articles/new", "articles/manifest.json", () => write(edge, "lion")],
      ["/s/one/v1/terms", "sites/one/site.json", () => publish(edge, "one", other)],
    ];
    for (const [path, object, change] of overtaken) {
      const before = (await edge.ask({ path })).body;
      let release, arrive;
      const held = new Promise((go) => (release = go));
      const arrived = new Promise((there) => (arrive = there));
      gate.after = ({ method }) => {
        if (!method.includes(object)) return undefined;
        gate.after = async () => {};
        arrive(true);
        return held;
      };
      let slow, waits;
      do {
        slow = edge.ask({ path });
        waits = await Promise.race([arrived, slow.then(() => false)]);
      } while (!waits); // until one has to look at the archive
      await change();
      release();
      await slow;
      for (let i = 0; i < 2; i++) assert.ok(!(await edge.ask({ path })).body.equals(before), path);
    }
  });
});
