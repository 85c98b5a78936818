// Requests made from the OpenAPI document, good and bad ones, over HTTP: workerd and
// the native server fail at none, and hold no more memory when they have had them
// all again and again. REQUESTS says how many; whether the answers are documented is what
// worker's TestGenerated checks.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { held } from "./inspector.mjs";
import { startPair } from "./pair.mjs";
import { root, temporary } from "./workerd.mjs";

const count = Number(process.env.REQUESTS ?? 300);
/** How often the requests come before memory is looked at, and then again. */
const warmUp = Math.max(2, Math.ceil(1500 / count));
const rounds = Math.max(2, Math.ceil(3000 / count));

function generate() {
  const file = join(temporary(), "requests.jsonl");
  const args = ["test", "./worker", "-count=1", "-run", "^TestGenerated$", `-requests=${count}`, `-requests-file=${file}`];
  execFileSync("go", args, { cwd: root, stdio: "pipe" });
  return readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
}

/**
 * What workerd holds after collecting garbage. Its resident memory says little: V8
 * leaves garbage for long where there is room. The warm-up is for what is compiled and
 * kept once; two functions that each request to the archive leaves behind, one in four,
 * are far above the bound.
 */
const edgeMemory = {
  bound: 256 << 10,
  async look(server) {
    assert.equal(await server.maintain(), "ok"); // what was written becomes one piece
    return held(server);
  },
};

/** The resident memory of the native server, where the system tells it; Go's collector moves it by some MiB. */
const nativeMemory = {
  bound: 32 << 20,
  look({ child }) {
    const file = `/proc/${child.pid}/status`;
    return existsSync(file) ? { resident: Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(file, "utf8"))[1]) * 1024 } : {};
  },
};

/** Go's server answers HEAD with a body if it cannot read the target; Node takes that for an error. */
function refusal(error) {
  const refused = error.code === "HPE_CLOSED_CONNECTION" && /^HTTP\/1\.1 400 /.test(error.rawPacket);
  if (!refused) throw error;
  return { status: 400, headers: {}, body: Buffer.alloc(0) };
}

/**
 * Asks, and again where the connection was reset: Go's server does that to whom it
 * tells that it cannot read the target while his body is still on the way.
 */
async function ask(server, request) {
  for (let tries = 3; ; tries--) {
    try {
      return await server.ask(request);
    } catch (error) {
      if (error.code !== "ECONNRESET" || tries === 1) return refusal(error);
    }
  }
}

async function send(server, { method, target, headers, body }) {
  const bytes = body === null ? undefined : Buffer.from(body, "base64");
  const answer = await ask(server, { method, path: target, headers, body: bytes });
  const what = `${method} ${target} ${JSON.stringify(headers)} ${body}: ${answer.status} ${answer.body.toString().slice(0, 300)}`;
  assert.ok(answer.status < 500 || answer.status === 507, what);
  const type = answer.headers["content-type"] ?? "";
  if (type.endsWith("json") && method !== "HEAD") assert.doesNotThrow(() => JSON.parse(answer.body), what);
  return answer.status;
}

describe(`${count} requests made from the document`, () => {
  let edge, native, stop, requests;
  before(async () => {
    requests = generate();
    ({ edge, native, stop } = await startPair("b", { inspect: true }));
  });
  after(() => stop?.());

  const cases = [
    ["workerd", () => edge, edgeMemory],
    ["the native server", () => native, nativeMemory],
  ];
  for (const [name, server, { look, bound }] of cases) {
    it(`${name} fails at none and does not grow`, async (t) => {
      const statuses = {};
      const again = async (times) => {
        for (let i = 0; i < times; i++) {
          for (const request of requests) {
            const status = await send(server(), request);
            statuses[status] = (statuses[status] ?? 0) + 1;
          }
        }
      };
      await again(warmUp);
      const first = await look(server());
      await again(rounds);
      const last = await look(server());
      t.diagnostic(`statuses: ${JSON.stringify(statuses)}; memory: ${JSON.stringify(first)}, after ${rounds * count} requests ${JSON.stringify(last)}`);
      assert.ok(statuses[200] > (count * (warmUp + rounds)) / 20, "few requests were good ones");
      for (const what of Object.keys(first)) {
        assert.ok(last[what] < first[what] + bound, `${what}: ${first[what]} bytes became ${last[what]}`);
      }
    });
  }
});
