// The limit of requests, with the binding of wrangler.toml as miniflare has it.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startWrangler, stopWrangler } from "./wrangler.mjs";

const limit = 5;
const table = `
[[ratelimits]]
name = "LIMITER"
namespace_id = "1001"
simple = { limit = ${limit}, period = 60 }
`;

describe("more requests than a client may make", () => {
  let server;
  before(async () => {
    server = await startWrangler({ RATE: `${limit}/60s`, ORIGINS: "https://a.example" }, table);
  });
  after(() => {
    if (server) stopWrangler(server);
  });

  /** Asks until it is refused: a new period may begin in between, not two. */
  async function exhaust(headers) {
    for (let taken = 0; taken <= 2 * limit; taken++) {
      const answer = await server.ask({ path: "/v1/terms/agi", headers });
      if (answer.status !== 200) return { taken, answer };
    }
    assert.fail(`${2 * limit + 1} requests were all taken`);
  }

  it("are answered 429, and the page is told", async () => {
    const { taken, answer } = await exhaust({ Origin: "https://a.example" });
    assert.ok(taken >= limit, `refused after ${taken}`);
    assert.equal(answer.status, 429);
    assert.equal(answer.headers["content-type"], "application/problem+json");
    assert.equal(answer.headers["retry-after"], "60");
    assert.equal(answer.headers["ratelimit-policy"], `"client";q=${limit};w=60`);
    assert.equal(answer.headers.ratelimit, '"client";r=0');
    assert.equal(answer.headers["cache-control"], "no-store");
    assert.equal(answer.headers["access-control-allow-origin"], "https://a.example");
    assert.equal(answer.headers["access-control-expose-headers"], "Retry-After, RateLimit, RateLimit-Policy");
    assert.deepEqual(JSON.parse(answer.body), {
      type: "about:blank", title: "Too Many Requests", status: 429, detail: `more than ${limit} requests in 60 seconds: wait 60 s`,
    });
  });

  it("are not refused in a way that other pages can read", async () => {
    const { answer } = await exhaust({ Origin: "https://b.example" });
    assert.equal(answer.headers["access-control-allow-origin"], undefined);
    assert.equal(answer.headers.vary, "Origin");
  });

  it("count for each address, and for the /64 of an IPv6 address", async () => {
    const as = (address) => ({ "CF-Connecting-IP": address });
    const status = async (address) => (await server.ask({ path: "/v1/terms/agi", headers: as(address) })).status;
    await exhaust(as("192.0.2.1"));
    assert.equal(await status("192.0.2.2"), 200);
    for (const [one, other, third] of [
      ["2001:db8::1", "2001:db8::ffff:0:0:1", "2001:db8:0:1::1"],
      ["2001:db8:2:3:4:5:6:7", "2001:db8:2:3::", "2001:db8:2::"],
    ]) {
      const answers = [];
      for (let i = 0; i < 2; i++) { // a new period may begin in between, not twice
        await exhaust(as(one));
        answers.push(await status(other));
      }
      assert.ok(answers.includes(429), `${other} is taken for another client than ${one}`);
      assert.equal(await status(third), 200);
    }
  });

  it("leave monitors and what browsers ask first alone", async () => {
    await exhaust({});
    assert.equal((await server.ask({ path: "/healthz" })).status, 200);
    assert.equal((await server.ask({ path: "/readyz" })).status, 200);
    assert.equal((await server.ask({ method: "OPTIONS", path: "/v1/annotate" })).status, 204);
  });
});
