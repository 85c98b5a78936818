// What a host can do wrong, and what can go wrong inside.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { index, load, module, postil, thrown, wasm } from "./helpers.mjs";
import { limited, trapping } from "./patch.mjs";

test("a trap ends the instance with a CrashError, and a new one works", async () => {
  const p = await load({ wasm: trapping(wasm, "postil_verify") });
  assert.equal(p.annotate("AGI").annotations.length, 1);
  assert.throws(() => p.verify(), thrown("CrashError", "crashed", "trapped"));
  assert.throws(() => p.annotate("AGI"), thrown("CrashError", "crashed"));
  p.dispose();
  const next = await load();
  assert.equal(next.annotate("AGI").annotations.length, 1);
  next.dispose();
});

test("without memory the instance ends with a CrashError, and a new one works", async () => {
  const small = await WebAssembly.compile(limited(wasm, 24));
  const p = await load({ wasm: small });
  assert.equal(p.annotate("AGI").annotations.length, 1);
  assert.throws(() => p.annotate("The CMA looked at AGI. ".repeat(2 << 20)), thrown("CrashError", "out-of-memory"));
  assert.throws(() => p.term("agi"), thrown("CrashError", "out-of-memory"));
  assert.equal(p.memory, 0);
  const next = await load({ wasm: small });
  assert.equal(next.annotate("AGI").annotations.length, 1);
  next.dispose();
});

test("a text with 400,000 mentions fits into 256 MiB", async () => {
  const p = await load({ wasm: await WebAssembly.compile(limited(wasm, 256)) });
  assert.equal(p.annotate("AGI ".repeat(400_000)).annotations.length, 400_000);
  p.dispose();
});

test("an index larger than the memory is an error", async () => {
  const small = await WebAssembly.compile(limited(wasm, 16));
  await assert.rejects(load({ wasm: small, index: new Uint8Array(64 << 20) }), thrown("CrashError", "out-of-memory"));
  await assert.rejects(load({ index: new Uint8Array(600 << 20) }), thrown("IndexError", "bad-index", "too large"));
});

/** The module as its exports, called as no wrapper would. */
async function bare() {
  const goroot = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
  const said = [];
  const scope = { Object, Array, Uint8Array, Date, TextEncoder, TextDecoder, crypto, performance };
  const constants = { O_WRONLY: -1, O_RDWR: -1, O_CREAT: -1, O_TRUNC: -1, O_APPEND: -1, O_EXCL: -1, O_DIRECTORY: -1 };
  scope.fs = { constants, writeSync: (_, bytes) => (said.push(new TextDecoder().decode(bytes)), bytes.length) };
  new Function("globalThis", "fs", readFileSync(join(goroot, "lib/wasm/wasm_exec.js"), "utf8"))(scope, scope.fs);
  const go = new scope.Go();
  go.exit = (code) => assert.fail(`the module exited with code ${code}: ${said.join("")}`);
  const instance = await WebAssembly.instantiate(module, go.importObject);
  go.run(instance);
  return instance.exports;
}

/** Repeatable numbers; seed is printed by what fails. */
function random(seed) {
  return (below) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
}

