// Answers that are given again to who asks the same, without the program. It says
// until when each may be: for ever if only a new deployment changes it, which is a
// new isolate, or until it would look at the archive again. What passes through here
// and may change the archive ends that before.

/** The program's header with the time in milliseconds since 1970. It is not for clients. */
const UNTIL = "Postil-Until";

/** How many bytes of answers are kept, and of one at most; each counts what its headers take. */
const MOST = 2 << 20;
const LARGEST = 256 << 10;
const HEADERS = 1 << 10;

const answers = new Map(); // key → { site, until, headers, body, size }, those not used for longest first
let bytes = 0;
let changes = 0; // of the archive, by requests that came here

/** How many changes there have been: to keep an answer, as it was before it was asked for. */
export const changed = () => changes;

/** What an answer depends on besides the archive, if it may be kept. */
function keyOf({ method, url, headers }, env) {
  if ((method !== "GET" && method !== "HEAD") || env.KEYS || headers.has("Authorization") || headers.has("If-Match")) return undefined;
  const origin = env.ORIGINS ? headers.get("Origin") : "";
  return `${url}\n${headers.get("Accept") ?? ""}\n${origin}`;
}

/** The site that an address is of, as the program reads it; unescape is like that but never throws. */
const siteOf = (url) => /^\/s\/([^/]*)/.exec(unescape(new URL(url).pathname))?.[1];

/** Whether a client's If-None-Match has a tag, as in answer.go. */
function has(list, tag) {
  return list !== null && list.split(",").some((t) => ["*", tag].includes(t.trim().replace(/^W\//, "")));
}

/** An answer for a client, who may hold it already. */
function give(request, body, headers) {
  if (!has(request.headers.get("If-None-Match"), headers.get("ETag"))) {
    return new Response(request.method === "HEAD" ? null : body, { headers });
  }
  headers.delete("Content-Type");
  headers.delete("Content-Length");
  return new Response(null, { status: 304, headers });
}

function drop(key) {
  bytes -= answers.get(key)?.size ?? 0;
  answers.delete(key);
}

/** The kept answer to a request, if there is one. */
export function recall(request, env) {
  const key = keyOf(request, env);
  const answer = key && answers.get(key);
  if (!answer) return undefined;
  if (answer.until <= Date.now()) return drop(key);
  answers.delete(key); // to the end
  answers.set(key, answer);
  const headers = new Headers(answer.headers);
  headers.set("Server-Timing", "kept;dur=0, total;dur=0");
  return give(request, answer.body, headers);
}

/** A request for an answer that can be kept, which one that says no more than 304 cannot. */
export function whole(request, env) {
  const { method, url } = request;
  if (method !== "GET" || !request.headers.has("If-None-Match") || !keyOf(request, env)) return request;
  const headers = new Headers(request.headers);
  headers.delete("If-None-Match");
  return new Request(url, { method, headers });
}

/** Makes the program's answer one for the client, and keeps it if it may be and nothing has changed since. */
export async function keep(request, env, response, since) {
  const until = Number(response.headers.get(UNTIL));
  response.headers.delete(UNTIL);
  const key = request.method === "GET" && response.status === 200 && keyOf(request, env);
  if (!key || !response.headers.has("ETag")) return response;
  const body = await response.arrayBuffer();
  const headers = new Headers(response.headers);
  const size = body.byteLength + key.length + HEADERS;
  if (until > Date.now() && since === changes && size <= LARGEST) {
    drop(key);
    answers.set(key, { site: siteOf(request.url), until, headers: new Headers(headers), body, size });
    bytes += size;
    for (const [oldest] of answers) {
      if (bytes <= MOST) break;
      drop(oldest);
    }
  }
  return give(request, body, headers);
}

/** Forgets what is kept of the site that a request may have changed. */
export function forget({ url }) {
  changes++;
  const site = siteOf(url);
  for (const [key, answer] of answers) {
    if (answer.site === site) drop(key);
  }
}
