// Settings of sizes and of annotations that are not the defaults: they hold at the
// edge, where the Worker's own part reads them too, as they do natively.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { buildEdge, buildIndex, startNative, startWorkerd } from "./workerd.mjs";

const KB = 1 << 10;
const MB = 1 << 20;

let index, dir;
before(() => {
  index = buildIndex("worker/testdata/glossary.jsonl");
  dir = buildEdge(index);
});

/** Runs tests with settings on workerd and on the native server. */
function withSettings(name, settings, tests) {
  describe(name, () => {
    const servers = [];
    before(async () => {
      const flags = Object.entries(settings).flatMap(([name, v]) => [`--${name.toLowerCase().replaceAll("_", "-")}`, v]);
      servers.push(await startWorkerd(dir, settings), await startNative(index, flags));
    });
    after(() => Promise.all(servers.map((server) => server.stop())));

    /** Asks both, whose answers must be the same. */
    const ask = async (body, type = "text/plain", headers = {}, query = "") => {
      const request = { method: "POST", path: `/v1/annotate${query}`, headers: { "Content-Type": type, ...headers }, body };
      const [edge, native] = await Promise.all(servers.map((server) => server.ask(request)));
      assert.deepEqual([edge.status, edge.body.toString()], [native.status, native.body.toString()]);
      return edge;
    };
    tests(ask);
  });
}

const refused = (answer, limit) => {
  assert.equal(answer.status, 413, answer.body.toString());
  assert.match(JSON.parse(answer.body).detail, new RegExp(`\\b${limit}\\b`));
};

/** A text of so many bytes that names a term at its end. */
const text = (bytes) => Buffer.from(`${"word ".repeat(bytes / 5 + 1)}AGI`.slice(-bytes));

/** A batch of so many bytes, in lines of a hundred and a last one of what is left. */
function batch(bytes) {
  const line = (length) => {
    const frame = JSON.stringify({ id: 1, text: "AGI " }).length;
    return JSON.stringify({ id: 1, text: `AGI ${"x".repeat(length - 1 - frame)}` }) + "\n";
  };
  const rest = 100 + (bytes % 100);
  return Buffer.from(line(100).repeat((bytes - rest) / 100) + line(rest));
}

/** The same body in every way in which it can be sent. */
const ways = {
  "with its length": (ask, body, type) => ask(body, type),
  "in parts": (ask, body, type) => ask([body.subarray(0, body.length / 2), body.subarray(body.length / 2)], type),
  compressed: (ask, body, type) => ask(gzipSync(body), type, { "Content-Encoding": "gzip" }),
};

for (const [name, MAX_BODY, MAX_BATCH] of [
  ["small limits", 2 * KB, 8 * KB],
  ["a batch smaller than a text", 8 * KB, 2 * KB],
  ["limits above the defaults", MB + 300 * KB, MB + 700 * KB],
]) {
  withSettings(name, { MAX_BODY: `${MAX_BODY}`, MAX_BATCH: `${MAX_BATCH}` }, (ask) => {
    for (const [way, send] of Object.entries(ways)) {
      it(`hold for a text ${way}`, async () => {
        const answer = await send(ask, text(MAX_BODY));
        assert.equal(answer.status, 200, answer.body.toString());
        assert.deepEqual(JSON.parse(answer.body).annotations.map((a) => a.end), [MAX_BODY]);
        refused(await send(ask, text(MAX_BODY + 1)), MAX_BODY);
      });
      it(`hold for a batch ${way}`, async () => {
        const answer = await send(ask, batch(MAX_BATCH), "application/x-ndjson");
        assert.equal(answer.status, 200, answer.body.toString());
        for (const line of answer.body.toString().trim().split("\n")) assert.equal(JSON.parse(line).annotations.length, 1);
        refused(await send(ask, batch(MAX_BATCH + 1), "application/x-ndjson"), MAX_BATCH);
      });
    }
  });
}

const found = (answer) => JSON.parse(answer.body).annotations.map((a) => a.exact).join();

