// connect() and the other end of it, over a channel in one thread; in a real
// Worker browser.test.mjs tries them.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { join } from "node:path";
import { dist, index, module, postil, thrown } from "./helpers.mjs";

const { serve } = await import(join(dist, "worker.js"));
const ports = [];
after(() => ports.forEach((port) => port.close()));

function line() {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serve(port2);
  return port1;
}

test("asks over a port what Postil answers", async () => {
  const bytes = index.slice().buffer;
  const progress = [];
  const p = await postil.connect({ worker: line(), wasm: module, index: bytes, onProgress: (x) => progress.push(x) });
  assert.equal(bytes.byteLength, 0, "the index moved");
  const here = postil.loadSync({ wasm: module, index });
  assert.deepEqual(await p.annotate("The CMA"), here.annotate("The CMA"));
  assert.deepEqual(await p.explain({ html: "<p>AGI" }), here.explain({ html: "<p>AGI" }));
  assert.equal(await p.mark("<p>AGI"), here.mark("<p>AGI"));
  assert.deepEqual(await p.search("merger"), here.search("merger"));
  assert.equal(await p.term("none"), undefined);
  assert.equal(await p.verify(), undefined);
  assert.deepEqual(await p.compile({ terms: [{ id: "a", label: "A" }] }), here.compile({ terms: [{ id: "a", label: "A" }] }));
  p.dispose();
  here.dispose();
});

test("answers calls at once made in their order, each with its own", async () => {
  const p = await postil.connect({ worker: line(), wasm: module, index });
  const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => p.annotate("x".repeat(i) + " AGI")));
  answers.forEach(({ annotations }, i) => assert.equal(annotations[0].start, i + 1));
  p.dispose();
});

test("errors come through with class, code and causes", async () => {
  const p = await postil.connect({ worker: line(), wasm: module, index });
  await assert.rejects(p.annotate("x", { overlaps: "some" }), (error) => {
    assert.equal(error.causes[0].pointer, "/overlaps");
    return thrown("ArgumentError", "bad-option")(error);
  });
  await assert.rejects(p.annotate("x", { kinds: () => {} }), thrown("ArgumentError", "bad-option"));
  await assert.rejects(p.search('"open'), thrown("QueryError", "bad-query"));
  const pending = p.annotate("AGI");
  p.dispose();
  p.dispose();
  await assert.rejects(pending, thrown("DisposedError", "disposed"));
  await assert.rejects(p.annotate("AGI"), thrown("DisposedError", "disposed"));
});

test("what cannot be loaded there is an error here", async () => {
  await assert.rejects(postil.connect({ worker: line(), wasm: module, index: new Uint8Array(9) }), thrown("IndexError", "bad-index"));
  const controller = new AbortController();
  const connecting = postil.connect({ worker: line(), wasm: module, index, signal: controller.signal });
  controller.abort(new Error("never mind"));
  await assert.rejects(connecting, /never mind/);
});
