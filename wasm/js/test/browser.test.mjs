// The package in Chromium: in the page, in a Worker, in a Service Worker, and
// where the page's policy forbids WebAssembly.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { findChromium, flags } from "../../../web/test/helpers/chromium.mjs";
import { dist, index, serve } from "./helpers.mjs";

const page = "<!doctype html><title>Test</title>";
let server, browser;

before(async () => {
  server = await serve({
    "/": page,
    "/alone/index.js": readFileSync(join(dist, "index.js")),
    "/asking.js": `import { connect } from "/dist/index.js";
self.addEventListener("message", async ({ data: { port, index } }) => {
  const postil = await connect({ worker: port, wasm: "../dist/annotate.wasm", index });
  self.postMessage((await postil.annotate("AGI")).annotations.map(({ term }) => term));
});`,
    "/deep/er/": page,
    "/strict": (_, response) => policy(response, "script-src 'self' 'unsafe-inline'"),
    "/allowed": (_, response) => policy(response, "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; worker-src 'self'; require-trusted-types-for 'script'"),
    "/service.js": `import { load } from "/dist/index.js";
let postil;
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(clients.claim()));
self.addEventListener("fetch", (event) => {
  if (new URL(event.request.url).pathname != "/annotate") return;
  event.respondWith((async () => {
    postil ??= load({ wasm: "/dist/annotate.wasm", index: "/site.postil" });
    return Response.json((await postil).annotate(await event.request.text()));
  })());
});`,
  });
  browser = await chromium.launch({ executablePath: findChromium(), args: flags });
});
after(async () => {
  await browser?.close();
  server?.stop();
});

function policy(response, value) {
  response.writeHead(200, { "content-type": "text/html", "content-security-policy": value }).end(page);
}

async function open(path = "/") {
  const tab = await browser.newPage();
  await tab.goto(server.url + path);
  return tab;
}

test("in a page: streams, reports progress, and many instances share it", async () => {
  const tab = await open();
  const seen = await tab.evaluate(async (size) => {
    const { load, compileModule } = await import("/dist/index.js");
    const before = Object.getOwnPropertyNames(globalThis).length;
    const progress = [];
    const first = await load({ index: "/site.postil", onProgress: (p) => progress.push(p) });
    const wasm = await compileModule({ wasm: "/dist/annotate.wasm" });
    const others = await Promise.all([1, 2, 3].map(() => load({ wasm, index: "/site.postil" })));
    const answers = [first, ...others].map((p) => JSON.stringify(p.annotate("The CMA looked at AGI. 🙂 AGI")));
    first.dispose();
    return {
      same: new Set(answers).size,
      starts: JSON.parse(answers[0]).annotations.map(({ start }) => start),
      done: ["wasm", "index"].map((of) => progress.filter((p) => p.of == of).at(-1)).every(({ loaded, total }) => loaded == total),
      index: progress.some((p) => p.of == "index" && p.loaded == size),
      after: others[2].annotate("AGI").annotations.length,
      globals: Object.getOwnPropertyNames(globalThis).length - before,
    };
  }, index.length);
  assert.deepEqual(seen, { same: 1, starts: [4, 18, 26], done: true, index: true, after: 1, globals: 0 });
  await tab.close();
});

test("in a Worker of its own, with and without a Content-Security-Policy", async () => {
  for (const path of ["/", "/allowed"]) {
    const tab = await open(path);
    const seen = await tab.evaluate(async () => {
      const { connect } = await import("/dist/index.js");
      const worker = new Worker(
        window.trustedTypes ? trustedTypes.createPolicy("test", { createScriptURL: (url) => url }).createScriptURL("/dist/worker.js") : "/dist/worker.js",
        { type: "module" },
      );
      const index = await (await fetch("/site.postil")).arrayBuffer();
      const postil = await connect({ worker, wasm: "/dist/annotate.wasm", index });
      const answers = await Promise.all(["AGI", "a CMA"].map((text) => postil.annotate(text)));
      const failed = await postil.annotate("", { overlaps: "some" }).catch((error) => error.code);
      postil.dispose();
      const late = await postil.annotate("").catch((error) => error.code);
      worker.terminate();
      return [index.byteLength, answers.map(({ annotations }) => annotations[0].term), failed, late];
    });
    assert.deepEqual(seen, [0, ["agi", "cma"], "bad-option", "disposed"]);
    await tab.close();
  }
});

