// The client of the HTTP interface: what it sends, what it makes of answers, and
// what of it compiles.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import * as esbuild from "esbuild";
import { startPostil } from "./helpers/server.mjs";

const web = resolve(import.meta.dirname, "..");
let client, folder, postil;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "postil-client-"));
  const outfile = join(folder, "client.mjs");
  await esbuild.build({ entryPoints: [join(web, "client/client.ts")], outfile, format: "esm", target: "es2022" });
  client = await import(outfile);
  postil = await startPostil();
});
after(async () => {
  postil?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A client whose requests are answered with a body and a status. */
const answering = (body, status, type = "application/problem+json") =>
  client.createClient("https://postil.example", { fetch: async () => new Response(body, { status, headers: { "content-type": type } }) });

test("a batch is answered in lines, and all else in JSON, without being asked", async () => {
  const { post, get } = client.createClient(postil.url);
  const lines = await post("/v1/annotate", { type: "application/x-ndjson", body: '{"id":1,"text":"AGI"}\n{"id":2,"text":"OpenAI"}\n' });
  assert.deepEqual(lines.trim().split("\n").map((line) => JSON.parse(line).annotations[0].exact), ["AGI", "OpenAI"]);
  assert.equal((await post("/v1/annotate", { type: "text/plain", body: "AGI" })).annotations[0].term, "agi");
  assert.equal((await post("/v1/annotate", { type: "text/html", body: "<p>AGI" })).annotations[0].term, "agi");
  assert.equal((await get("/v1/terms/{id}", { path: { id: "agi" } })).id, "agi");
  assert.match(await post("/v1/annotate", { type: "text/html", body: "<p>AGI" }, { accept: "text/html" }), /<p><.*>AGI</);
});

test("a problem that came in part is an ApiError all the same", async () => {
  const failed = (body, status) => answering(body, status).get("/v1/terms").then(() => assert.fail(), (error) => error);
  const cut = await failed('{"title":"Service Unav', 503);
  assert.ok(cut instanceof client.ApiError, String(cut));
  assert.deepEqual([cut.status, cut.problem, cut.message], [503, undefined, "the service answers 503"]);
  const whole = await failed('{"detail":"no such term"}', 404);
  assert.deepEqual([whole.status, whole.message], [404, "no such term"]);
});

test("an address may end in slashes", async () => {
  for (const end of ["", "/", "//"]) {
    const { terms } = await client.createClient(postil.url + end).get("/v1/terms", { query: { limit: 1 } });
    assert.equal(terms.length, 1);
  }
});

test("what the description demands is demanded by the types", async () => {
  const config = join(folder, "tsconfig.json");
  await writeFile(config, JSON.stringify({ extends: join(web, "tsconfig.json"), include: [], files: [join(web, "test/types/client.ts")] }));
  const tsc = join(web, "../node_modules/typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [tsc, "-p", config]).catch(({ stdout }) => assert.fail(stdout));
});
