// Articles that are indexed at the edge, on workerd with miniflare's R2.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { startBucket, startGate } from "./r2.mjs";
import { soak } from "./soak.mjs";
import { buildEdge, buildIndex, startWorkerd } from "./workerd.mjs";

const Authorization = "Bearer secret";
const variables = { TOKENS: createHash("sha256").update("secret").digest("hex"), REFRESH_MS: "50", DEADLINE_MS: "60000" };

let dir;
before(() => {
  dir = buildEdge(buildIndex("worker/testdata/glossary.jsonl"), "postil_debug");
});

/** Runs a test with several isolates, each a process, on a bucket of their own. */
function onWorkerds(name, n, test) {
  it(name, async () => {
    const bucket = await startBucket();
    const gate = await startGate(bucket);
    const start = () => startWorkerd(dir, variables, gate);
    const edges = await Promise.all(Array.from({ length: n }, start));
    try {
      await test({ edges, gate, restart: async (i) => (edges[i] = (await edges[i].stop(), await start())) });
    } finally {
      await Promise.all(edges.map((edge) => edge.stop()));
      gate.stop();
      await bucket.stop();
    }
  });
}

function put(edge, id, word) {
  const body = Buffer.from(JSON.stringify({ title: `Article ${id}`, text: `It says ${word} and nothing else.` }));
  return edge.ask({ method: "PUT", path: `/v1/articles/${id}`, headers: { Authorization, "Content-Type": "application/json" }, body });
}

const remove = (edge, id) => edge.ask({ method: "DELETE", path: `/v1/articles/${id}`, headers: { Authorization } });

function written(answer) {
  assert.ok([200, 201, 204].includes(answer.status), `${answer.status} ${answer.body}`);
}

/** Resolves when an isolate finds just these articles by a word, as it does once it has looked again. */
async function finds(edge, word, ids) {
  const end = Date.now() + 10_000;
  for (;;) {
    const answer = await edge.ask({ path: `/v1/search?q=${word}&in=articles&limit=100` });
    const got = answer.status === 200 ? JSON.parse(answer.body).articles.map((a) => a.id).sort() : [answer.body.toString()];
    if (got.join() === ids.toSorted().join()) return;
    if (Date.now() > end) assert.deepEqual(got, ids.toSorted());
  }
}

describe("an article", () => {
  onWorkerds("is found at once where it was written, and soon elsewhere", 2, async ({ edges: [a, b] }) => {
    await finds(b, "zebra", []);
    written(await put(a, "one", "zebra"));
    assert.match((await a.ask({ path: "/v1/search?q=zebra" })).body.toString(), /"one"/);
    await finds(b, "zebra", ["one"]);
    written(await put(b, "one", "okapi"));
    await finds(a, "zebra", []);
    await finds(a, "okapi", ["one"]);
    assert.equal((await remove(a, "one")).status, 204);
    await finds(a, "okapi", []);
    await finds(b, "okapi", []);
  });

  onWorkerds("is not lost when sixteen are written at once in four isolates", 4, async ({ edges }) => {
    const ids = Array.from({ length: 16 }, (_, i) => `a${i}`);
    const jobs = ids.map(async (id, i) => {
      for (let answer; answer?.status === 503 || !answer; ) answer = await put(edges[i % 4], id, "zebra");
    });
    await Promise.all(jobs);
    for (const edge of edges) await finds(edge, "zebra", ids);
    assert.equal(await edges[0].maintain(), "ok");
    for (const edge of edges) await finds(edge, "zebra", ids);
  });

  onWorkerds("of one isolate does not wait for what another asked for", 1, async ({ edges: [edge], gate }) => {
    written(await put(edge, "one", "zebra"));
    const held = [];
    let reached;
    const arrived = new Promise((r) => (reached = r));
    gate.before = () => (held.length > 0 ? undefined : new Promise((go) => (held.push(go), reached())));
    const stuck = put(edge, "two", "zebra");
    await arrived;
    for (let i = 0; i < 10; i++) {
      written(await put(edge, "three", `okapi${i}`));
      await finds(edge, `okapi${i}`, ["three"]);
      await finds(edge, "zebra", ["one"]);
    }
    held[0]();
    written(await stuck);
    await finds(edge, "zebra", ["one", "two"]);
  });
});

/** Tries what is done with the first call of the bucket failing, the second, … */
async function failEach(gate, when, test) {
  for (let n = 1, failed = true; failed; n++) {
    assert.ok(n < 60, "it goes on for ever");
    await test(n, async (job) => {
      const calls = gate.calls;
      failed = false;
      gate[when] = (call) => {
        if (call.n !== calls + n) return;
        failed = true;
        return Promise.reject(new Error("as the test wants it"));
      };
      try {
        return await job();
      } finally {
        gate[when] = async () => {};
      }
    });
  }
}

describe("a bucket that fails at any call", () => {
  for (const when of ["before", "after"]) {
    onWorkerds(`${when} it took place loses no article`, 2, async ({ edges: [a, b], gate }) => {
      const ids = ["first"];
      written(await put(a, "first", "zebra"));
      await failEach(gate, when, async (n, failing) => {
        const id = `a${n}`;
        const answer = await failing(() => put(a, id, "zebra"));
        if (answer.status === 503) written(await put(b, id, "zebra"));
        else written(answer);
        ids.push(id);
        await finds(a, "zebra", ids);
        await finds(b, "zebra", ids);
      });
      await failEach(gate, when, async (n, failing) => {
        for (let i = 0; i < 3; i++) {
          written(await put(b, `m${n}-${i}`, "zebra"));
          ids.push(`m${n}-${i}`);
        }
        assert.equal(await failing(() => a.maintain()), "ok");
        await finds(b, "zebra", ids);
      });
      await finds(a, "zebra", ids);
    });
  }
});

describe("a process that is killed", () => {
  onWorkerds("at any call of the bucket loses no article", 2, async ({ edges, gate, restart }) => {
    const ids = ["first"];
    written(await put(edges[1], "first", "zebra"));
    for (let n = 1, killed = true; killed; n++) {
      const calls = gate.calls;
      killed = false;
      gate.before = async (call) => {
        if (call.n !== calls + n) return;
        killed = true;
        edges[0].child.kill("SIGKILL");
      };
      const answer = await put(edges[0], `k${n}`, "zebra").catch(() => undefined);
      gate.before = async () => {};
      if (answer) written(answer);
      else {
        await restart(0);
        written(await put(edges[0], `k${n}`, "zebra"));
      }
      ids.push(`k${n}`);
      for (const edge of edges) await finds(edge, "zebra", ids);
      assert.ok(n < 30, "it goes on for ever");
    }
  });
});

describe("many writers and readers on isolates that are killed", () => {
  it("lose nothing", async (t) => {
    const done = await soak(8, { kills: 2 });
    assert.ok(done.written > 5 && done.read > 20 && done.killed > 1, JSON.stringify(done));
  });
});
