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
  hang: (response) => void response,
  cut: (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000", ...cors });
    response.write("{");
    response.destroy();
  },
};

const cors = { "access-control-allow-origin": "*" };

function end(response, status, type, body) {
  response.writeHead(status, { "content-type": type, ...cors });
  response.end(body);
}

/** Starts the host; `calls` counts API calls by failure. `generated` are fixtures made by a test, by name. */
export async function startHost(base, generated = {}) {
  const calls = {};
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://host").pathname;
    const failure = path.match(/^\/api\/(\w+)\/v1\/annotate$/)?.[1];
    if (failure) {
      calls[failure] = (calls[failure] ?? 0) + 1;
      request.resume();
      request.on("end", () => failures[failure](response));
      return;
    }
    try {
      const source = generated[path.slice(1)] ?? (await readFile(new URL("../fixtures" + path, import.meta.url), "utf8"));
      const headers = { "content-type": path.endsWith(".css") ? "text/css" : "text/html;charset=utf-8" };
      const [, name, value] = source.match(/^<!-- ([\w-]+): (.*) -->/) ?? [];
      const fill = (text) => text.replaceAll("{{BASE}}", base).replaceAll("{{HOST}}", `http://127.0.0.1:${server.address().port}`);
      if (name) headers[name] = fill(value);
      response.writeHead(200, headers);
      response.end(fill(source));
    } catch {
      end(response, 404, "text/plain", "no such fixture");
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, calls, stop };
}
