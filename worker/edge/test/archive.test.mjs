// Requests that wait for the archive, on workerd with miniflare's R2.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { startBucket, startGate } from "./r2.mjs";
import { buildEdge, buildIndex, root, startWorkerd, temporary } from "./workerd.mjs";

const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const token = "all-sites";
const TOKENS = `${sha256(token)} two:${sha256("only-two")}`;
const Authorization = `Bearer ${token}`;

let dir, bucket, gate, indexes;
before(async () => {
  bucket = await startBucket();
  gate = await startGate(bucket);
  indexes = Array.from({ length: 12 }, (_, i) => glossaryOf(`t${i}`));
  dir = buildEdge(indexes[0].file, "postil_debug");
});
after(async () => {
  gate?.stop();
  await bucket?.stop();
});

/** An index of one term. */
function glossaryOf(id) {
  const glossary = join(temporary(), "glossary.jsonl");
  writeFileSync(glossary, JSON.stringify({ id, label: `Term ${id}`, definition: "A term." }) + "\n");
  const file = buildIndex(glossary);
  const data = readFileSync(file);
  return { id, file, data, digest: `sha256-${data.subarray(24, 56).toString("hex")}` };
}

/** Runs a test with several isolates on one bucket, each a process. */
function onWorkerds(name, n, test, variables = {}) {
  it(name, async () => {
    gate.before = gate.after = async () => {};
    const edges = await Promise.all(
      Array.from({ length: n }, () => startWorkerd(dir, { TOKENS, REFRESH_MS: "50", DEADLINE_MS: "60000", ...variables }, gate)),
    );
    try {
      await test(...edges);
    } finally {
      await Promise.all(edges.map((edge) => edge.stop()));
    }
  });
}

const octets = "application/octet-stream";

function publish(edge, site, { data }, headers = {}) {
  return edge.ask({ method: "PUT", path: `/s/${site}/v1/index`, headers: { Authorization, "Content-Type": octets, ...headers }, body: data });
}

async function versions(edge, site) {
  const answer = await edge.ask({ path: `/s/${site}/v1/index`, headers: { Authorization } });
  assert.equal(answer.status, 200, answer.body.toString());
  return JSON.parse(answer.body).versions.map((v) => v.index);
}

const roll = (edge, site, query = "") =>
  edge.ask({ method: "POST", path: `/s/${site}/v1/index/rollback${query}`, headers: { Authorization }, body: Buffer.alloc(0) });

const term = (edge, site, id) => edge.ask({ path: `/s/${site}/v1/terms/${id}` });

/** As term, but never answered with what is kept. */
const termAnew = (edge, site, id) => edge.ask({ path: `/s/${site}/v1/terms/${id}`, headers: { Authorization } });

/** Resolves when a site has a term, as it has once the isolate looks again. */
async function found(edge, site, id) {
  for (;;) {
    const { status } = await term(edge, site, id);
    if (status === 200) return;
    assert.equal(status, 404);
  }
}

function problem(answer, status, detail) {
  assert.equal(answer.status, status, answer.body.toString());
  assert.equal(answer.headers["content-type"], "application/problem+json");
  assert.match(JSON.parse(answer.body).detail, detail);
}

