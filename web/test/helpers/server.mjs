// Starts the real thing for a test file: `postil serve` over the starter index
// and the built site, or, if POSTIL_URL names a running server (such as a
// workerd), that one. POSTIL_BIN, POSTIL_INDEX and POSTIL_SITE name other builds.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { listening } from "./listening.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Takes further flags of a server of its own; returns the server's address, without a final slash, and what stops it. */
export async function startPostil(flags = []) {
  if (process.env.POSTIL_URL && flags.length === 0) return { url: process.env.POSTIL_URL.replace(/\/$/, ""), stop() {} };
  const binary = process.env.POSTIL_BIN ?? root + "bin/postil";
  const index = process.env.POSTIL_INDEX ?? root + "build/index/site.postil";
  const site = process.env.POSTIL_SITE ?? root + "build/web";
  for (const path of [binary, index, site + "/embed.js", site + "/index.html"]) {
    if (!existsSync(path)) throw new Error(`${path} is missing: run make build first`);
  }
  const server = spawn(binary, ["serve", "--index", index, "--static", site, "--addr", "127.0.0.1:0", ...flags], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  let stopped = false;
  server.stderr.on("data", (text) => (log += text));
  const stop = () => {
    stopped = true;
    server.kill();
  };
  server.on("exit", (code, signal) => {
    if (!stopped) console.error(`postil serve ended with ${signal ?? code}:\n${log}`);
  });
  const url = await listening(server);
  if (url) return { url, stop };
  throw new Error(`postil serve ended before it listened:\n${log}`);
}
