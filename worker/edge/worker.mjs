// The Worker: keeps one instance of the Go program per isolate and hands it
// requests. What one request waits for never depends on another request.
import module from "./app.wasm";
import index from "./site.postil";
import { Body, Refused } from "./body.mjs";
import { Instance, Unavailable } from "./instance.mjs";
import { changed, forget, keep, recall, whole } from "./kept.mjs";
import { isFree, problem, refusal } from "./limit.mjs";
import { backlog, turn } from "./turn.mjs";

const MB = 1 << 20;

/** Methods whose requests are tried in one call, in which the archive is out of reach; others need it anyway. */
const AT_ONCE = ["GET", "HEAD", "OPTIONS", "POST"];

/** Methods whose requests leave the archive as it is. */
const READS = ["GET", "HEAD"];

/** Variables of wrangler.toml and what they are if not set. */
const DEFAULTS = { MEMORY_LIMIT_MB: 96, DEADLINE_MS: 10_000, LONG_DEADLINE_MS: 120_000, MAX_WAIT_MS: 1000, MAX_BODY: 1_048_576, MAX_BATCH: 1_048_576 };

/** How long a failed start is not repeated, in milliseconds. */
const START_AGAIN = 1000;

let current; // the isolate's instance
let failedAt = -Infinity;

/** One that is empty or 0 is the default, as natively; with one that is no number the program does not start. */
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

/** The request's body, once it has come. */
function read(body, env) {
  const most = Math.max(setting(env, "MAX_BODY"), setting(env, "MAX_BATCH"));
  return body.read(most, setting(env, "DEADLINE_MS"), setting(env, "LONG_DEADLINE_MS"));
}

/** Go takes no path with a % that stands for nothing, and syumai/workers cannot say so. */
function isProper(url) {
  return !/%(?![0-9a-f]{2})/i.test(new URL(url).pathname);
}

/** The description of the interface is a static file, which takes no other methods. */
const DESCRIPTION = "/v1/openapi.json";

/** The answer at its address, as in description.go; undefined if the program has to say that there is none. */
function description(request, env) {
  const { method } = request;
  if (READS.includes(method)) return env.ASSETS?.fetch(request);
  const methods = "GET, HEAD, OPTIONS";
  if (method !== "OPTIONS") return problem(request, {}, 405, "Method Not Allowed", `${DESCRIPTION} does not take ${method}`, { Allow: methods });
  return new Response(null, {
    status: 204,
    headers: {
      Allow: methods,
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Allow-Methods": methods,
      "Access-Control-Allow-Headers": "If-None-Match",
      "Access-Control-Max-Age": "86400",
    },
  });
}

/** The answer to a request, whose body is read before it counts as running. */
async function answer(request, env, ctx, body) {
  const described = new URL(request.url).pathname === DESCRIPTION && description(request, env);
  if (described) return described;
  if (!isProper(request.url)) {
    await read(body, env);
    return problem(request, env, 400, "Bad Request", "the path has a % that two hexadecimal digits do not follow: write %25 for it", {});
  }
  // The program reads it by itself, of who may publish.
  if (isUpload(request)) return counted(request, env, () => answerWaiting(request, env, ctx));
  const atOnce = AT_ONCE.includes(request.method);
  const known = atOnce && recall(request, env);
  if (known) return known;
  const bytes = await read(body, env);
  return counted(request, env, () => (atOnce ? answerAtOnce : answerWaiting)(request, env, ctx, bytes));
}

async function answerAtOnce(request, env, ctx, bytes) {
  await turn(ctx);
  const since = changed();
  const asked = whole(request, env);
  const response = instance(env, ctx).exchange(asked, bytes) ?? (await answerWaiting(asked, env, ctx, bytes));
  return keep(request, env, response, since);
}

/** A request whose body has been read. What a GET has for one means nothing (RFC 9110, 9.3.1), and no Request can be made with it. */
function withBody(request, bytes) {
  const { method, url, headers, body } = request;
  return new Request(url, { method, headers, body: body && !READS.includes(method) ? bytes : null });
}

