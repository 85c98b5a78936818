// The client of the HTTP interface, as a fresh project has it: against a service
// that runs, and in its types.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { index, project, root, tool } from "./project.mjs";

let service;
let address;

before(async () => {
  service = spawn(join(root, "bin/postil"), ["serve", "--index", index, "--addr", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "pipe"] });
  address = await new Promise((found, failed) => {
    const said = [];
    for (const stream of [service.stdout, service.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
        if (url) found(url[0]);
      });
    }
    service.once("exit", () => failed(new Error("postil serve ended: " + said.join("\n"))));
  });
});

after(() => service?.kill());

test("it calls a service", async () => {
  const p = project({
    "main.mjs": `import { ApiError, createClient } from "postil/client";
const service = createClient(process.argv[2]);
const text = "The CMA looked at it.";
const { annotations } = await service.post("/v1/annotate", { type: "text/plain", body: text });
const json = await service.post("/v1/annotate", { type: "application/json", body: { text, exclude: [annotations[0].term] } });
const term = await service.get("/v1/terms/{id}", { path: { id: annotations[0].term } });
const html = await service.post("/v1/annotate", { type: "text/html", body: "<p>The CMA" }, { accept: "text/html" });
const error = await service.get("/v1/terms/{id}", { path: { id: "no such/term" } }).catch((error) => error);
console.log(JSON.stringify({ exact: annotations.map((a) => a.exact), without: json.annotations.map((a) => a.exact), label: term.label, html, api: error instanceof ApiError, status: error.status, detail: error.problem?.detail }));
`,
  });
  const { stdout, stderr } = await p.run("node", "main.mjs", address);
  assert.equal(stderr, "");
  const { exact, without, label, html, api, status, detail } = JSON.parse(stdout);
  assert.deepEqual(exact, ["CMA"]);
  assert.deepEqual(without, []);
  assert.equal(label, "Competition and Markets Authority");
  assert.match(html, /<p>The <[^>]+>CMA</);
  assert.ok(api);
  assert.equal(status, 404);
  assert.match(detail, /no such\/term/);
});

const typed = `import { ApiError, createClient, type components } from "postil/client";

const service = createClient("https://postil.example", { headers: { authorization: "Bearer x" } });
const result = await service.post("/v1/annotate", { type: "text/plain", body: "text" });
const start: number | undefined = result.annotations[0]?.start;
const json = await service.post("/v1/annotate", { type: "application/json", body: { text: "AGI" } });
const index: string = json.index;
const term = await service.get("/v1/terms/{id}", { path: { id: "x" } });
const label: string = term.label;
const problem: components["schemas"]["Problem"] | undefined = new ApiError(404, undefined).problem;
console.log(start, label, problem, index);
// @ts-expect-error a path that there is none of
await service.get("/v1/term");
// @ts-expect-error a parameter that it does not take
await service.get("/v1/terms", { query: { prefixes: "a" } });
// @ts-expect-error a member that the answer lacks
result.mentions;
`;

for (const resolution of ["nodenext", "bundler"]) {
  test(`its types hold, with moduleResolution ${resolution}`, async () => {
    const compilerOptions = {
      strict: true, noEmit: true, skipLibCheck: false, exactOptionalPropertyTypes: true, target: "es2022",
      lib: ["es2022", "dom", "dom.iterable"], types: [], module: resolution == "nodenext" ? "nodenext" : "esnext", moduleResolution: resolution,
    };
    const p = project({ "main.ts": typed, "tsconfig.json": JSON.stringify({ compilerOptions, files: ["main.ts"] }) });
    const { code, stdout } = await p.run(tool("tsc"), "-p", ".");
    assert.equal(stdout, "");
    assert.equal(code, 0);
  });
}
