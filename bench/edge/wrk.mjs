// One measurement: a contender on a workerd of its own, under wrk.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startWorkerd } from "../../worker/edge/test/workerd.mjs";
import { article, work } from "./contenders.mjs";

/**
 * Starts the contender, checks its answer, warms it up, and measures it for
 * some seconds. Throws if any answer under load is not a 200.
 */
export async function measure(contender, { seconds, connections }) {
  const server = await startWorkerd(contender.dir);
  try {
    const matches = await checked(server, contender);
    await warmUp(server, contender, connections);
    const before = cpu(server.child.pid);
    const { requests, ...figures } = await load(server, contender, connections, seconds);
    const cpuMs = (cpu(server.child.pid) - before) / requests;
    await checked(server, contender);
    return { matches, ...figures, cpuMs, rssMB: rss(server.child.pid) };
  } finally {
    await server.stop();
  }
}

/** Loads the server until its rate no longer rises: V8 is done compiling. */
async function warmUp(server, contender, connections) {
  let best = 0;
  for (let level = 0, i = 0; level < 2 && i < 12; i++) {
    const { rps } = await load(server, contender, connections, 2);
    level = rps < best * 1.05 ? level + 1 : 0;
    best = Math.max(best, rps);
  }
}

async function checked(server, { name, method, path, check }) {
  const body = method === "POST" ? article() : undefined;
  const answer = await server.ask({ method, path, headers: { "Content-Type": "text/plain" }, body });
  const matches = answer.status === 200 ? check(answer.body) : NaN;
  if (Number.isNaN(matches)) throw new Error(`${name} answers wrongly: ${answer.status} ${answer.body.toString().slice(0, 300)}`);
  return matches;
}

/** Runs wrk, whose script says what to send and prints its figures as JSON. */
async function load(server, { method, path, paths, again }, connections, seconds) {
  const body = join(work, "article.txt");
  writeFileSync(body, article());
  const args = [method, body];
  if (method === "POST" && !again) args.push("numbered");
  if (paths) {
    writeFileSync(join(work, "paths.txt"), paths.join("\n") + "\n");
    args.push(join(work, "paths.txt"));
  }
  const result = await runWrk({ port: server.port, path, connections, seconds }, args);
  if (result.failed > 0) throw new Error(`${result.failed} of ${result.requests} answers failed: ${result.why}; ${server.log.join("")}`);
  const { failed: _failed, refused: _refused, why: _why, ...figures } = result;
  return figures;
}

/** Runs wrk with wrk.lua, whose arguments args are; resolves to the figures that it prints. */
export async function runWrk({ port, path, connections, seconds }, args) {
  const script = join(import.meta.dirname, "wrk.lua");
  const out = await run("wrk", ["-t1", "--timeout", "30s", `-c${connections}`, `-d${seconds}s`, "-s", script, `http://127.0.0.1:${port}${path}`, "--", ...args]);
  return JSON.parse(out.slice(out.lastIndexOf("\n{") + 1));
}

function run(command, args) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
    let out = "";
    child.stdout.on("data", (d) => (out += d));
    child.on("error", (error) => failed(error.code === "ENOENT" ? new Error(`${command} is not installed: see https://github.com/wg/wrk`) : error));
    child.on("close", (code) => (code === 0 ? done(out) : failed(new Error(`${command} exited with ${code}`))));
  });
}

/** Processor time of a process so far, in milliseconds. */
function cpu(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** The resident memory of a process, in MiB. */
export function rss(pid) {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024);
}
