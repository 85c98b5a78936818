// Starts what `make run` serves: wrangler.toml, the built Worker and the built
// pages, on wrangler's own development server.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, Server, temporary } from "./workerd.mjs";

/** Starts it with variables and tables besides those of wrangler.toml; resolves when it answers. */
export async function startWrangler(variables, tables = "") {
  for (const built of ["build/edge/app.wasm", "build/web/embed.js"]) {
    assert.ok(existsSync(join(root, built)), `${built} is missing: run make build`);
  }
  const args = ["dev", "--config", configuration(tables), "--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0", "--persist-to", temporary(), ...Object.entries(variables).flatMap(([name, v]) => ["--var", `${name}:${v}`])];
  const child = spawn(join(root, "node_modules/.bin/wrangler"), args, {
    cwd: root,
    env: { ...process.env, CI: "1", WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false" },
    detached: true, // with the workerd that it starts, a group to end together
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = [];
  const port = await new Promise((ready, failed) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (d) => {
        log.push(String(d));
        const [, port] = /Ready on http:\/\/127\.0\.0\.1:(\d+)/.exec(log.join("")) ?? [];
        if (port) ready(port);
      });
    }
    child.on("exit", (code) => failed(new Error(`wrangler exited with ${code}: ${log.join("")}`)));
  });
  return new Server(port, child, log).ready();
}

/** wrangler.toml with more tables, elsewhere. */
function configuration(tables) {
  const file = join(root, "wrangler.toml");
  if (!tables) return file;
  const extended = join(temporary(), "wrangler.toml");
  writeFileSync(extended, readFileSync(file, "utf8").replaceAll('"build/', `"${root}/build/`) + tables);
  return extended;
}

export function stopWrangler(server) {
  server.agent.destroy();
  process.kill(-server.child.pid, "SIGKILL");
}