describe("a site", () => {
  onWorkerds("a GET with a body is answered as one without", 2, async (a, b) => {
    assert.equal((await publish(a, "bodies", indexes[1])).status, 200);
    const asked = await b.ask({ method: "GET", path: "/s/bodies/v1/terms/t1", body: Buffer.from("{}") });
    assert.equal(asked.status, 200, asked.body.toString());
  });

  onWorkerds("is published in one isolate and soon found in the other", 2, async (a, b) => {
    problem(await term(b, "one", "t0"), 404, /there is no site "one"/);
    assert.equal((await publish(a, "one", indexes[0])).status, 200);
    assert.equal((await term(a, "one", "t0")).status, 200); // at once where it was published
    await found(b, "one", "t0");
    assert.equal((await publish(b, "one", indexes[1])).status, 200);
    await found(a, "one", "t1");
    assert.equal((await term(a, "one", "t0")).status, 404);
    assert.deepEqual(await versions(a, "one"), [indexes[1].digest, indexes[0].digest]);
    assert.equal((await roll(a, "one")).status, 200);
    assert.deepEqual(await versions(b, "one"), [indexes[0].digest, indexes[1].digest]);
    await found(b, "one", "t0");
    assert.equal((await roll(a, "one", `?version=${indexes[1].digest}`)).status, 200);
    await found(b, "one", "t1");
    assert.equal((await publish(a, "one", indexes[1])).status, 200); // in use already
    assert.deepEqual(await versions(b, "one"), [indexes[1].digest, indexes[0].digest]);
    problem(await roll(a, "one", `?version=${indexes[5].digest}`), 422, /has no version/);
  });

  onWorkerds("has all of the interface, and its own address in answers", 1, async (edge) => {
    await publish(edge, "one", indexes[2]);
    const answer = await edge.ask({ path: "/s/one/v1/terms/t2", headers: { Accept: "application/ld+json" } });
    assert.match(JSON.parse(answer.body)["@id"], /\/s\/one\/v1\/terms\/t2$/);
    const body = Buffer.from("A Term t2.");
    const annotated = await edge.ask({ method: "POST", path: "/s/one/v1/annotate", headers: { "Content-Type": "text/plain" }, body });
    assert.deepEqual(JSON.parse(annotated.body).annotations.map((a) => a.term), ["t2"]);
    assert.equal(JSON.parse(annotated.body).index, indexes[2].digest);
    const path = "/s/one/v1/terms";
    const etag = (await edge.ask({ path })).headers.etag;
    assert.equal((await edge.ask({ path, headers: { "If-None-Match": etag } })).status, 304);
    const head = await edge.ask({ path, method: "HEAD", headers: { Authorization, "Debug-Get": "x" } });
    assert.deepEqual([head.status, head.headers.etag], [200, etag]);
    await publish(edge, "one", indexes[3]);
    assert.equal((await edge.ask({ path, headers: { "If-None-Match": etag } })).status, 200);
    problem(await edge.ask({ path: "/s/one/v1/nothing" }), 404, /there is nothing at \/s\/one\/v1\/nothing/);
    problem(await edge.ask({ path: "/s/one/healthz" }), 404, /nothing at/);
  });

  onWorkerds("refuses malformed paths, and lives on", 1, async (edge) => {
    const headers = { Authorization };
    for (const path of ["/%zz", "/v1/terms/%", "/s/none/v1/terms/%zz", "/s/%zz/v1/terms/a", "/v1/articles/a%", "/s/a/v1/index%"]) {
      for (const method of ["GET", "HEAD", "PUT", "DELETE", "POST"]) {
        const answer = await edge.ask({ method, path, headers, body: method === "PUT" ? Buffer.from("a") : undefined });
        if (method === "HEAD") assert.equal(answer.status, 400);
        else problem(answer, 400, /two hexadecimal digits/);
      }
    }
    assert.ok(!edge.log.join("").includes("postil:"), edge.log.join(""));
  });

  onWorkerds("refuses what is not for it", 1, async (edge) => {
    for (const name of ["ONE", "-a", "a_b", "x".repeat(64), "%2e%2e", "a%2fb", "%ff"]) {
      problem(await term(edge, name, "t0"), 404, /./);
      problem(await publish(edge, name, indexes[0]), 404, /./);
    }
    problem(await publish(edge, "one", indexes[0], { Authorization: "" }), 401, /a token is needed/);
    problem(await publish(edge, "one", indexes[0], { Authorization: "Bearer wrong" }), 401, /none of this service/);
    problem(await publish(edge, "one", indexes[0], { Authorization: "Bearer only-two" }), 403, /for another site/);
    assert.equal((await publish(edge, "two", indexes[0], { Authorization: "Bearer only-two" })).status, 200);
    problem(await publish(edge, "one", indexes[0], { "Content-Type": "text/plain" }), 415, /want application\/octet-stream/);
    problem(await publish(edge, "one", indexes[0], { Accept: "text/html" }), 406, /text\/html/);
    problem(await publish(edge, "one", { data: Buffer.alloc(0) }), 400, /the body is empty/);
    problem(await publish(edge, "one", { data: indexes[0].data.subarray(0, -8) }), 422, /header: the file has/);
    const damaged = Buffer.from(indexes[0].data);
    damaged[200] ^= 1;
    problem(await publish(edge, "one", { data: damaged }), 422, /index: \w+: checksum mismatch/);
    problem(await publish(edge, "one", { data: Buffer.alloc((1 << 20) + 1) }), 413, /longer than the 1048576 bytes/);
    problem(await roll(edge, "nobody"), 404, /there is no site/);
    problem(await roll(edge, "two"), 409, /no version before/);
    problem(await edge.ask({ method: "DELETE", path: "/s/one/v1/index", headers: { Authorization } }), 405, /does not take DELETE/);
  }, { SITE_MEMORY_MB: "1" });

  onWorkerds("keeps what publishers send at once, ten versions of it", 4, async (...edges) => {
    const answers = await Promise.all(indexes.map((index, i) => publish(edges[i % 4], "many", index)));
    for (const answer of answers) assert.equal(answer.status, 200, answer.body.toString());
    const kept = await versions(edges[0], "many");
    assert.equal(new Set(kept).size, 10);
    const used = indexes.find((index) => index.digest === kept[0]);
    for (const edge of edges) await found(edge, "many", used.id);
  });

  onWorkerds("is forgotten when others are asked for, and found again", 1, async (edge) => {
    const large = Array.from({ length: 3 }, (_, i) => paddedTo(700_000, `l${i}`));
    for (const index of large) assert.equal((await publish(edge, index.id, index)).status, 200);
    for (let round = 0; round < 2; round++) {
      for (const { id } of large) {
        const calls = gate.calls;
        assert.equal((await termAnew(edge, id, id)).status, 200);
        assert.ok(gate.calls >= calls + 2, "it was still open");
      }
    }
    const calls = gate.calls;
    assert.equal((await termAnew(edge, "l2", "l2")).status, 200);
    assert.equal(gate.calls, calls, "it was not open any more");
  }, { SITE_MEMORY_MB: "1", REFRESH_MS: "60000" });
});

