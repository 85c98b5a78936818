// What `make run` serves: wrangler.toml, the built Worker and the built pages,
// on wrangler's own development server.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { freePort, root, Server, temporary } from "./workerd.mjs";

async function startWrangler() {
  for (const built of ["build/edge/app.wasm", "build/web/embed.js"]) {
    assert.ok(existsSync(join(root, built)), `${built} is missing: run make build`);
  }
  const port = await freePort();
  const args = ["dev", "--ip", "127.0.0.1", "--port", port, "--inspector-port", await freePort(), "--persist-to", temporary()];
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
    ["/debug/exit", 404, "text/html"],
  ];
  for (const [path, status, type] of pages) {
    it(`GET ${path} as a reader's browser`, async () => {
      const answer = await server.ask({ path, headers: { Accept: "text/html, */*", "Sec-Fetch-Mode": "navigate" } });
      assert.equal(answer.status, status);
      assert.ok(answer.headers["content-type"].includes(type), answer.headers["content-type"]);
    });
  }

  it("annotates", async () => {
    const answer = await server.annotate("Microsoft and OpenAI");
    assert.equal(answer.status, 200);
    const found = JSON.parse(answer.body).annotations.map((a) => a.exact);
    assert.deepEqual(found, ["Microsoft", "OpenAI"]);
  });
});