test("no pointer, length or handle does harm", async () => {
  const x = await bare();
  const calls = Object.keys(x).filter((name) => name.startsWith("postil_"));
  const asked = calls.filter((name) => !/_(abi|alloc|free|open|close|result)$/.test(name));
  assert.equal(asked.length, 15);

  const opened = x.postil_alloc(index.length);
  new Uint8Array(x.mem.buffer, opened, index.length).set(index);
  const handle = x.postil_open(opened, index.length);
  assert.ok(handle);
  const buffer = x.postil_alloc(64);
  const pick = random(1);
  const near = (n) => [0, 1, n - 1, n, n + 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, pick(2 ** 32)][pick(9)] | 0;
  const seen = new Map();
  const fill = () => {
    const memory = new Uint8Array(x.mem.buffer, buffer, 64);
    const pieces = ['{"offsets":"utf-8"}', '{"limit":3}', "{}", "null", "AGI and CMA", "<p>AGI<b>", '"', "\ud83d", "agi", "[{}]"];
    new TextEncoder().encodeInto(pieces[pick(pieces.length)] + pieces[pick(pieces.length)], memory);
    if (pick(4) == 0) memory[pick(64)] = pick(256);
  };
  for (let i = 0; i < 20_000; i++) {
    if (i % 7 == 0) fill();
    const name = calls[pick(calls.length)];
    switch (name) {
      case "postil_alloc":
        x.postil_free(x.postil_alloc(near(64) & 0xffff));
        assert.equal(x.postil_alloc(2 ** 32 - 1 - pick(2 ** 30)), 0);
        break;
      case "postil_free":
        x.postil_free(near(handle));
        x.postil_free(buffer + 1 + pick(63));
        break;
      case "postil_open":
        assert.equal(x.postil_open(buffer + 1 + pick(63), near(64)), 0);
        break;
      case "postil_close":
        assert.notEqual(x.postil_close(handle + 1 + pick(1000)), 0);
        break;
      case "postil_abi":
      case "postil_result":
        assert.ok(x[name]() > 0);
        break;
      default: {
        const status = x[name]([handle, 0, near(handle)][pick(3)], [buffer, near(buffer)][pick(2)], [0, 2, 19, near(64)][pick(4)], [0, 3, near(64)][pick(3)]);
        seen.set(status, (seen.get(status) ?? 0) + 1);
        const [same, address, length] = new Uint32Array(x.mem.buffer, x.postil_result(), 3);
        assert.equal(same, status);
        if (status) assert.equal(typeof JSON.parse(new TextDecoder().decode(new Uint8Array(x.mem.buffer, address, length))).code, "string");
      }
    }
  }
  // It must have been through good calls and several kinds of bad ones.
  assert.ok(seen.get(0) > 100 && seen.size >= 5, JSON.stringify([...seen]));
  assert.equal(seen.get(13), undefined, "a fault of the module");
  fill();
  assert.equal(x.postil_info(handle, 0, 0, 0), 0);
});

test("many calls leave nothing behind", async () => {
  const p = await load();
  const article = p.article(p.search("merger", { in: "articles" }).articles[0].id).text;
  const round = () => {
    for (let i = 0; i < 1500; i++) p.annotate(article);
  };
  round(); // several collections of garbage
  const { memory } = p;
  round();
  assert.equal(p.memory, memory);
  p.dispose();
});

test("many instances leave nothing behind, though what they were is kept", async (t) => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc");
  const memories = [];
  const { instantiate } = WebAssembly;
  t.after(() => (WebAssembly.instantiate = instantiate));
  WebAssembly.instantiate = async (...args) => {
    const instance = await instantiate(...args);
    memories.push(new WeakRef(instance.exports.mem));
    return instance;
  };
  const kept = [];
  for (let i = 0; i < 20; i++) {
    const engine = await postil.loadEngine({ wasm: module });
    const p = engine.open(index);
    assert.equal(p.annotate("The CMA looked at AGI.").annotations.length, 2);
    engine.dispose();
    kept.push(engine, p);
  }
  assert.equal(memories.length, 20);
  const left = () => memories.filter((memory) => memory.deref()).length;
  // Until the next turn what a WeakRef was made of stays, and while V8 compiles in another thread what that is about.
  for (let turn = 0; turn == 0 || (left() && turn < 50); turn++) {
    await new Promise(setImmediate);
    gc();
  }
  assert.equal(left(), 0);
  for (const { memory } of kept) assert.equal(memory, 0);
});

test("opening and closing indexes does not grow the memory", async () => {
  const engine = await postil.loadEngine({ wasm: module });
  const cycle = () => {
    for (let i = 0; i < 15; i++) {
      const p = engine.open(index);
      p.annotate("The CMA looked at AGI.");
      p.search("merger");
      p.dispose();
    }
  };
  cycle();
  const { memory } = engine;
  cycle();
  cycle();
  assert.equal(engine.memory, memory);
  engine.dispose();
});
