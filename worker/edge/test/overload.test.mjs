// More clients than can be served: each is answered rightly, or told at once to come
// again; afterwards all is as before.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { buildEdge, buildIndex, startNative, startWorkerd } from "./workerd.mjs";

/** Long enough to take the program some time, and another one each time. */
const text = (i) => Buffer.from(`${i}. ` + "The CMA opened an inquiry into TPUs and AGI. ".repeat(200));
const headers = { "Content-Type": "text/plain" };
const path = "/v1/annotate";

async function untilServed(server) {
  while ((await alone(server, 0)).status !== 200);
}

/** Sends a request on a connection of its own; what follows the text changes no answer, but no text is known from before. */
function alone(server, i, round = "") {
  const body = Buffer.concat([text(i), Buffer.from(`${round}`)]);
  const request = server.open({ method: "POST", path, headers: { ...headers, "Content-Length": body.length } });
  request.end(body);
  return request.answered;
}

const cases = [
  ["workerd", (index) => startWorkerd(buildEdge(index), { MAX_WAIT_MS: "1" }), (index) => startWorkerd(buildEdge(index), { MAX_WAIT_MS: "600000" })],
  ["the native server", (index) => startNative(index, ["--max-wait", "1ms"]), (index) => startNative(index, ["--max-wait", "10m"])],
];

for (const [name, startHasty, startPatient] of cases) {
  describe(`${name} with 200 clients at once`, () => {
    let hasty, patient, right;
    before(async () => {
      const index = buildIndex("glossary");
      hasty = await startHasty(index);
      patient = await startPatient(index);
      right = [];
      for (let i = 0; i < 200; i++) right.push((await patient.ask({ method: "POST", path, headers, body: text(i) })).body);
    });
    after(() => Promise.all([hasty?.stop(), patient?.stop()]));

    const all = (server, round) => Promise.all(right.map((_, i) => alone(server, i, round)));
    function count(answers, statuses = {}) {
      for (const [i, answer] of answers.entries()) {
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        if (answer.status === 200) {
          assert.ok(answer.body.equals(right[i]), "another answer than that to one alone");
          continue;
        }
        assert.equal(answer.status, 503, answer.body.toString());
        assert.equal(answer.headers["retry-after"], "1");
        assert.equal(JSON.parse(answer.body).status, 503);
      }
      return statuses;
    }

    it("answers all if they may wait", async () => {
      assert.deepEqual(count(await all(patient)), { 200: 200 });
    });

    it("refuses those that would have to wait too long, and nobody afterwards", async (t) => {
      const statuses = {};
      // A fast machine may take a crowd as it comes.
      for (let round = 0; round < 50 && !statuses[503]; round++) count(await all(hasty, round), statuses);
      t.diagnostic(JSON.stringify(statuses));
      assert.ok(statuses[200] > 0 && statuses[503] > 0, JSON.stringify(statuses));
      await untilServed(hasty);
      for (let i = 0; i < 20; i++) assert.equal((await hasty.ask({ method: "POST", path, headers, body: text(i) })).status, 200);
    });

    it("owes nothing to clients that went away while they waited", async () => {
      const body = text("gone");
      const hangUp = () => patient.hangUp({ headers: { ...headers, "Content-Length": body.length }, body });
      for (let i = 0; i < 3; i++) await Promise.all(right.map(hangUp));
      await untilServed(patient);
      assert.deepEqual(count(await all(patient)), { 200: 200 });
    });
  });
}