/** An index of about so many bytes. */
function paddedTo(bytes, id) {
  const glossary = join(temporary(), "glossary.jsonl");
  const terms = [];
  for (let n = bytes; n > 0; n -= 1e6) {
    const name = n === bytes ? id : `${id}-${n}`;
    terms.push(JSON.stringify({ id: name, label: `Term ${name}`, definition: "A term. ".repeat(Math.min(n, 1e6) / 8) }));
  }
  writeFileSync(glossary, terms.join("\n") + "\n");
  return { id, data: readFileSync(buildIndex(glossary)) };
}

describe("an upload", () => {
  onWorkerds("as large as it may be leaves the program within its memory", 1, async (edge) => {
    const largest = paddedTo(32e6, "large");
    for (const site of ["a", "b"]) {
      assert.equal((await publish(edge, site, largest)).status, 200);
      assert.equal((await term(edge, site, "large")).status, 200);
      const memory = /sys=(\d+)M/.exec((await edge.ask({ path: "/debug/memory" })).body);
      assert.ok(Number(memory[1]) < 96, memory.input);
    }
  });

  onWorkerds("that breaks off leaves nothing behind", 1, async (edge) => {
    const started = (await edge.ask({ path: "/debug/started" })).body.toString();
    const { data } = paddedTo(3e6, "part");
    for (let i = 0; i < 8; i++) {
      const headers = { Authorization, "Content-Type": octets, "Content-Length": data.length };
      const request = edge.open({ method: "PUT", path: "/s/broken-off/v1/index", headers });
      request.answered.catch(() => {});
      await new Promise((sent) => request.write(data.subarray(0, (i * data.length) / 8), sent));
      request.destroy();
    }
    problem(await term(edge, "broken-off", "part"), 404, /no site/);
    assert.deepEqual(await list(edge, "sites/broken-off/"), []);
    assert.equal((await publish(edge, "broken-off", { data })).status, 200);
    assert.equal((await edge.ask({ path: "/debug/started" })).body.toString(), started);
  });
});