/** An upload of an index, which takes its time. */
function isUpload(request) {
  return request.method === "PUT" && new URL(request.url).pathname.endsWith("/v1/index");
}

/** An article, which may be written in Markdown. */
function isArticle(request) {
  return request.method === "PUT" && new URL(request.url).pathname.includes("/v1/articles/");
}

/** Whether an answer leaves the archive as it was: a refusal does, but for that of an article that was changed meanwhile. */
const isRefusal = ({ status }) => status >= 400 && status < 500 && status !== 412;

/** Whether a request may change the archive, which a text that is annotated does not. */
function mayChange({ method, url }) {
  return ["PUT", "DELETE"].includes(method) || (method === "POST" && !unescape(new URL(url).pathname).endsWith("/v1/annotate"));
}

/** Answers a request that may have to wait for the archive; without bytes the program reads its body. */
async function answerWaiting(request, env, ctx, bytes) {
  let changes = mayChange(request);
  try {
    return await within(bytes ? "DEADLINE_MS" : "LONG_DEADLINE_MS", env, async () => {
      const markdown = isArticle(request) && (await import("./markdown.mjs"));
      // Only now: the one that was there may have ended meanwhile.
      const running = instance(env, ctx);
      if (markdown) running.markdown = markdown.toHTML;
      const response = await running.stream(bytes ? withBody(request, bytes) : request, env, ctx);
      if (isRefusal(response)) changes = false;
      return response;
    });
  } finally {
    // Even if it failed: the archive may have changed all the same.
    if (changes) forget(request);
  }
}

/** Resolves to what a job does unless that takes longer than a setting allows. */
async function within(deadline, env, job) {
  let timer;
  const tooLate = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable("not done in time")), setting(env, deadline));
  });
  try {
    return await Promise.race([job(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function unavailable(request, env) {
  return problem(request, env, 503, "Service Unavailable", "the service cannot answer now; try again shortly", { "Retry-After": "1" });
}

/** How many requests are answered at once, without those whose bodies are still read; one more is refused. */
const MAX_RUNNING = 256;
let running = 0;

/**
 * How long a refusal waits, in milliseconds: who asks again at once would leave no
 * time for others. Many refusals follow each other at a distance, so that they take
 * no more than a part of the program's time.
 */
const PAUSE = 20;
const MAX_PAUSE = 1000;
const DISTANCE = 0.5;
let refusing = 0;

function isCrowded(env) {
  return running >= MAX_RUNNING || backlog() > setting(env, "MAX_WAIT_MS");
}

async function pause() {
  refusing++;
  await scheduler.wait(Math.min(Math.max(PAUSE, refusing * DISTANCE), MAX_PAUSE));
  refusing--;
}

/** Does a job for a request, which is one of those that are answered, unless they are too many. */
async function counted(request, env, job) {
  if (isCrowded(env) && !isFree(request)) throw new Refused();
  running++;
  try {
    return await job();
  } finally {
    running--;
  }
}

async function serve(request, env, ctx) {
  const body = new Body(request);
  try {
    if (isCrowded(env) && !isFree(request)) {
      await pause();
      if (isCrowded(env)) return unavailable(request, env);
    }
    return (await refusal(request, env)) ?? (await answer(request, env, ctx, body));
  } catch (error) {
    body.release();
    if (error.status) return problem(request, env, error.status, error.title, error.message, {});
    if (error instanceof Refused) await pause();
    else console.error("postil:", error);
    return unavailable(request, env);
  } finally {
    body.release();
  }
}

export default {
  fetch(request, env, ctx) {
    const response = serve(request, env, ctx);
    ctx.waitUntil(response); // it comes to its end even if the client hangs up
    return response;
  },

  async scheduled(event, env, ctx) {
    await within("LONG_DEADLINE_MS", env, () => instance(env, ctx).maintain(event, env, ctx));
  },
};
