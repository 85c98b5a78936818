// Going elsewhere, marking, opening and destroying, over and over: nothing grows.
// SOAK sets the number of rounds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { onlyChromium, setUp } from "./helpers/lab.mjs";

const rounds = Number(process.env.SOAK ?? 60);
const lab = setUp();

/** Runs in the page before its scripts: counts observers that are at work. */
function countObservers() {
  window.observers = 0;
  const { observe, disconnect } = MutationObserver.prototype;
  const active = new WeakSet();
  MutationObserver.prototype.observe = function (...rest) {
    if (!active.has(this)) window.observers++;
    active.add(this);
    return observe.apply(this, rest);
  };
  MutationObserver.prototype.disconnect = function () {
    if (active.delete(this)) window.observers--;
    return disconnect.call(this);
  };
}

/** Runs in the page: one round after another. */
async function run([endpoint, first, count]) {
  const { start } = await import(endpoint + "/embed.mjs");
  const once = (name) => new Promise((done) => addEventListener("postil:" + name, done, { once: true }));
  const texts = ["OpenAI wants artificial general intelligence, and buys GPUs.", "Microsoft sells compute, and antitrust regulators took note."];
  for (let i = first; i < first + count; i++) {
    go(`/round-${i}`, texts[i % 2]);
    const annotated = once("annotated");
    const page = start({ endpoint, mode: i % 4 == 3 ? "highlight" : "element" });
    await annotated;
    const opened = once("open");
    const mark = document.querySelector("[data-postil]") ?? [...document.documentElement.children].at(-1).shadowRoot.querySelector("[data-postil]");
    mark.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true }));
    await opened;
    page.destroy();
  }
  window.log.events.length = 0;
  performance.clearResourceTimings();
}

/** Runs in the page: goes from page to page under one Postil, which goes on. */
async function wander([first, count]) {
  const once = (name) => new Promise((done) => addEventListener("postil:" + name, done, { once: true }));
  for (let i = first; i < first + count; i++) {
    const annotated = once("annotated");
    go(`/wander-${i}`, `Page ${i}: OpenAI wants artificial general intelligence, and buys GPUs.`);
    await annotated;
    const opened = once("open");
    document.querySelector("[data-postil]").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true }));
    await opened;
    const closed = once("close");
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    await closed;
  }
  window.log.events.length = 0;
  performance.clearResourceTimings();
}

async function measure(page, client) {
  // What a round leaves to later turns of the event loop is gone after them.
  for (let i = 0; i < 4; i++) {
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    await client.send("HeapProfiler.collectGarbage");
  }
  const { metrics } = await client.send("Performance.getMetrics");
  const of = (wanted) => metrics.find(({ name }) => name == wanted).value;
  return {
    listeners: of("JSEventListeners"),
    nodes: of("Nodes"),
    heap: of("JSHeapUsedSize"),
    observers: await page.evaluate(() => window.observers),
    sheets: await page.evaluate(() => document.adoptedStyleSheets.length),
  };
}

test(`${rounds} rounds of going elsewhere, marking, opening and destroying leave nothing behind`, onlyChromium("its driver counts nodes and listeners"), async (t) => {
  const page = await lab.open("soak.html", { annotated: false, scripts: [countObservers] });
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable");
  await page.evaluate(run, [lab.base, 0, 20]);
  const before = await measure(page, client);
  for (let done = 0; done < rounds; done += 20) await page.evaluate(run, [lab.base, 20 + done, Math.min(20, rounds - done)]);
  const after = await measure(page, client);
  t.diagnostic(JSON.stringify({ before, after }));
  const { heap: heapBefore, ...countsBefore } = before;
  const { heap: heapAfter, ...countsAfter } = after;
  assert.deepEqual(countsAfter, countsBefore);
  assert.ok(heapAfter < heapBefore * 1.1 + 200_000, `the heap grew from ${heapBefore} to ${heapAfter} bytes`);
});

test("a page that goes elsewhere by itself and is never destroyed keeps nothing of what it left", onlyChromium("its driver counts nodes and listeners"), async (t) => {
  const page = await lab.open("spa.html", { scripts: [countObservers] });
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable");
  await page.evaluate(wander, [0, 10]);
  const before = await measure(page, client);
  await page.evaluate(wander, [10, 30]);
  const after = await measure(page, client);
  t.diagnostic(JSON.stringify({ before, after }));
  assert.ok(after.nodes <= before.nodes + 5, JSON.stringify({ before, after }));
  assert.equal(after.listeners, before.listeners);
  assert.equal(after.observers, before.observers);
});
