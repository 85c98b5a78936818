// The Worker: keeps one instance of the Go program per isolate and hands it
// requests. What one request waits for never depends on another request.
import module from "./app.wasm";
import index from "./site.postil";
import { Instance, Unavailable } from "./instance.mjs";

const MB = 1 << 20;

/** Bodies that are read before Go is called; longer ones are streamed. */
const MAX_BUFFERED = MB;

/** Variables of wrangler.toml and what they are if not set. */
const DEFAULTS = { MEMORY_LIMIT_MB: 96, DEADLINE_MS: 10_000 };

/** How long a failed start is not repeated, in milliseconds. */
const START_AGAIN = 1000;

let current; // the isolate's instance
let failedAt = -Infinity;

function setting(env, name) {
  return Number(env[name] ?? DEFAULTS[name]) || DEFAULTS[name];
}

/**
 * The instance to use now. A dead one is replaced, and so is one whose memory
 * has outgrown its limit, once its requests are done or past their deadline.
 */
function instance(env, ctx) {
  const tooLarge = current && !current.dead && current.memory > setting(env, "MEMORY_LIMIT_MB") * MB;
  if (current?.dead || (tooLarge && current.busy(Date.now() - setting(env, "DEADLINE_MS")) === 0)) {
    current = undefined;
  }
  if (!current) {
    if (Date.now() - failedAt < START_AGAIN) throw new Unavailable("the last start failed");
    failedAt = Date.now();
    current = new Instance(module, new Uint8Array(index), env, ctx);
    failedAt = -Infinity;
  }
  return current;
}

/** Requests that Go answers without waiting for anything, as all do so far. */
function isBuffered(request) {
  if (request.body === null) return true;
  const length = request.headers.get("Content-Length");
  return length !== null && Number(length) <= MAX_BUFFERED;
}

async function answerBuffered(request, env, ctx) {
  const body = request.body === null ? new Uint8Array() : new Uint8Array(await request.arrayBuffer());
  return instance(env, ctx).exchange(request, body);
}

async function answerStreamed(request, env, ctx) {
  let timer;
  const tooLate = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable("no answer in time")), setting(env, "DEADLINE_MS"));
  });
  const answered = (async () => {
    const response = await instance(env, ctx).stream(request, env, ctx);
    // Read here, under the deadline: a stream out of Go would hang if Go ended.
    return new Response(response.body && (await response.arrayBuffer()), response);
  })();
  try {
    return await Promise.race([answered, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function unavailable() {
  const problem = {
    type: "about:blank",
    title: "Service Unavailable",
    status: 503,
    detail: "the service cannot answer now; try again shortly",
  };
  return new Response(JSON.stringify(problem), {
    status: 503,
    headers: {
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      "Retry-After": "1",
      "X-Content-Type-Options": "nosniff",
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Expose-Headers": "Retry-After",
    },
  });
}

export default {
  async fetch(request, env, ctx) {
    try {
      return await (isBuffered(request) ? answerBuffered : answerStreamed)(request, env, ctx);
    } catch (error) {
      console.error("postil:", error);
      return unavailable();
    }
  },
};