withSettings("options of annotations", { OPTIONS: "occurrences=first&kinds=hardware" }, (ask) => {
  const body = Buffer.from("AGI, a TPU and one more TPU.");
  const json = (options) => Buffer.from(JSON.stringify({ text: body.toString(), ...options }));

  it("hold for requests that do not say otherwise", async () => {
    assert.equal(found(await ask(body)), "TPU");
    assert.equal(found(await ask(json({}), "application/json")), "TPU");
    assert.equal(found(await ask(Buffer.from(`<p>${body}</p>`), "text/html")), "TPU");
    const lines = await ask(Buffer.from(`{"id":1,"text":"${body}"}\n`), "application/x-ndjson");
    assert.equal(found(lines), "TPU");
  });

  it("give way to those of a request, each by itself", async () => {
    assert.equal(found(await ask(body, "text/plain", {}, "?occurrences=all")), "TPU,TPU");
    assert.equal(found(await ask(body, "text/plain", {}, "?kinds=")), "AGI,TPU");
    assert.equal(found(await ask(body, "text/plain", {}, "?kinds=concept")), "AGI");
    assert.equal(found(await ask(json({ occurrences: "all" }), "application/json")), "TPU,TPU");
    assert.equal(found(await ask(json({ kinds: [], occurrences: "all" }), "application/json")), "AGI,TPU,TPU");
  });
});

describe("a setting that cannot be", () => {
  for (const [name, value, why] of [
    ["OPTIONS", "min-score=2", /OPTIONS: .*min-score/],
    ["MAX_BODY", "1MB", /MAX_BODY: .*1MB.*want a whole number/],
    ["MAX_BATCH", "-1", /MAX_BATCH: .*-1.*want a whole number/],
    ["MAX_WAIT_MS", "1s", /MAX_WAIT_MS: .*1s.*want a whole number/],
    ["MEMORY_LIMIT_MB", "much", /MEMORY_LIMIT_MB: .*much.*want a whole number/],
    ["DEADLINE_MS", "1e3", /DEADLINE_MS: .*1e3.*want a whole number/],
    ["MAX_WAIT_MS", 1.5, /MAX_WAIT_MS: .*1\.5.*want a whole number/],
    ["ORIGINS", ["https://a.example", "https://b.example"], /ORIGINS: .*https:\/\/a\.example,https:\/\/b\.example/],
    ["KEYS", { a: 1 }, /KEYS: /],
  ]) {
    it(`${name}=${value} is named in the log`, async () => {
      const edge = await startWorkerd(dir, { [name]: value });
      assert.equal((await edge.ask({ path: "/healthz" })).status, 503);
      await edge.says(why);
      await edge.stop();
    });
  }
});

it("a number is one without quotation marks, too, and a list of one its member", async (t) => {
  const edge = await startWorkerd(dir, { MAX_BODY: 2 * KB, ORIGINS: ["https://a.example"] });
  t.after(() => edge.stop());
  const ask = (body, Origin) => edge.ask({ method: "POST", path: "/v1/annotate", headers: { "Content-Type": "text/plain", Origin }, body });
  refused(await ask(text(2 * KB + 1), "https://a.example"), 2 * KB);
  const answers = [await ask(text(2 * KB), "https://a.example"), await ask(text(2 * KB), "https://b.example")];
  assert.deepEqual(answers.map(({ headers }) => headers["access-control-allow-origin"]), ["https://a.example", undefined]);
});

describe("a setting that is empty or 0", () => {
  for (const value of ["", "0"]) {
    it(`is the default: "${value}"`, async (t) => {
      const names = ["MAX_WAIT_MS", "MEMORY_LIMIT_MB", "DEADLINE_MS", "LONG_DEADLINE_MS", "MAX_BODY", "MAX_BATCH"];
      const edge = await startWorkerd(dir, Object.fromEntries(names.map((name) => [name, value])));
      t.after(() => edge.stop());
      const answers = await Promise.all(Array.from({ length: 40 }, () => edge.annotate("AGI")));
      assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
      assert.equal((await edge.ask({ method: "PUT", path: "/v1/articles/a", body: text(10) })).status, 403);
      refused(await edge.ask({ method: "POST", path: "/v1/annotate", headers: { "Content-Type": "text/plain" }, body: text(MB + 1) }), MB);
    });
  }
});
