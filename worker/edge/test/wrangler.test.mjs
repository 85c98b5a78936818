// What `make run` serves: wrangler.toml, the built Worker and the built pages,
// on wrangler's own development server.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { freePort, root, Server, temporary } from "./workerd.mjs";

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

async function startWrangler() {
  for (const built of ["build/edge/app.wasm", "build/web/embed.js"]) {
    assert.ok(existsSync(join(root, built)), `${built} is missing: run make build`);
  }
  const port = await freePort();
  const args = ["dev", "--ip", "127.0.0.1", "--port", port, "--inspector-port", await freePort(), "--persist-to", temporary(), "--var", `TOKENS:${sha256("secret")}`];
  const child = spawn(join(root, "node_modules/.bin/wrangler"), args, {
    cwd: root,
    env: { ...process.env, CI: "1", WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false" },
    detached: true, // with the workerd that it starts, a group to end together
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (d) => log.push(String(d)));
  return new Server(port, child, log).ready();
}

describe("wrangler dev", () => {
  let server;
  before(async () => {
    server = await startWrangler();
  });
  after(() => {
    if (!server) return;
    server.agent.destroy();
    process.kill(-server.child.pid, "SIGKILL");
  });

  const pages = [
    ["/", 200, "text/html"],
    ["/embed.js", 200, "javascript"],
    ["/nothing-here", 404, "text/html"],
    ["/v1/terms/agi", 200, "application/json"],
    ["/v1/openapi.json", 200, "application/json"],
    ["/healthz", 200, "application/json"],
    ["/readyz", 200, "application/json"],
    ["/v1/nothing-here", 404, "application/problem+json"],
    ["/s/nobody/v1/terms", 404, "application/problem+json"],
    ["/debug/exit", 404, "text/html"],
  ];
  for (const [path, status, type] of pages) {
    it(`GET ${path} as a reader's browser`, async () => {
      const answer = await server.ask({ path, headers: { Accept: "text/html, */*", "Sec-Fetch-Mode": "navigate" } });
      assert.equal(answer.status, status);
      assert.ok(answer.headers["content-type"].includes(type), answer.headers["content-type"]);
    });
  }

  it("keeps the index of a site in its own R2", async () => {
    const index = readFileSync(join(root, "build/index/site.postil"));
    const headers = { Authorization: "Bearer secret", "Content-Type": "application/octet-stream" };
    const answer = await server.ask({ method: "PUT", path: "/s/one/v1/index", headers, body: index });
    assert.equal(answer.status, 200, answer.body.toString());
    assert.equal((await server.ask({ path: "/s/one/v1/terms/agi" })).status, 200);
  });

  it("annotates", async () => {
    const answer = await server.annotate("Microsoft and OpenAI");
    assert.equal(answer.status, 200);
    const found = JSON.parse(answer.body).annotations.map((a) => a.exact);
    assert.deepEqual(found, ["Microsoft", "OpenAI"]);
  });
});
