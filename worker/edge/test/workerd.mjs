// Builds the Worker, runs it on a workerd of its own, and talks to it.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import http from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { listening } from "../../../web/test/helpers/listening.mjs";

export const root = resolve(import.meta.dirname, "../../..");
const postil = process.env.POSTIL ?? join(root, "bin/postil");

/** Builds an index of a glossary and articles, given relative to the root. */
export function buildIndex(glossary, { articles = [], language = "en" } = {}) {
  const file = join(temporary(), "test.postil");
  const sources = articles.flatMap((a) => ["--articles", join(root, a)]);
  run(postil, ["build", "--glossary", resolve(root, glossary), ...sources, "--language", language, "-o", file]);
  return file;
}

/** What surrounds the edge's program. */
export const scripts = ["worker.mjs", "body.mjs", "instance.mjs", "restore.mjs", "kept.mjs", "limit.mjs", "turn.mjs"];

/**
 * Builds a Worker that answers from an index; returns the folder of its files. Its
 * program is started when it is built, as the one that is deployed is, unless told otherwise.
 */
export function buildEdge(index, tags = "", { started = true } = {}) {
  const dir = temporary();
  run("go", ["run", "./worker/edge/slim", `-snapshot=${started}`, "-tags", tags, "-o", join(dir, "app.wasm"), "./worker/edge"]);
  const goroot = run("go", ["env", "GOROOT"]).trim();
  copyFileSync(join(goroot, "lib/wasm/wasm_exec.js"), join(dir, "wasm_exec.js"));
  for (const name of scripts) copyFileSync(join(root, "worker/edge", name), join(dir, name));
  run(join(root, "node_modules/.bin/esbuild"), [
    join(root, "worker/edge/markdown.mjs"), "--bundle", "--format=esm", "--conditions=workerd", "--minify", `--outfile=${join(dir, "markdown.mjs")}`,
  ]);
  copyFileSync(index, join(dir, "site.postil"));
  return dir;
}

const left = [];
export function temporary() {
  const dir = mkdtempSync(join(tmpdir(), "postil-edge-"));
  left.push(dir);
  return dir;
}
const children = [];
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
  for (const dir of left) rmSync(dir, { recursive: true, force: true });
});

function run(command, args, env = {}) {
  return execFileSync(command, args, { cwd: root, env: { ...process.env, ...env }, encoding: "utf8", stdio: "pipe" });
}

/** Passes a request on as a cron event of the time that it names. */
const cron = `export default {
  async fetch(request, { MAIN }) {
    const time = Number(new URL(request.url).searchParams.get("time"));
    return Response.json(await MAIN.scheduled({ scheduledTime: new Date(time), cron: "* * * * *" }));
  },
};`;

/**
 * Starts workerd on a Worker's files; resolves when it listens. The address is
 * that of a bucket to bind, see r2.mjs; with inspect it has a port for inspector.mjs.
 */
