// A running Go program: started once, called many times, and dead as soon as it
// exits or traps.
import { restore } from "./restore.mjs";
import "./wasm_exec.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

// syumai/workers calls JavaScript that may throw through this function.
globalThis.tryCatch = (f) => {
  try {
    return { result: f() };
  } catch (error) {
    return { error };
  }
};

/** The status of an exchange that has to wait for the archive. */
const ASK_AGAIN = 1;

/** The program cannot answer. Its cause is for the log, not for the client. */
export class Unavailable extends Error {}

export class Instance {
  #context;
  #exports;
  #result; // where the answer to an exchange is described
  #jobs = new Set();
  #dead = false;

  /**
   * Starts the program and returns when it is ready to serve. All of it is
   * synchronous, so that no request ever waits for another one's promise.
   */
  constructor(module, index, env, ctx) {
    const go = new Go();
    let ready = false;
    go.exit = (code) => this.#die(`the program exited with code ${code}`);
    const program = new WebAssembly.Instance(module, {
      ...go.importObject,
      workers: { ready: () => (ready = true) },
    });
    this.#context = { env, ctx, index, binding: {} };
    globalThis.context = this.#context;
    // Of no use but for a trap: exit() tells of the end before the promise does.
    go.run(program).catch((cause) => this.#die(cause));
    if (!this.#dead) {
      restore(go, program);
      program.exports.postil_start();
    }
    delete globalThis.context;
    delete this.#context.index;
    if (!ready || this.#dead) {
      throw new Unavailable("the program did not start");
    }
    this.#exports = program.exports;
    this.#result = this.#exports.postil_result();
  }

  get dead() {
    return this.#dead;
  }

  /** Size of the linear memory in bytes. It only grows. */
  get memory() {
    return this.#exports.mem.buffer.byteLength;
  }

  /** What makes HTML of the Markdown in articles. */
  set markdown(toHTML) {
    this.#context.markdown = toHTML;
  }

  /** How many jobs are being done that began after `since`. */
  busy(since) {
    let n = 0;
    for (const job of this.#jobs) {
      if (job.since > since) n++;
    }
    return n;
  }

  /**
   * Answers a request whose body has been read, in one synchronous call; not if
   * the answer has to wait for the archive. The layout of the memory is described
   * in exchange.go.
   */
  exchange(request, body) {
    try {
      let head = `${request.method}\n${request.url}\n`;
      for (const [name, value] of request.headers) head += `${name}\n${value}\n`;
      if (request.body !== null && !request.headers.has("Content-Length")) head += "transfer-encoding\nchunked\n";
      const size = head.length * 3 + body.length;
      const start = this.#exports.postil_buffer(size);
      const memory = new Uint8Array(this.#exports.mem.buffer, start, size);
      const { written } = encoder.encodeInto(head, memory);
      memory.set(body, written);
      this.#exports.postil_handle(written, body.length);
      if (!this.#dead) return this.#response(request);
    } catch (cause) {
      this.#die(cause);
    }
    throw new Unavailable("the program ended during the request");
  }

  #response(request) {
    const memory = this.#exports.mem.buffer;
    const [status, head, headLength, body, bodyLength] = new Uint32Array(memory, this.#result, 5);
    if (status === 0) throw new Error("the handler waited in an exchange");
    if (status === ASK_AGAIN) return undefined;
    const lines = decoder.decode(new Uint8Array(memory, head, headLength)).split("\n");
    const headers = [];
    for (let i = 0; i + 1 < lines.length; i += 2) headers.push([lines[i], lines[i + 1]]);
    const hasBody = bodyLength > 0 && request.method !== "HEAD";
    return new Response(hasBody ? new Uint8Array(memory, body, bodyLength).slice() : null, { status, headers });
  }

  /**
   * Answers a request through syumai/workers, which reads its body as a stream
   * and lets it wait for the archive.
   * The promise can stay pending: wait for it with a deadline.
   */
  stream(request, env, ctx) {
    return this.#wait(env, ctx, (go) => go.handleRequest(request));
  }

  /** Does what a cron trigger is for, under the same conditions. */
  maintain(event, env, ctx) {
    return this.#wait(env, ctx, (go) => go.runScheduler(event));
  }

  async #wait(env, ctx, begin) {
    // Go looks these up when it begins with a job, which is during this very
    // call; later ones find their own.
    this.#context.env = env;
    this.#context.ctx = ctx;
    const job = { since: Date.now() };
    this.#jobs.add(job);
    const ended = new Promise((_, reject) => (job.end = reject));
    try {
      return await Promise.race([begin(this.#context.binding), ended]);
    } finally {
      this.#jobs.delete(job);
    }
  }

  #die(cause) {
    this.#dead = true;
    console.error("postil:", cause);
    for (const job of this.#jobs) job.end(new Unavailable("the program ended during the request"));
  }
}