describe("waiting", () => {
  onWorkerds("for one's own calls only", 1, async (edge) => {
    await publish(edge, "one", indexes[0]);
    await publish(edge, "two", indexes[1]);
    await publish(edge, "three", indexes[2]);
    const held = [];
    let reached;
    const arrived = new Promise((r) => (reached = r));
    gate.before = ({ method }) => (method.includes("sites/one/") ? new Promise((go) => (held.push(go), reached())) : undefined);
    const first = term(edge, "one", "t0");
    await arrived; // it waits from here on
    for (let i = 0; i < 20; i++) {
      const [two, three] = await Promise.all([term(edge, "two", "t1"), term(edge, "three", "t2")]);
      assert.deepEqual([two.status, three.status], [200, 200]);
      assert.equal((await edge.ask({ path: "/v1/terms/t0" })).status, 200);
      assert.equal((await publish(edge, "two", indexes[1 + (i % 2)])).status, 200);
      await publish(edge, "two", indexes[1]);
    }
    const gone = edge.open({ path: "/s/one/v1/terms/t0" }); // a client that hangs up while it waits
    gone.answered.catch(() => {});
    gone.end();
    while (held.length < 2) await term(edge, "two", "t1");
    gone.destroy();
    gate.before = async () => {};
    held.forEach((go) => go());
    assert.equal((await first).status, 200);
    assert.equal((await term(edge, "one", "t0")).status, 200);
  });

  onWorkerds("ends after the deadline, and the next request is answered", 1, async (edge) => {
    while ((await publish(edge, "one", indexes[0])).status !== 200); // a slow machine may need longer than the deadline
    while ((await term(edge, "one", "t0")).status !== 200);
    const started = (await edge.ask({ path: "/debug/started" })).body.toString();
    gate.before = () => new Promise(() => {});
    problem(await term(edge, "never", "t0"), 503, /try again/);
    gate.before = async () => {};
    assert.equal((await term(edge, "one", "t0")).status, 200);
    assert.equal((await edge.ask({ path: "/debug/started" })).body.toString(), started);
  }, { DEADLINE_MS: "500", REFRESH_MS: "600000" });

  onWorkerds("gives the answers of a request that does not", 1, async (edge) => {
    const body = Buffer.from("<p>Term t0 and <b>Term</b> t0</p>");
    const requests = [
      { path: "/v1/terms", headers: { Authorization: "Bearer x" } },
      { path: "/v1/terms/nothing" },
      { path: "/healthz" },
      { method: "POST", path: "/v1/annotate", headers: { "Content-Type": "text/html" }, body },
      { method: "POST", path: "/v1/annotate", headers: { "Content-Type": "text/html" }, body: [body.subarray(0, 5), body.subarray(5)] },
      { method: "POST", path: "/v1/annotate", headers: { "Content-Type": "text/html" }, body: Buffer.alloc(2 << 20, "a") },
      { method: "OPTIONS", path: "/v1/annotate" },
    ];
    for (const request of requests) {
      const calls = gate.calls;
      const at = await edge.ask(request);
      assert.equal(gate.calls, calls);
      const later = await edge.ask({ ...request, headers: { ...request.headers, "Debug-Get": "x" } });
      assert.equal(gate.calls, calls + 1);
      assert.deepEqual([later.status, later.body], [at.status, at.body]);
      for (const [name, value] of Object.entries(at.headers)) {
        if (!["date", "server-timing", "content-length", "transfer-encoding"].includes(name)) assert.equal(later.headers[name], value, name);
      }
    }
  });
});

