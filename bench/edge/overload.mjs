// More requests than can be served, on workerd and on the native server: what is
// answered must be right, what is refused must say so and soon, memory must have an
// end, and afterwards all is as before. First four thousand readers who ask from time
// to time, in all twice what the server can do; then a thousand clients who ask again
// at once, whatever they were told.
//
//   node bench/edge/overload.mjs [SECONDS]
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildEdge, root, startNative, startWorkerd, temporary } from "../../worker/edge/test/workerd.mjs";
import { rss, runWrk } from "./wrk.mjs";

const seconds = Number(process.argv[2] ?? 60);
const [few, readers, crowd] = [8, 4000, 1000];
const index = join(root, "build/index/site.postil");
const path = "/v1/annotate";
const text = "The CMA opened an inquiry into TPUs. ".repeat(40);
const body = join(temporary(), "body.txt");
writeFileSync(body, text);

/** Runs wrk, whose texts are each another, so that none is answered from memory. */
async function load(server, connections, seconds, pause = 0) {
  const args = ["POST", body, "numbered", ...(pause ? [Math.round(pause)] : [])];
  const { requests, refused, rps, p50, p99, max, why } = await runWrk({ port: server.port, path, connections, seconds }, args);
  return { rps: Math.round(rps), "p50 ms": p50, "p99 ms": p99, "max ms": max, "refused %": Math.round((100 * refused) / requests), why };
}

/** Loads the server, and checks meanwhile what it answers. */
async function overload(server, right, connections, pause) {
  const times = { answered: [], refused: [], largestMB: 0 };
  let over = false;
  const loaded = load(server, connections, seconds, pause).finally(() => (over = true));
  await Promise.all(Array.from({ length: 4 }, () => check(server, right, () => over, times)));
  return { ...(await loaded), checked: { answered: summary(times.answered), refused: summary(times.refused) }, largestMB: times.largestMB };
}

/** What follows the text changes no answer, but no text is known from before. */
function ask(server, text) {
  return server.ask({ method: "POST", path, headers: { "Content-Type": "text/plain" }, body: Buffer.from(text) });
}

/** A client beside wrk's, who checks what it gets; times are kept in ms. */
async function check(server, expected, over, times) {
  while (!over()) {
    const start = performance.now();
    const answer = await ask(server, `${text}\n\n${Math.random()}\n`);
    const took = performance.now() - start;
    if ([429, 503].includes(answer.status)) {
      assert.ok(answer.headers["retry-after"]);
      times.refused.push(took);
    } else {
      assert.equal(answer.status, 200, answer.body.toString());
      assert.equal(answer.body.toString(), expected);
      times.answered.push(took);
    }
    times.largestMB = Math.max(times.largestMB, rss(server.child.pid));
  }
}

function summary(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]);
  return sorted.length > 0 ? { n: sorted.length, "p50 ms": at(0.5), "p99 ms": at(0.99) } : { n: 0 };
}

for (const [name, start] of [
  ["workerd", async () => startWorkerd(buildEdge(index))],
  ["native", () => startNative(index)],
]) {
  const server = await start();
  const expected = (await ask(server, text)).body.toString();
  const before = await load(server, few, 10);
  const pause = (1000 * readers) / (2 * before.rps);
  const twice = await overload(server, expected, readers, pause);
  const afterwards = await load(server, few, 5);
  const hammered = await overload(server, expected, crowd);
  const atLast = await load(server, few, 5);
  console.log(name, JSON.stringify({ before, twice, afterwards, hammered, atLast, nowMB: rss(server.child.pid) }, null, 1));
  await server.stop();
}
