// What happens to requests when the Go program ends, hangs or grows, and when
// clients go away.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { buildEdge, buildIndex, root, startNative, startWorkerd } from "./workerd.mjs";

const article = readFileSync(join(root, "web/demo/articles/microsoft-openai-after-exclusivity.html"));
const text = { "Content-Type": "text/plain" };

let index, debug, native, expected;
before(async () => {
  index = buildIndex("glossary");
  debug = buildEdge(index, "postil_debug");
  native = await startNative(index);
  expected = (await native.annotate(article)).body;
});
after(() => native?.stop());

/** Runs a test on a workerd of its own, with short limits. */
function onWorkerd(name, test, variables = { DEADLINE_MS: "1500", MEMORY_LIMIT_MB: "48" }) {
  it(name, async () => {
    const edge = await startWorkerd(debug, variables);
    try {
      await test(edge);
    } finally {
      await edge.stop();
    }
  });
}

function assertRight(answer) {
  assert.equal(answer.status, 200, answer.body.toString());
  assert.ok(answer.body.equals(expected), "another answer than the native one");
}

function assertUnavailable(answer) {
  assert.equal(answer.status, 503, answer.body.toString());
  assert.equal(answer.headers["retry-after"], "1");
  assert.equal(answer.headers["content-type"], "application/problem+json");
  assert.equal(JSON.parse(answer.body).status, 503);
}

async function started(edge) {
  const answer = await edge.ask({ path: "/debug/started" });
  assert.equal(answer.status, 200);
  return answer.body.toString();
}

/** n requests over the server's four connections. */
function many(n, send) {
  return Promise.all(Array.from({ length: n }, (_, i) => send(i)));
}

/** A request that may wait in Go, as one that writes does. */
function waiting(edge, path, body = [Buffer.from("x")]) {
  return edge.ask({ method: "PUT", path, headers: text, body });
}

function inChunks(edge, body) {
  return edge.ask({ method: "POST", path: "/v1/annotate", headers: text, body });
}

describe("the instance's life", () => {
  onWorkerd("first requests that come together start one instance", async (edge) => {
    const all = await many(4, () => started(edge));
    assert.equal(new Set(all).size, 1);
  });

  // All begin with one memory, in which the generator's state is as well.
  onWorkerd("each instance draws random numbers of its own", async (edge) => {
    const drawn = new Set();
    for (let i = 0; i < 3; i++) {
      const answer = await edge.ask({ path: "/debug/random" });
      assert.equal(answer.status, 200);
      drawn.add(answer.body.toString());
      assertUnavailable(await edge.ask({ path: "/debug/exit" }));
    }
    assert.equal(drawn.size, 3);
  });

  onWorkerd("500 articles on four connections, the program killed in between", async (edge) => {
    let killed;
    const answers = await many(500, async (i) => {
      if (i === 250) killed = await edge.ask({ path: "/debug/exit" });
      return edge.annotate(article);
    });
    assertUnavailable(killed);
    answers.forEach(assertRight);
  });

  onWorkerd("an article in chunks is answered as a whole one", async (edge) => {
    const halves = [article.subarray(0, 5000), article.subarray(5000)];
    for (const answer of await many(20, () => inChunks(edge, halves))) assertRight(answer);
  });

  for (const path of ["/debug/exit", "/debug/fatal"]) {
    onWorkerd(`${path} ends all requests of the instance at once, the next one has a new instance`, async (edge) => {
      const first = await started(edge);
      const hanging = waiting(edge, "/debug/hang");
      assertUnavailable(await waiting(edge, path));
      assertUnavailable(await hanging);
      assert.notEqual(await started(edge), first);
      assertRight(await edge.annotate(article));
    }, { DEADLINE_MS: "60000" });
  }

  onWorkerd("a handler that never answers is given up, others go on", async (edge) => {
    const first = await started(edge);
    const hanging = waiting(edge, "/debug/hang");
    assertRight(await edge.annotate(article));
    assertUnavailable(await hanging);
    assert.equal(await started(edge), first);
  });

  onWorkerd("an exchange that waits for something is given up", async (edge) => {
    assertUnavailable(await edge.ask({ path: "/debug/hang" }));
    assertRight(await edge.annotate(article));
  });

  onWorkerd("an instance that has grown is replaced when its requests are done", async (edge) => {
    const first = await started(edge);
    const hanging = waiting(edge, "/debug/hang");
    while ((await edge.ask({ path: "/debug/hanging" })).body.toString() !== "1");
    assert.equal((await edge.ask({ path: "/debug/grow?mb=64" })).status, 200);
    assert.equal(await started(edge), first);
    assertUnavailable(await hanging);
    const second = await started(edge);
    assert.notEqual(second, first);
    assertRight(await edge.annotate(article));
    assert.equal(await started(edge), second);
  }, { DEADLINE_MS: "6000", MEMORY_LIMIT_MB: "48" });

  onWorkerd("a program that needs more memory than there is ends, and the next one serves", async (edge) => {
    assertUnavailable(await edge.ask({ path: "/debug/grow?mb=5000" }));
    assertRight(await edge.annotate(article));
  });

  onWorkerd("clients that hang up leave nothing behind", async (edge) => {
    const first = await started(edge);
    const half = article.subarray(0, 4000);
    await many(30, (i) =>
      edge.hangUp([
        { headers: { ...text, "Content-Length": article.length }, body: half },
        { headers: { ...text, "Content-Length": article.length }, body: article },
        { headers: { ...text, "Transfer-Encoding": "chunked" }, body: half },
      ][i % 3]),
    );
    for (const answer of await many(100, () => edge.annotate(article))) assertRight(answer);
    for (const answer of await many(10, () => inChunks(edge, [article]))) assertRight(answer);
    assert.equal(await started(edge), first);
  });
});

