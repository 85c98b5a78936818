import assert from "node:assert/strict";
import { after, test } from "node:test";
import { runInNewContext } from "node:vm";
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

/** The bytes as an ArrayBuffer of another context, as test runners have them. */
const foreign = (bytes) => new (runInNewContext("Uint8Array"))(bytes).buffer;

test("loads from responses, promises of them, and bytes", async () => {
  for (const options of [
    { wasm: fetch(at("/dist/postil.wasm")), index: await fetch(at("/site.postil")) },
    { wasm, index: index.buffer },
    { wasm: wasm.buffer, index: new DataView(index.buffer) },
    { wasm: Promise.resolve(wasm), index: foreign(index) },
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

function withResolvers() {
  let resolve;
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}

/** A response whose body comes to no end, and a promise of what it is cancelled with. */
function stalled(type) {
  const { promise, resolve } = withResolvers();
  const body = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(9)), cancel: resolve });
  return { cancelled: promise, response: new Response(body, { headers: { "content-type": type } }) };
}

test("a response, a promise of one, and a body that stalls can be given up", { timeout: 60_000 }, async () => {
  const reason = new Error("never mind");
  for (const of of ["index", "wasm"]) {
    const never = new AbortController();
    const waiting = load({ [of]: new Promise(() => {}), signal: never.signal });
    never.abort(reason);
    await assert.rejects(waiting, (error) => error === reason, of);
    await assert.rejects(load({ [of]: new Promise(() => {}), signal: AbortSignal.abort(reason) }), (error) => error === reason);

    for (const type of ["application/wasm", "application/octet-stream"]) {
      for (const give of [(x) => x, async (x) => x]) {
        const { response, cancelled } = stalled(type);
        const controller = new AbortController();
        const loading = load({ [of]: give(response), signal: controller.signal, onProgress: () => controller.abort(reason) });
        await assert.rejects(loading, (error) => error === reason);
        assert.equal(await cancelled, reason);
      }
    }

    // One that comes after all is cancelled, too.
    const late = withResolvers();
    const controller = new AbortController();
    const loading = load({ [of]: late.promise, signal: controller.signal });
    controller.abort(reason);
    await assert.rejects(loading, (error) => error === reason);
    const { response, cancelled } = stalled("application/wasm");
    late.resolve(response);
    assert.equal(await cancelled, reason);
  }
});

test("an error of onProgress is thrown as it is", async () => {
  const reason = new Error("mine");
  const onProgress = () => {
    throw reason;
  };
  for (const options of [{ wasm: at("/dist/postil.wasm") }, { index: at("/site.postil") }, { index: fetch(at("/site.postil")) }]) {
    await assert.rejects(load({ ...options, onProgress }), (error) => error === reason);
  }
});

test("what is nothing to load from is an error that says so", async () => {
  for (const options of [undefined, null, 5, []]) await assert.rejects(postil.load(options), thrown("ArgumentError", "bad-option", "options"));
  await assert.rejects(postil.load({ wasm: module }), thrown("ArgumentError", "bad-option", "index: want an address, a Response, or bytes, got Undefined"));
  for (const of of ["index", "wasm"]) {
    for (const value of [null, 5, {}, new Blob([]), Promise.resolve(), Promise.resolve("x")]) {
      await assert.rejects(load({ [of]: value }), thrown("ArgumentError", "bad-option", `${of}: want`));
    }
    await assert.rejects(load({ [of]: Promise.reject(new TypeError("no network")) }), thrown("LoadError", "fetch-failed", of));
  }
  for (const path of ["site.postil", "./site.postil", "/site.postil", "C:\\site.postil"]) {
    await assert.rejects(load({ index: path }), thrown("LoadError", "fetch-failed", "a path is no address"));
  }
  assert.throws(() => postil.loadSync(), thrown("ArgumentError", "bad-option"));
  assert.throws(() => postil.loadSync({ wasm: module }), thrown("ArgumentError", "bad-option"));
  assert.throws(() => postil.loadSync({ wasm, index }), thrown("LoadError", "bad-module"));
});

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
  for (let i = 0; i < sound.length; i++) {
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
