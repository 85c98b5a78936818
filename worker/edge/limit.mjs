// Requests that are refused before the program hears of them.

/** The period in seconds that a client waits for if RATE does not say which: the longest there is. */
const LONGEST = 60;

/** Whether a request is one of a monitor, which is never counted. */
export const isFree = ({ url }) => ["/healthz", "/readyz"].includes(new URL(url).pathname);

/**
 * The answer to a request that is one too many for its client, if wrangler.toml
 * has the binding LIMITER. Sites have no counts of their own: with an invented
 * name each client would begin anew.
 */
export async function refusal(request, env) {
  const { LIMITER, RATE } = env;
  if (!LIMITER || request.method === "OPTIONS" || isFree(request)) return undefined;
  const { success } = await LIMITER.limit({ key: clientOf(request.headers.get("CF-Connecting-IP") ?? "") });
  if (success) return undefined;
  const [, requests, period = LONGEST] = /^(\d+)\/(\d+)s$/.exec(RATE) ?? [];
  const headers = { "Retry-After": `${period}`, RateLimit: '"client";r=0' };
  if (requests) headers["RateLimit-Policy"] = `"client";q=${requests};w=${period}`;
  const limit = requests ? `${requests} requests in ${period} seconds` : "the service takes from one client";
  return problem(request, env, 429, "Too Many Requests", `more than ${limit}: wait ${period} s`, headers);
}

/** An address, or of an IPv6 address the /64, all of which one customer of a provider has. */
function clientOf(address) {
  if (!address.includes(":")) return address;
  const [head, tail] = address.split("::").map((part) => (part ? part.split(":") : []));
  const gap = tail ? Array(Math.max(0, 8 - head.length - tail.length)).fill("0") : [];
  return [...head, ...gap, ...(tail ?? [])].slice(0, 4).join(":");
}

/** A problem document (RFC 9457), readable for pages that may read answers. */
export function problem(request, env, status, title, detail, headers) {
  const response = Response.json({ type: "about:blank", title, status, detail }, { status, headers });
  response.headers.set("Content-Type", "application/problem+json");
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("X-Content-Type-Options", "nosniff");
  const origins = String(env.ORIGINS ?? "").split(/\s+/).filter(Boolean);
  const origin = origins.length === 0 ? "*" : origins.find((o) => o === request.headers.get("Origin"));
  if (origins.length > 0) response.headers.set("Vary", "Origin");
  if (origin) {
    response.headers.set("Access-Control-Allow-Origin", origin);
    response.headers.set("Access-Control-Expose-Headers", Object.keys(headers).join(", "));
  }
  return request.method === "HEAD" ? new Response(null, response) : response;
}
