import assert from "node:assert/strict";
import { after, test } from "node:test";
import { index, load, module, postil, serve, thrown, wasm } from "./helpers.mjs";
import { returning } from "./patch.mjs";

/** Sends the beginning of a body, then hangs, or hangs up. */
const partial = (bytes, end) => (_, response) => {
  response.writeHead(200, { "content-type": "application/wasm", "content-length": bytes.length });
  response.write(bytes.subarray(0, bytes.length >> 1), () => end && response.destroy());
};
const server = await serve({
  "/slow.wasm": partial(wasm, false),
  "/cut.wasm": partial(wasm, true),
  "/slow.postil": partial(index, false),
  "/cut.postil": partial(index, true),
  "/page": "<!doctype html>",
});
after(() => server.stop());
const at = (path) => server.url + path;

test("loads from addresses and says how far it has come", async () => {
  const seen = { wasm: [], index: [] };
  const p = await postil.load({ wasm: at("/dist/postil.wasm"), index: at("/site.postil"), onProgress: ({ of, ...rest }) => seen[of].push(rest) });
  for (const [of, size] of [["wasm", wasm.length], ["index", index.length]]) {
    assert.deepEqual(seen[of].at(-1), { loaded: size, total: size });
    assert.ok(seen[of].length > 1);
    assert.ok(seen[of].every(({ loaded }, i) => i == 0 || loaded > seen[of][i - 1].loaded));
  }
  assert.equal(p.annotate("AGI").annotations.length, 1);
  p.dispose();
});

test("loads from responses, promises of them, and bytes", async () => {
  for (const options of [
    { wasm: fetch(at("/dist/postil.wasm")), index: await fetch(at("/site.postil")) },
    { wasm, index: index.buffer },
    { wasm: wasm.buffer, index: new DataView(index.buffer) },
  ]) {
    const p = await postil.load(options);
    assert.equal(p.annotate("AGI").annotations.length, 1);
    p.dispose();
  }
});

for (const [what, options] of [
  ["module", { wasm: at("/slow.wasm"), index }],
  ["index", { wasm: module, index: at("/slow.postil") }],
]) {
  test(`the loading of the ${what} can be given up`, async () => {
    const controller = new AbortController();
    const reason = new Error("never mind");
    const loading = postil.load({ ...options, signal: controller.signal, onProgress: () => controller.abort(reason) });
    await assert.rejects(loading, (error) => error === reason);
    await assert.rejects(postil.load({ ...options, signal: controller.signal }), (error) => error === reason);
  });
}

test("what cannot be loaded is a LoadError", async () => {
  const none = "http://127.0.0.1:1/";
  for (const [options, code] of [
    [{ wasm: at("/nothing") }, "fetch-failed"],
    [{ index: at("/nothing") }, "fetch-failed"],
    [{ wasm: none }, "fetch-failed"],
    [{ index: none }, "fetch-failed"],
    [{ index: new URL("file:///nothing/of/the/kind") }, "fetch-failed"],
    [{ index: at("/cut.postil") }, "fetch-failed"],
    [{ wasm: at("/page") }, "bad-module"],
    [{ wasm: new Uint8Array() }, "bad-module"],
    [{ wasm: wasm.subarray(0, wasm.length >> 1) }, "bad-module"],
    [{ wasm: wasm.subarray(0, wasm.length - 1) }, "bad-module"],
    [{ wasm: Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0) }, "bad-module"],
    [{ wasm: returning(wasm, "postil_abi", 2) }, "module-version"],
  ]) {
    await assert.rejects(load(options), thrown("LoadError", code), JSON.stringify(Object.keys(options)));
  }
  await assert.rejects(load({ wasm: at("/cut.wasm") }), (error) => ["fetch-failed", "bad-module"].includes(error.code));
});

test("an index that cannot be used is an IndexError", async () => {
  const damaged = index.slice();
  damaged[4000] ^= 1;
  const newer = index.slice();
  newer[8]++;
  for (const [bytes, code] of [
    [new Uint8Array(), "bad-index"],
    [new TextEncoder().encode("<!doctype html>"), "bad-index"],
    [index.subarray(0, index.length >> 1), "bad-index"],
    [damaged, "bad-index"],
    [newer, "index-version"],
  ]) {
    await assert.rejects(load({ index: bytes }), thrown("IndexError", code));
  }
});

test("every single damaged byte of the index is found, or does no harm", async () => {
  const engine = await postil.loadEngine({ wasm: module });
  const sound = engine.compile({ terms: [{ id: "w", label: "Widget", definition: "A thing." }] });
  for (let i = 0; i < sound.length; i += 3) {
    const damaged = sound.slice();
    damaged[i] ^= 0x10;
    try {
      const p = engine.open(damaged);
      p.annotate("A widget.");
      assert.throws(() => p.verify(), (error) => error instanceof postil.IndexError, `byte ${i}`);
      p.dispose();
    } catch (error) {
      if (!(error instanceof postil.IndexError)) throw error;
    }
  }
  assert.equal(engine.open(sound).annotate("A widget.").annotations.length, 1);
  engine.dispose();
});