describe("a bucket that fails", () => {
  const fail = () => Promise.reject(new Error("as the test wants it"));

  onWorkerds("at any call leaves a publication undone or whole, and it can be repeated", 2, async (a, b) => {
    for (const when of ["before", "after"]) {
      for (let n = 1, failed = true; failed; n++) {
        const site = `${when}-${n}`;
        assert.equal((await publish(a, site, indexes[0])).status, 200);
        const calls = gate.calls;
        failed = false;
        gate[when] = (call) => {
          if (call.n !== calls + n) return;
          failed = true;
          return fail();
        };
        const answer = await publish(a, site, indexes[1]);
        gate[when] = async () => {};
        if (failed) problem(answer, 503, /./);
        const list = await versions(b, site);
        const written = list[0] === indexes[1].digest;
        if (!failed) assert.ok(written);
        else assert.ok(written ? when === "after" : list.length === 1, `${when} ${n}: ${list}`);
        await found(b, site, written ? "t1" : "t0");
        assert.equal((await publish(b, site, indexes[1])).status, 200);
        assert.deepEqual(await versions(a, site), [indexes[1].digest, indexes[0].digest]);
        await found(a, site, "t1");
        assert.ok(n < 10, "it goes on for ever");
      }
    }
  });

  onWorkerds("because an object is written too often is asked again", 1, async (edge) => {
    await publish(edge, "busy", indexes[0]);
    let refused = 0;
    gate.before = async ({ method, body }) => {
      if (!`${method}${body}`.includes("sites/busy/site.json") || !`${method}${body}`.includes('"put"') || ++refused > 3) return;
      const message = "Reduce your concurrent request rate for the same object.";
      const headers = { "cf-r2-error": JSON.stringify({ version: 1, v4code: 10058, message }) };
      throw Object.assign(new Error(message), { answer: { status: 429, headers } });
    };
    assert.equal((await publish(edge, "busy", indexes[1])).status, 200);
    assert.equal(refused, 4);
    assert.deepEqual(await versions(edge, "busy"), [indexes[1].digest, indexes[0].digest]);
  });

  onWorkerds("keeps no reader from a site that is open", 1, async (edge) => {
    await publish(edge, "one", indexes[0]);
    await found(edge, "one", "t0");
    gate.before = fail;
    const calls = gate.calls;
    while (gate.calls < calls + 3) assert.equal((await term(edge, "one", "t0")).status, 200); // as it was
    problem(await term(edge, "other", "t0"), 503, /try again/);
    problem(await publish(edge, "one", indexes[1]), 503, /try again/);
    gate.before = async () => {};
    assert.equal((await publish(edge, "one", indexes[1])).status, 200);
    await found(edge, "one", "t1");
  });
});

describe("postil publish", () => {
  const postil = (...args) =>
    promisify(execFile)(join(root, "bin/postil"), ["publish", ...args], { env: { ...process.env, POSTIL_TOKEN: token } });

  onWorkerds("publishes, lists and rolls back, through failures", 1, async (edge) => {
    const to = `http://127.0.0.1:${edge.port}/s/cli`;
    for (const { file } of indexes.slice(0, 3)) await postil("--index", file, "--to", to);
    const { stdout } = await postil("--to", to, "--list");
    assert.deepEqual(stdout.trim().split("\n").map((l) => l.split(" ")[0]), [2, 1, 0].map((i) => indexes[i].digest));
    let failures = 3;
    gate.after = async () => {
      if (failures-- > 0) throw new Error("as the test wants it");
    };
    await postil("--to", to, "--rollback");
    await postil("--to", to, "--rollback", indexes[0].digest.slice(0, 20));
    assert.deepEqual(await versions(edge, "cli"), [0, 1, 2].map((i) => indexes[i].digest));
    await assert.rejects(postil("--to", to, "--rollback", "ffffffff"), /there is no version ffffffff/);
    await assert.rejects(postil("--to", `http://127.0.0.1:${edge.port}/s/none`, "--list"), /nothing has been published/);
  });
});

