// Runs a program until it waits, and writes what it has come to: a line of JSON,
// then its memory. The program exports its globals by the names global0 and so on.
//
//   node capture.mjs PROGRAM > OUT
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const program = process.argv[2];

/** Objects that stand for others until the program is restored. */
const named = (...names) => Object.fromEntries(names.map((name) => [name, () => fail(`${name} is used before the program waits`)]));

function fail(why) {
  throw new Error(`the program cannot be started when it is built: ${why}`);
}

/** All that a program may see of JavaScript before it waits, of which it may keep objects. */
const scope = {
  Object,
  Array,
  Uint8Array,
  Date,
  ...named("Promise", "Request", "Response", "Headers", "Uint8ClampedArray", "Error", "ReadableStream", "FixedLengthStream", "fetch"),
  context: { binding: {} },
  fs: { constants: { O_WRONLY: -1, O_RDWR: -1, O_CREAT: -1, O_TRUNC: -1, O_APPEND: -1, O_EXCL: -1, O_DIRECTORY: -1 } },
  process: {},
  path: {},
};
// What wasm_exec.js itself asks for. Time stands still and nothing is random, so
// that the same program comes to the same.
const support = {
  crypto: { getRandomValues: (bytes) => bytes.map((_, i) => (bytes[i] = i + 1)) },
  performance: { now: () => 0 },
  TextEncoder,
  TextDecoder,
};

/** Go's own JavaScript, with other globals than ours. */
function goClass() {
  const goroot = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
  const source = readFileSync(join(goroot, "lib/wasm/wasm_exec.js"), "utf8");
  const seen = new Proxy({ ...scope, ...support }, {
    get: (object, name) => (name in object || name === "Go" || typeof name === "symbol" ? object[name] : fail(`it asks for ${name}: say in capture.mjs what that is`)),
  });
  const fs = { writeSync: (_, bytes) => (process.stderr.write(bytes), bytes.length) };
  return new Function("globalThis", "fs", "crypto", "performance", "Date", "setTimeout", `${source}\nreturn globalThis.Go;`)(
    seen, fs, support.crypto, support.performance, { now: () => 1 }, () => fail("it waits for a time"),
  );
}

const go = new (goClass())();
go.exit = (code) => fail(`it exits with code ${code}`);
const wrapped = new Map(); // functions of the program to their ids
const wrap = go._makeFuncWrapper;
go._makeFuncWrapper = (id) => {
  const f = wrap.call(go, id);
  wrapped.set(f, id);
  return f;
};

const imports = { ...go.importObject, workers: { ready: () => fail("it is ready to serve") } };
const instance = await WebAssembly.instantiate(await WebAssembly.compile(readFileSync(program)), imports);
go.run(instance).catch((error) => fail(error.stack));
if (go.exited) fail("it has ended");
if (go._idPool.length > 0) fail("it has let go of objects");

/** How restore.mjs finds an object again: by the names that lead to it, or as a function of the program. */
function describe(value) {
  if (wrapped.has(value)) return wrapped.get(value);
  const [outer] = Object.entries(scope).find(([, v]) => v === value) ?? [];
  if (outer) return [outer];
  for (const [name, object] of Object.entries(scope)) {
    const [inner] = Object.entries(object).find(([, v]) => v === value) ?? [];
    if (inner) return [name, inner];
  }
  fail(`it keeps a ${typeof value} that nothing leads to: ${value}`);
}

const first = 7; // before it are those that wasm_exec.js gives every program
const objects = {
  values: go._values.slice(first).map(describe),
  counts: go._goRefCounts.slice(first),
  binding: Object.fromEntries(Object.entries(scope.context.binding).map(([name, f]) => [name, go._values.indexOf(f)])),
};
const globals = Object.values(instance.exports).filter((x) => x instanceof WebAssembly.Global).map((x) => String(x.value));
const state = { globals, objects };
process.stdout.write(JSON.stringify(state) + "\n");
process.stdout.write(new Uint8Array(instance.exports.mem.buffer));
