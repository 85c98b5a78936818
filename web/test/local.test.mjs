// data-engine=local: the text is annotated in the page and goes nowhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { card, event, marks, onlyChromium, said, setUp } from "./helpers/lab.mjs";

const article = "<article><p>The CMA looked at AGI and at who controls the TPUs.</p><p>Nobody spoke of a GPU.</p></article>";

/** A page whose script tag has some attributes, under a policy. */
function page(attributes, policy) {
  const header = policy ? `<!-- Content-Security-Policy: ${policy} -->\n` : "";
  return `${header}<!doctype html><html lang="en"><title>Local</title>${article}<script async src="{{BASE}}/embed.js" ${attributes}></script></html>`;
}

const scripts = "script-src {{BASE}}";
const lab = setUp({
  "remote.html": page(""),
  "local.html": page('data-engine="local"'),
  "section.html": page('data-engine="local" data-occurrences="section" data-min-score="0.1" data-exclude="cma,tpu"'),
  "blocked.html": page('data-engine="local"', scripts),
  "allowed.html": page('data-engine="local" data-fallback="endpoint"', scripts),
  "in-page.html": page('data-engine="local"', `${scripts} 'wasm-unsafe-eval'; worker-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'`),
  "no-term.html": page('data-engine="local" data-terms="nope"'),
  "no-index.html": page('data-engine="local" data-index="nothing.postil"'),
});

/** Opens a page and records what it asks for. */
async function open(name, options = {}) {
  const requests = [];
  const tab = await lab.open(name, {
    ...options,
    async prepare(page) {
      // The context's, since a Worker's are not the page's.
      page.context().on("request", (request) => requests.push({ url: request.url(), body: request.postData() ?? "" }));
      await options.prepare?.(page);
    },
  });
  const asked = () => requests.filter(({ url, body }) => /\/v1\/annotate/.test(url) || /CMA|AGI/.test(url + body));
  return { tab, asked, requests };
}

const marked = (tab) => marks(tab).evaluateAll((all) => all.map((mark) => [mark.dataset.postil, mark.textContent]));

test("marks what the endpoint would, in a Worker, and no text leaves the page", async () => {
  const remote = await open("remote.html");
  assert.equal(remote.asked().length, 1, "the test sees what is sent");
  const { tab, asked } = await open("local.html");
  assert.deepEqual(await marked(tab), await marked(remote.tab));
  assert.ok((await marked(tab)).length >= 3);
  assert.deepEqual(asked(), []);
  assert.equal(tab.workers().length, 1);
  assert.deepEqual(await said(tab), []);

  await marks(tab, "cma").hover();
  await card(tab).waitFor();
  assert.match(await card(tab).innerText(), /Competition and Markets Authority/);
  assert.deepEqual(asked(), []);
});

test("nothing of the engine is fetched before the page has been loaded", async () => {
  const { tab } = await open("local.html");
  const times = await tab.evaluate(() => ({
    loaded: performance.getEntriesByType("navigation")[0].loadEventStart,
    engine: performance.getEntriesByType("resource").filter(({ name }) => name.includes("/embed/local/")).map(({ startTime }) => startTime),
  }));
  assert.ok(times.engine.length > 0);
  for (const start of times.engine) assert.ok(start >= times.loaded, `${start} < ${times.loaded}`);
});

test("module and index are kept for ever", async () => {
  const { requests } = await open("local.html");
  const files = [...new Set(requests.map(({ url }) => url))].filter((url) => /\/embed\/local\/.*\.(wasm|postil|js)$/.test(url));
  assert.deepEqual(files.map((url) => url.split(".").at(-1)).sort(), ["js", "postil", "wasm"]);
  for (const url of files) {
    const { headers } = await fetch(url);
    assert.match(headers.get("cache-control"), /immutable/);
    assert.equal(headers.get("access-control-allow-origin"), "*");
  }
});

