// The module in a Cloudflare Worker that is not ours.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dist, root } from "./helpers.mjs";
import { startWorkerd, temporary } from "../../../worker/edge/test/workerd.mjs";

const dir = temporary();
copyFileSync(join(root, "build/index/site.postil"), join(dir, "site.postil"));
for (const name of ["index.js", "postil.wasm"]) copyFileSync(join(dist, name), join(dir, name));
writeFileSync(
  join(dir, "worker.mjs"),
  `import { loadSync } from "./index.js";
import wasm from "./postil.wasm";
import index from "./site.postil";

let postil;
export default {
  async fetch(request) {
    postil ??= loadSync({ wasm, index });
    const { pathname } = new URL(request.url);
    if (pathname == "/search") return Response.json(postil.search(await request.text()));
    return Response.json(postil.annotate(await request.text()));
  },
};
`,
);
const server = await startWorkerd(dir);
after(() => server.child.kill());

test("annotates and searches in a Worker of someone else", async () => {
  const ask = async (path, body) => (await fetch(`http://127.0.0.1:${server.port}${path}`, { method: "POST", body })).json();
  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => ask("/", "x".repeat(i) + " the CMA")));
  answers.forEach(({ annotations }, i) => assert.equal(annotations[0].start, i + 5));
  assert.ok((await ask("/search", "merger")).total > 0);
});