test("connect() starts a Worker by itself, and tells of one that cannot start", async () => {
  const tab = await open();
  const seen = await tab.evaluate(async () => {
    const { connect } = await import("/dist/index.js");
    const postil = await connect({ index: "/site.postil" });
    const [{ term }] = (await postil.annotate("AGI")).annotations;
    postil.dispose();
    const none = await connect({ worker: new Worker("/nothing.js", { type: "module" }), index: "/site.postil" }).catch((error) => [error.name, error.code]);
    // The package's script where none lies beside it.
    const alone = await import("/alone/index.js");
    const missing = await alone.connect({ index: "/site.postil" }).catch((error) => [error.name, error.code]);
    return [term, none, missing];
  });
  assert.deepEqual(seen, ["agi", ["LoadError", "crashed"], ["LoadError", "fetch-failed"]]);
  await tab.close();
});

test("in a Worker, addresses are relative to its script, and another Worker can be given", async () => {
  const tab = await open("/deep/er/");
  const terms = await tab.evaluate(async () => {
    const serving = new Worker(URL.createObjectURL(new Blob([`
      import { serve } from "${location.origin}/dist/worker.js";
      self.addEventListener("message", ({ data }) => data.port && serve(data.port));
      self.postMessage("ready");`], { type: "text/javascript" })), { type: "module" });
    await new Promise((done) => serving.addEventListener("message", done, { once: true }));
    const asking = new Worker("/asking.js", { type: "module" });
    const { port1, port2 } = new MessageChannel();
    serving.postMessage({ port: port1 }, [port1]);
    const answer = new Promise((done) => asking.addEventListener("message", ({ data }) => done(data), { once: true }));
    asking.postMessage({ port: port2, index: "site.postil" }, [port2]);
    return answer;
  });
  assert.deepEqual(terms, ["agi"]);
  await tab.close();
});

test("a Worker that is given twice answers both, and again when both have ended", async () => {
  const tab = await open();
  const seen = await tab.evaluate(async () => {
    const { connect } = await import("/dist/index.js");
    const worker = new Worker("/dist/worker.js", { type: "module" });
    const options = { worker, wasm: "/dist/annotate.wasm", index: "/site.postil" };
    const starts = async (postil, text) => (await postil.annotate(text)).annotations[0].start;
    const [one, two] = await Promise.all([connect(options), connect(options)]);
    const both = await Promise.all([starts(one, "AGI"), starts(two, " AGI")]);
    one.dispose();
    const other = await starts(two, "  AGI");
    two.dispose();
    const again = await starts(await connect(options), "   AGI");
    return [...both, other, again];
  });
  assert.deepEqual(seen, [0, 1, 2, 3]);
  await tab.close();
});

test("in a Service Worker", async () => {
  const tab = await open();
  const terms = await tab.evaluate(async () => {
    await navigator.serviceWorker.register("/service.js", { type: "module" });
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
    const answer = await fetch("/annotate", { method: "POST", body: "The CMA looked at AGI." });
    return (await answer.json()).annotations.map(({ term }) => term);
  });
  assert.deepEqual(terms, ["cma", "agi"]);
  await tab.close();
});

test("a policy without wasm-unsafe-eval is an error that says so", async () => {
  const tab = await open("/strict");
  const seen = await tab.evaluate(async () => {
    const { load } = await import("/dist/index.js");
    return load({ index: "/site.postil" }).then(
      () => "loaded",
      ({ name, code, message }) => [name, code, message],
    );
  });
  assert.deepEqual(seen.slice(0, 2), ["LoadError", "blocked"]);
  assert.match(seen[2], /wasm-unsafe-eval/);
  await tab.close();
});

test("loading can be given up while it streams, and an error of onProgress does so", async () => {
  const tab = await open();
  const seen = await tab.evaluate(async () => {
    const { load } = await import("/dist/index.js");
    const said = (options) => load(options).catch((error) => error);
    const controller = new AbortController();
    const seen = [await said({ index: "/site.postil", signal: controller.signal, onProgress: () => controller.abort("enough") })];
    for (const of of ["index", "wasm"]) {
      const stalled = new Response(new ReadableStream({ start: (body) => body.enqueue(new Uint8Array(9)), cancel: (reason) => seen.push(reason) }), {
        headers: { "content-type": "application/wasm" },
      });
      const controller = new AbortController();
      const options = { index: "/site.postil", [of]: stalled, signal: controller.signal };
      seen.push(await said({ ...options, onProgress: (progress) => progress.of == of && controller.abort(of) }));
      const onProgress = (progress) => {
        if (progress.of == of) throw "mine";
      };
      seen.push(await said({ index: "/site.postil", onProgress }));
    }
    return seen;
  });
  assert.deepEqual(seen, ["enough", "index", "index", "mine", "wasm", "wasm", "mine"]);
  await tab.close();
});
