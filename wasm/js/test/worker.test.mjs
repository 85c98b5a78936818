// connect() and the other end of it, over a channel in one thread; in a real
// Worker browser.test.mjs tries them.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { join } from "node:path";
import { dist, index, module, postil, serve as http, thrown } from "./helpers.mjs";

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

test("an argument of a wrong type rejects, and the Worker goes on", async () => {
  const p = await postil.connect({ worker: line(), wasm: module, index });
  for (const method of ["annotate", "mark", "search", "suggest", "mentions", "related", "article", "term"]) {
    await assert.rejects(p[method](undefined), thrown("ArgumentError", "bad-text"));
  }
  await assert.rejects(p.compile(null), thrown("GlossaryError", "bad-glossary"));
  assert.equal((await p.annotate("AGI")).annotations.length, 1);
  p.dispose();
  for (const options of [undefined, null]) await assert.rejects(postil.connect(options), thrown("ArgumentError", "bad-option"));
  await assert.rejects(postil.connect({ worker: line(), wasm: module, index: null }), thrown("ArgumentError", "bad-option", "index"));
});

test("two connections through one port have each its own index, and an end", { timeout: 60_000 }, async () => {
  const worker = line();
  const here = postil.loadSync({ wasm: module, index });
  const other = here.compile({ terms: [{ id: "w", label: "Widget" }] });
  const [one, two] = await Promise.all([postil.connect({ worker, wasm: module, index }), postil.connect({ worker, wasm: module, index: other })]);
  const asked = Array.from({ length: 20 }, () => [one.annotate("AGI, a widget"), two.annotate("AGI, a widget")]).flat();
  (await Promise.all(asked)).forEach(({ annotations }, i) => assert.deepEqual(annotations.map(({ term }) => term), [i % 2 ? "w" : "agi"]));
  assert.ok((await one.memory) > index.length);
  one[Symbol.dispose]();
  assert.deepEqual((await two.annotate("a widget")).annotations.map(({ term }) => term), ["w"]);
  await assert.rejects(one.annotate("AGI"), thrown("DisposedError", "disposed"));
  two.dispose();
  here.dispose();
});

test("a port serves again after a failure, an end, and messages of others", { timeout: 60_000 }, async () => {
  const worker = line();
  worker.postMessage(null);
  worker.postMessage({ id: 1, method: "load" });
  await assert.rejects(postil.connect({ worker, wasm: module, index: new Uint8Array(9) }), thrown("IndexError", "bad-index"));
  const controller = new AbortController();
  const given = postil.connect({ worker, wasm: module, index, signal: controller.signal });
  controller.abort(new Error("never mind"));
  await assert.rejects(given, /never mind/);
  for (let i = 0; i < 2; i++) {
    const p = await postil.connect({ worker, wasm: module, index });
    assert.equal((await p.annotate("AGI")).annotations.length, 1);
    p.dispose();
  }
});

test("what waits at a port whose other end is closed is rejected", { timeout: 60_000 }, async () => {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1);
  serve(port2);
  const p = await postil.connect({ worker: port1, wasm: module, index });
  const pending = p.annotate("AGI");
  port2.close();
  await assert.rejects(pending, thrown("CrashError", "crashed", "closed"));
  await assert.rejects(p.annotate("AGI"), thrown("CrashError", "crashed", "closed"));
  p.dispose();
});

/** A port that does not tell of its end, as in browsers without the event. */
const silent = (port) => ({
  postMessage: (...args) => port.postMessage(...args),
  addEventListener: (type, ...args) => type == "close" || port.addEventListener(type, ...args),
  start: () => port.start(),
});

test("what serves tells of its end, and closes the port", { timeout: 60_000 }, async () => {
  const { port1, port2 } = new MessageChannel();
  const closed = new Promise((done) => port1.addEventListener("close", done));
  const serving = serve(port2);
  const worker = silent(port1);
  const [one, two] = await Promise.all([1, 2].map(() => postil.connect({ worker, wasm: module, index })));
  const pending = one.annotate("AGI");
  serving.dispose();
  serving.dispose();
  await assert.rejects(pending, thrown("CrashError", "crashed", "closed"));
  for (const p of [one, two]) await assert.rejects(p.annotate("AGI"), thrown("CrashError", "crashed", "closed"));
  await closed;
});

test("what is being loaded is given up when what serves is disposed of", { timeout: 60_000 }, async () => {
  const { port1, port2 } = new MessageChannel();
  const never = await http({ "/never": (_, response) => response.write("\0asm") }); // and no more
  const serving = serve(port2);
  const connecting = postil.connect({ worker: silent(port1), wasm: never.url + "/never", index, onProgress: () => serving.dispose() });
  await assert.rejects(connecting, thrown("CrashError", "crashed", "closed")).finally(() => {
    never.stop();
    port1.close();
  });
});

test("an error of onProgress gives the loading up, as it is", async () => {
  const server = await http({});
  for (const options of [{ wasm: server.url + "/dist/postil.wasm", index }, { wasm: module, index: server.url + "/site.postil" }]) {
    const reason = new Error("mine");
    const onProgress = () => {
      throw reason;
    };
    await assert.rejects(postil.connect({ worker: line(), ...options, onProgress }), (error) => error === reason);
  }
  server.stop();
});

test("without a Worker it says what is wanted", async () => {
  await assert.rejects(postil.connect({ index }), thrown("ArgumentError", "bad-option", "MessagePort"));
  await assert.rejects(postil.connect({ worker: {}, index }), thrown("ArgumentError", "bad-option", "want `worker`"));
});
