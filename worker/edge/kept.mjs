// Answers that only a new deployment changes, which is a new isolate: those about
// the glossary of the program's own index. They are kept as they were given, so
// that who asks again does not reach Go.

/** How many bytes of answers are kept, and of one at most. */
const MOST = 2 << 20;
const LARGEST = 256 << 10;

/** A list of terms, or one term. */
const LASTING = /^\/v1\/terms(\/[^/]+)?$/;

const answers = new Map(); // key → { headers, body, size }, those not used for longest first
let bytes = 0;

/** What an answer depends on, if it may be kept. */
function keyOf(request, env) {
  if (request.method !== "GET" || env.KEYS || request.headers.has("Authorization")) return undefined;
  if (!LASTING.test(new URL(request.url).pathname)) return undefined;
  const origin = env.ORIGINS ? request.headers.get("Origin") : "";
  return `${request.url}\n${request.headers.get("Accept") ?? ""}\n${origin}`;
}

/** Whether a client's If-None-Match has a tag, as in answer.go. */
function has(list, tag) {
  return list !== null && list.split(",").some((t) => t.trim() === "*" || t.trim().replace(/^W\//, "") === tag);
}

/** The kept answer to a request, if there is one. */
export function recall(request, env) {
  const key = keyOf(request, env);
  const answer = key && answers.get(key);
  if (!answer) return undefined;
  answers.delete(key); // to the end
  answers.set(key, answer);
  const headers = new Headers(answer.headers);
  headers.set("Server-Timing", "kept;dur=0, total;dur=0");
  if (!has(request.headers.get("If-None-Match"), answer.headers.get("ETag"))) return new Response(answer.body, { headers });
  headers.delete("Content-Type");
  headers.delete("Content-Length");
  return new Response(null, { status: 304, headers });
}

/** Keeps an answer, if it may be. */
export async function keep(request, env, response) {
  const key = response.status === 200 && keyOf(request, env);
  if (!key) return response;
  const body = await response.arrayBuffer();
  const headers = new Headers(response.headers);
  if (headers.has("ETag") && !answers.has(key) && body.byteLength + key.length <= LARGEST) {
    answers.set(key, { headers, body, size: body.byteLength + key.length });
    bytes += body.byteLength + key.length;
    for (const [oldest, { size }] of answers) {
      if (bytes <= MOST) break;
      answers.delete(oldest);
      bytes -= size;
    }
  }
  return new Response(body, { headers });
}