test("options mean what they mean to the endpoint", async () => {
  const { tab, asked } = await open("section.html");
  const terms = (await marked(tab)).map(([term]) => term);
  assert.ok(terms.includes("agi") && !terms.includes("cma") && !terms.includes("tpu"), terms.join());
  assert.deepEqual(asked(), []);
});

test("a policy that forbids WebAssembly: one event and one line that say so, and nothing is sent", async () => {
  const { tab, asked } = await open("blocked.html", { annotated: false });
  const { error } = await event(tab, "error");
  assert.match(error, /wasm-unsafe-eval/);
  assert.equal((await said(tab)).length, 1);
  assert.equal(await marks(tab).count(), 0);
  assert.deepEqual(asked(), []);
});

test("if the publisher allows it, the endpoint is asked instead", async () => {
  const { tab, asked } = await open("allowed.html");
  assert.ok((await marks(tab).count()) >= 3);
  assert.equal(asked().length, 1);
  assert.deepEqual(await said(tab), []);
});

test("without a Worker it runs in the page, under Trusted Types as well", async () => {
  const { tab, asked } = await open("in-page.html");
  assert.ok((await marks(tab).count()) >= 3);
  assert.equal(tab.workers().length, 0);
  assert.deepEqual(asked(), []);
});

test("readers who save data are spared the engine", async () => {
  const prepare = (page) => page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
  const { tab, requests } = await open("local.html", { annotated: false, prepare });
  await event(tab, "error");
  assert.deepEqual(requests.filter(({ url }) => url.includes("/embed/local/")), []);
  const allowed = await open("allowed.html", { prepare });
  assert.ok((await marks(allowed.tab).count()) >= 3);
  assert.deepEqual(allowed.requests.filter(({ url }) => url.includes("/embed/local/")), []);
});

test("an index that is not there: one event, and nothing is sent", async () => {
  const { tab, asked } = await open("no-index.html", { annotated: false });
  const { error } = await event(tab, "error");
  assert.match(error, /404/);
  assert.equal(await marks(tab).count(), 0);
  assert.deepEqual(asked(), []);
});

test("what is added later is annotated by the same instance, and destroy ends it", async () => {
  const { tab } = await open("local.html");
  await tab.evaluate(async () => {
    document.querySelector("article").insertAdjacentHTML("beforeend", "<p>A graphics processing unit and machine learning.</p>");
    await window.postil.refresh();
  });
  await event(tab, "annotated", 2);
  assert.ok((await marks(tab, "machine-learning").count()) + (await marks(tab, "ml").count()) >= 1, JSON.stringify(await marked(tab)));
  assert.equal(tab.workers().length, 1);
  const [worker] = tab.workers();
  const closed = worker.waitForEvent("close");
  await tab.evaluate(() => window.postil.destroy());
  await closed;
  assert.equal(await marks(tab).count(), 0);
});

test("a wrong option is named each time, by the one engine that there is", async () => {
  const { tab } = await open("no-term.html", { annotated: false });
  const { error } = await event(tab, "error");
  assert.match(error, /nope/);
  for (let count = 2; count <= 6; count++) {
    await tab.evaluate(() => window.postil.refresh());
    await event(tab, "error", count);
  }
  assert.equal(tab.workers().length, 1);
  assert.equal((await said(tab)).length, 1);
});

test("an engine that has broken down is ended, and begun again with the next text", onlyChromium("its driver runs scripts in Workers"), async () => {
  const { tab } = await open("local.html");
  const [broken] = tab.workers();
  const closed = broken.waitForEvent("close");
  await broken.evaluate(() => void setTimeout(() => { throw new Error("broken"); }));
  await tab.evaluate(async () => {
    while (!window.log.events.some(({ name }) => name == "error")) await window.postil.refresh();
  });
  await closed;
  const before = await tab.evaluate(() => window.log.events.filter(({ name }) => name == "annotated").length);
  await tab.evaluate(() => window.postil.refresh());
  await event(tab, "annotated", before + 1);
  assert.equal(tab.workers().length, 1);
  assert.notEqual(tab.workers()[0], broken);
});