describe("the cron trigger", () => {
  const hour = 3600_000;

  onWorkerds("removes what no site names, once it is old enough", 1, async (edge) => {
    for (const index of indexes.slice(0, 2)) assert.equal((await publish(edge, "swept", index)).status, 200);
    await put(edge, "sites/swept/versions/left-over.postil", "x");
    await put(edge, "sites/never-named/versions/left-over.postil", "x");
    assert.equal(await edge.maintain(), "ok");
    assert.equal((await list(edge, "sites/swept/")).length, 4);
    assert.equal(await edge.maintain(Date.now() + 2 * hour), "ok");
    assert.equal((await list(edge, "sites/swept/")).length, 3);
    assert.deepEqual(await list(edge, "sites/never-named/"), []);
    assert.equal((await roll(edge, "swept")).status, 200);
    await found(edge, "swept", "t0");
    assert.ok(!edge.log.join("").includes("maintenance"), edge.log.join(""));
  });

  onWorkerds("says in the log what failed, and does it the next time", 1, async (edge) => {
    await put(edge, "sites/swept/versions/left-over.postil", "x");
    for (let n = 1, failed = true; failed; n++) {
      const calls = gate.calls;
      failed = false;
      gate.before = (call) => {
        if (call.n !== calls + n) return;
        failed = true;
        return Promise.reject(new Error("as the test wants it"));
      };
      assert.equal(await edge.maintain(Date.now() + 2 * hour), "ok");
      gate.before = async () => {};
      if (failed) await edge.says(/maintenance: .*r2: /);
      edge.log.length = 0;
    }
    assert.ok((await list(edge, "sites/swept/")).every((key) => !key.includes("left-over")));
    assert.equal((await edge.ask({ path: "/healthz" })).status, 200);
  });
});

function put(edge, key, body, query = "") {
  return edge.ask({ method: "PUT", path: `/debug/store/${key}?${query}`, body: Buffer.from(body) });
}

/** All keys that begin with a prefix, and in how many pages they came. */
async function list(edge, prefix) {
  const keys = [];
  for (let after = ""; ; ) {
    const answer = await edge.ask({ method: "SEARCH", path: `/debug/store/${prefix}?after=${encodeURIComponent(after)}` });
    assert.equal(answer.headers.error, undefined);
    keys.push(...(JSON.parse(answer.body) ?? []).map((e) => e.Key));
    after = answer.headers.more;
    if (!after) return keys;
  }
}

describe("R2 as a store", () => {
  onWorkerds("keeps the promises of package store", 1, async (edge) => {
    const call = async (method, key, query = "", body) => {
      const { headers, body: data } = await edge.ask({ method, path: `/debug/store/${key}?${query}`, body });
      return { error: headers.error, version: headers.version, data: data.toString() };
    };
    const x = Buffer.from("x");
    const y = Buffer.from("y");
    assert.equal((await call("GET", "a/b")).error, "no such object");
    assert.equal((await call("PUT", "a/b", "version=0", x)).error, "the object has changed");
    const first = await call("PUT", "a/b", "absent=1", x);
    assert.equal(first.error, undefined);
    assert.equal((await call("PUT", "a/b", "absent=1", y)).error, "the object has changed");
    assert.deepEqual(await call("GET", "a/b"), { error: undefined, version: first.version, data: "x" });
    assert.equal((await call("GET", "a/b", `version=${first.version}`)).error, "not modified");
    const second = await call("PUT", "a/b", `version=${first.version}`, y);
    assert.equal((await call("PUT", "a/b", `version=${first.version}`, x)).error, "the object has changed");
    assert.deepEqual(await call("GET", "a/b", `version=${first.version}`), { error: undefined, version: second.version, data: "y" });
    assert.equal((await call("PUT", "a/b", "", Buffer.alloc(0))).error, undefined);
    assert.equal((await call("GET", "a/b")).data, "");
    assert.equal((await call("DELETE", "a/b,a/c")).error, undefined);
    assert.equal((await call("GET", "a/b")).error, "no such object");
    for (const key of ["a/", "x".repeat(1025)]) {
      assert.match((await call("PUT", key, "", x)).error, /not a key/);
    }
    const names = Array.from({ length: 1100 }, (_, i) => `many/${String(i).padStart(4, "0")}`);
    for (let i = 0; i < names.length; i += 50) await Promise.all(names.slice(i, i + 50).map((key) => put(edge, key, "x")));
    await put(edge, "more/0", "x");
    assert.deepEqual(await list(edge, "many/"), names);
    assert.equal((await call("DELETE", names.join(","))).error, undefined);
    assert.deepEqual(await list(edge, "many/"), []);
  });
});
