// Requests made from the OpenAPI document, good and bad ones, over HTTP: workerd and
// the native server fail at none, and hold no more memory when they have had them
// all again. REQUESTS says how many; whether the answers are documented is what
// worker's TestGenerated checks.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { startPair } from "./pair.mjs";
import { root, temporary } from "./workerd.mjs";

const count = Number(process.env.REQUESTS ?? 300);
/** How much a server may grow by after requests that it has had before, in bytes. */
const leak = 32 << 20;

function generate() {
  const file = join(temporary(), "requests.jsonl");
  const args = ["test", "./worker", "-count=1", "-run", "^TestGenerated$", `-requests=${count}`, `-requests-file=${file}`];
  execFileSync("go", args, { cwd: root, stdio: "pipe" });
  return readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
}

/** The resident memory of a server, in bytes, where the system tells it. */
function resident({ child }) {
  const file = `/proc/${child.pid}/status`;
  return existsSync(file) ? Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(file, "utf8"))[1]) * 1024 : undefined;
}

/** Go's server answers HEAD with a body if it cannot read the target; Node takes that for an error. */
function refusal(error) {
  const refused = error.code === "HPE_CLOSED_CONNECTION" && /^HTTP\/1\.1 400 /.test(error.rawPacket);
  if (!refused) throw error;
  return { status: 400, headers: {}, body: Buffer.alloc(0) };
}

async function send(server, { method, target, headers, body }) {
  const bytes = body === null ? undefined : Buffer.from(body, "base64");
  const answer = await server.ask({ method, path: target, headers, body: bytes }).catch(refusal);
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
    ({ edge, native, stop } = await startPair("b"));
  });
  after(() => stop?.());

  for (const name of ["workerd", "the native server"]) {
    it(`${name} fails at none and does not grow`, async (t) => {
      const server = name === "workerd" ? edge : native;
      const statuses = {};
      for (const request of requests) {
        const status = await send(server, request);
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
      const first = resident(server);
      for (const request of requests) await send(server, request);
      const second = resident(server);
      const MiB = (n) => (n / (1 << 20)).toFixed(1);
      t.diagnostic(`statuses: ${JSON.stringify(statuses)}; memory: ${MiB(first)} MiB, and after all again ${MiB(second)} MiB`);
      assert.ok((statuses[200] ?? 0) > count / 20, "few requests were good ones");
      if (first) assert.ok(second < first + leak, `memory grew from ${MiB(first)} to ${MiB(second)} MiB`);
    });
  }
});