describe("a body that is refused", () => {
  const MiB = 1 << 20;
  onWorkerd("is taken from the client up to a bound, so that the answer arrives", async (edge) => {
    const large = Buffer.alloc(15 * MiB, "a");
    for (const body of [large, [large], [large.subarray(0, MiB), large.subarray(MiB)]]) {
      for (const method of ["POST", "PUT"]) {
        const answer = await edge.ask({ method, path: "/v1/annotate", headers: text, body });
        assert.equal(answer.status, method === "POST" ? 413 : 405);
      }
    }
    assertRight(await edge.annotate(article));
  });

  onWorkerd("and not at all if it says that it is longer", async (edge) => {
    const request = edge.open({ method: "POST", path: "/v1/annotate", headers: { ...text, "Content-Length": 1 << 30 } });
    request.write("a");
    assert.equal((await request.answered).status, 413);
    request.destroy();
    assertRight(await edge.annotate(article));
  });
});

describe("a start that fails", () => {
  it("is answered with 503", async () => {
    const damaged = join(buildEdge(index), "site.postil");
    const bytes = readFileSync(damaged);
    writeFileSync(damaged, bytes.subarray(0, bytes.length / 2));
    const edge = await startWorkerd(join(damaged, ".."));
    try {
      for (const answer of await many(10, () => edge.annotate(article))) assertUnavailable(answer);
      assertUnavailable(await inChunks(edge, [article]));
      await edge.says(/opening the index/);
    } finally {
      await edge.stop();
    }
  });
});

describe("configuration", () => {
  onWorkerd("ORIGINS names the sites that may read answers", async (edge) => {
    const allowed = async (Origin) => (await edge.annotate("AGI", { Origin })).headers["access-control-allow-origin"];
    assert.equal(await allowed("https://b.example"), "https://b.example");
    assert.equal(await allowed("https://c.example"), undefined);
  }, { ORIGINS: "https://a.example https://b.example" });

  onWorkerd("KEYS says who may read", async (edge) => {
    const status = async (path, headers) => (await edge.ask({ path, headers })).status;
    assert.equal(await status("/v1/terms/agi", {}), 401);
    assert.equal(await status("/v1/terms/agi", { Authorization: "Bearer other" }), 401);
    assert.equal(await status("/v1/terms/agi", { Authorization: "Bearer secret" }), 403);
    assert.equal(await status("/v1/terms/agi", { Authorization: "Bearer secret", Origin: "https://a.example" }), 200);
    assert.equal(await status("/readyz", {}), 200);
  }, { KEYS: createHash("sha256").update("secret").digest("hex") + "@https://a.example" });

  onWorkerd("a setting that cannot be taken is named in the log, and nothing is served", async (edge) => {
    assertUnavailable(await edge.annotate("AGI"));
    await edge.says(/RATE: the value is "many"; want requests and seconds/);
  }, { RATE: "many" });
});