export async function startWorkerd(dir, variables = {}, bucket, { inspect = false } = {}) {
  const modules = readdirSync(dir)
    .filter((name) => /\.(mjs|js|wasm|postil)$/.test(name))
    .sort((a, b) => (b === "worker.mjs") - (a === "worker.mjs")) // the first is the main one
    .map((name) => `(name = "${name}", ${kind(name)} = embed "${name}")`);
  const bindings = Object.entries(variables).map(([name, v]) => `(name = "${name}", ${typeof v == "string" ? `text = "${v}"` : `json = ${JSON.stringify(JSON.stringify(v))}`})`);
  const services = [
    `, (name = "cron", worker = (
    compatibilityDate = "${compatibilityDate()}",
    compatibilityFlags = ["service_binding_extra_handlers"],
    modules = [(name = "cron.mjs", esModule = ${JSON.stringify(cron)})],
    bindings = [(name = "MAIN", service = "main")]
  ))`,
  ];
  if (bucket) {
    bindings.push(`(name = "ARCHIVE", r2Bucket = "archive")`);
    services.push(`, (name = "archive", external = (address = "${bucket.address}", http = (cfBlobHeader = "MF-CF-Blob")))`);
  }
  const config = join(dir, `${randomUUID()}.capnp`); // several may run on the same files
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    compatibilityDate = "${compatibilityDate()}",
    modules = [${modules.join(", ")}],
    bindings = [${bindings.join(", ")}]
  ))${services.join("")}],
  sockets = [
    (name = "http", address = "127.0.0.1:0", http = (), service = "main"),
    (name = "cron", address = "127.0.0.1:0", http = (), service = "cron")
  ]
);
`,
  );
  const binary = createRequire(import.meta.url)("workerd").default;
  const flags = ["--control-fd=3", ...(inspect ? ["--inspector-addr=127.0.0.1:0"] : [])];
  const child = spawn(binary, ["serve", "--experimental", config, ...flags], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const log = [];
  child.stdout.on("data", (d) => log.push(String(d)));
  child.stderr.on("data", (d) => log.push(String(d)));
  const ports = await new Promise((listening, failed) => {
    const ports = {};
    child.stdio[3].on("data", (d) => {
      for (const line of String(d).trim().split("\n")) {
        const event = JSON.parse(line);
        if (event.event === "listen") ports[event.socket] = event.port;
        if (event.event === "listen-inspector") ports.inspector = event.port;
      }
      if (ports.http && ports.cron && (ports.inspector || !inspect)) listening(ports);
    });
    child.on("exit", (code) => failed(new Error(`workerd exited with ${code}: ${log.join("")}`)));
  });
  return Object.assign(new Server(ports.http, child, log), { cron: ports.cron, inspector: ports.inspector });
}

function kind(name) {
  return name.endsWith(".wasm") ? "wasm" : name.endsWith(".postil") ? "data" : "esModule";
}

/** The date that wrangler.toml names, so that tests run what is deployed. */
export function compatibilityDate() {
  return /^compatibility_date = "(.+)"/m.exec(readFileSync(join(root, "wrangler.toml"), "utf8"))[1];
}

/** Starts `postil serve` with the edge's limits; resolves when it answers. */
export async function startNative(index, flags = []) {
  const child = spawn(postil, ["serve", "--index", index, "--addr", "127.0.0.1:0", "--max-batch", `${1 << 20}`, ...flags], { stdio: ["ignore", "pipe", "ignore"] });
  const url = await listening(child);
  if (!url) throw new Error("postil serve ended before it listened");
  return new Server(new URL(url).port, child, []).ready();
}

/** A server under test and the child process that runs it. */
export class Server {
  constructor(port, child, log) {
    this.port = port;
    this.child = child;
    this.log = log;
    children.push(child);
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 4, timeout: 3000 });
  }

  /**
   * Sends one request; a body is an array of buffers if its length is not to be
   * declared. It is sent again when a kept connection was closed for having been
   * idle.
   */
  async ask(request) {
    for (let tries = 5; ; tries--) {
      try {
        return await this.#send({ ...request, agent: tries < 5 ? false : this.agent });
      } catch (error) {
        const closed = ["ECONNRESET", "EPIPE"].includes(error.code);
        if (!closed || !error.reused || tries === 1) throw error;
      }
    }
  }

  #send({ headers = {}, body, ...options }) {
    const chunked = Array.isArray(body);
    if (body !== undefined && !chunked) headers = { ...headers, "Content-Length": body.length };
    if (chunked) headers = { ...headers, "Transfer-Encoding": "chunked" };
    const request = this.open({ headers, ...options });
    for (const part of chunked ? body : []) request.write(part);
    request.end(chunked ? undefined : body);
    return request.answered;
  }

  /** Begins a request, whose `answered` resolves to the answer. */
  open({ method = "GET", path, headers, agent = false, port = this.port }) {
    const request = http.request({ host: "127.0.0.1", port, agent, method, path, headers });
    request.answered = new Promise((answered, failed) => {
      request.on("response", (r) => {
        const parts = [];
        r.on("data", (d) => parts.push(d));
        r.on("end", () => answered({ status: r.statusCode, headers: r.headers, body: Buffer.concat(parts) }));
        r.on("error", failed);
      });
      request.on("error", (error) => failed(Object.assign(error, { reused: request.reusedSocket })));
    });
    return request;
  }

  /** Runs the cron trigger as at a time; resolves to its outcome. */
  async maintain(time = Date.now()) {
    const answer = await this.ask({ path: `/?time=${time}`, port: this.cron });
    return JSON.parse(answer.body).outcome;
  }

  /** Resolves to the server when it answers. */
  async ready() {
    while ((await this.ask({ path: "/healthz" }).catch(() => ({}))).status !== 200) {
      if (this.child.exitCode !== null) throw new Error(`${this.child.spawnfile} exited: ${this.log.join("")}`);
      await new Promise((again) => setTimeout(again, 20));
    }
    return this;
  }

  /** Resolves once the log says so: what is written there comes by another way than an answer. */
  async says(pattern) {
    const end = performance.now() + 20_000;
    while (!pattern.test(this.log.join("")) && performance.now() < end) await new Promise((again) => setTimeout(again, 5));
    assert.match(this.log.join(""), pattern);
  }

  annotate(text, headers = {}) {
    return this.ask({
      method: "POST",
      path: "/v1/annotate",
      headers: { "Content-Type": "text/plain", ...headers },
      body: Buffer.from(text),
    });
  }

  /** Sends what it is given and hangs up at once. */
  hangUp({ headers, body }) {
    return new Promise((done) => {
      const request = http.request({ host: "127.0.0.1", port: this.port, agent: false, method: "POST", path: "/v1/annotate", headers });
      request.on("error", () => {});
      request.on("close", done);
      request.write(body, () => request.destroy());
    });
  }

  stop() {
    this.agent.destroy();
    this.child.removeAllListeners("exit");
    return new Promise((stopped) => {
      if (this.child.exitCode !== null || this.child.signalCode !== null) stopped(); // it was killed before
      this.child.once("exit", stopped);
      this.child.kill("SIGKILL");
    });
  }
}
