// The publisher's side of a test: a server of another origin than Postil's,
// which serves the fixtures and plays an API that fails in several ways.
//
// In a fixture, {{BASE}} is Postil's address and {{HOST}} this server's. A first
// line `<!-- Name: value -->` becomes a header of the response.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";

/** Failures by name: `data-endpoint="{{HOST}}/api/NAME"`. Each counts its calls. */
const failures = {
  broken: (response) => end(response, 500, "application/problem+json", `{"title":"broken"}`),
  refused: (response) => end(response, 422, "application/problem+json", `{"detail":"no such option"}`),
  html: (response) => end(response, 200, "text/html", "<h1>Sign in</h1>"),
  shape: (response) => end(response, 200, "application/json", `{"annotations":{}}`),
  offsets: (response) =>
    end(
      response,
      200,
      "application/json",
      JSON.stringify({
        annotations: [
          { start: 1, end: 4, exact: "AGI", term: "agi", score: 1 },
          { start: -5, end: 1e9, exact: "GPU", term: "gpu", score: 1 },
        ],
        terms: { agi: { id: "agi", label: "AGI" } },
      }),
    ),
  // A service that has enough to do says when to come back.
  busy: (response) => end(response, 429, "application/problem+json", `{"title":"busy"}`, { "retry-after": "20" }),
  away: (response) => end(response, 503, "application/problem+json", `{"title":"away"}`, { "retry-after": "3600" }),
  hang: (response) => void response,
  drop: (response) => response.destroy(),
  cut: (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000", ...cors });
    response.write("{");
    response.destroy();
  },
};

const types = { css: "text/css", js: "text/javascript;charset=utf-8" };

const cors = { "access-control-allow-origin": "*", "access-control-expose-headers": "Retry-After" };

function end(response, status, type, body, headers = {}) {
  response.writeHead(status, { "content-type": type, ...cors, ...headers });
  response.end(body);
}

/**
 * Starts the host; `calls` counts API calls by failure. `generated` are fixtures
 * made by a test, by name. A `preamble` is a script that every page runs first.
 */
export async function startHost(base, generated = {}) {
  const calls = {};
  const host = { calls, preamble: "" };
  /** Puts the preamble first in a page, whatever the page's policy. */
  const introduce = (html, headers) => {
    if (!host.preamble) return html;
    const policy = "Content-Security-Policy";
    if (headers[policy]) headers[policy] = headers[policy].replace("script-src", "script-src 'nonce-lab'");
    return html.replace(/<!doctype html>\n<html[^>]*>/, (head) => `${head}<script nonce="lab">${host.preamble}</script>`);
  };
  /** Postil's own files by way of the host, except that the card's module fails the first time. */
  const passOn = async (path, response) => {
    if (path.includes("/card-")) calls.flaky = (calls.flaky ?? 0) + 1;
    if (calls.flaky == 1) return end(response, 503, "text/plain", "come back later");
    return relay(path, response);
  };
  const relay = async (path, response) => {
    const { status, headers, body } = await fetch(base + path);
    response.writeHead(status, { "content-type": headers.get("content-type"), ...cors });
    for await (const chunk of body) response.write(chunk);
    response.end();
  };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://host").pathname;
    const failure = path.match(/^\/api\/(\w+)\/v1\/annotate$/)?.[1];
    if (failure) {
      calls[failure] = (calls[failure] ?? 0) + 1;
      request.resume();
      request.on("end", () => failures[failure](response));
      return;
    }
    if (path.startsWith("/flaky/")) return passOn(path.slice("/flaky".length), response);
    const [, lacking, rest] = /^\/lacking\/(\w+)(\/.*)/.exec(path) ?? [];
    if (lacking && path.includes(`/${lacking}-`)) return end(response, 503, "text/plain", "come back later");
    if (lacking) return relay(rest, response);
    try {
      const source = generated[path.slice(1)] ?? (await readFile(new URL("../fixtures" + path, import.meta.url), "utf8"));
      const headers = { "content-type": types[path.split(".").at(-1)] ?? "text/html;charset=utf-8" };
      const [, name, value] = source.match(/^<!-- ([\w-]+): (.*) -->/) ?? [];
      const fill = (text) => text.replaceAll("{{BASE}}", base).replaceAll("{{HOST}}", `http://127.0.0.1:${server.address().port}`);
      if (name) headers[name] = fill(value);
      const body = path.endsWith(".html") ? introduce(fill(source), headers) : fill(source);
      response.writeHead(200, headers);
      response.end(body);
    } catch {
      end(response, 404, "text/plain", "no such fixture");
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return Object.assign(host, { url: `http://127.0.0.1:${server.address().port}`, stop });
}
