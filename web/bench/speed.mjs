// Speed of the embed script in Chromium at a quarter of the machine's speed, on
// an article of 20,000 words and 500 mentions, beside mark.js on the same words.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { findWholeChromium, flags } from "../test/helpers/chromium.mjs";
import { startHost } from "../test/helpers/host.mjs";
import { startPostil } from "../test/helpers/server.mjs";
import { article } from "./article.mjs";
import { figures, trace } from "./trace.mjs";

const markJs = await readFile(createRequire(import.meta.url).resolve("mark.js/dist/mark.min.js"), "utf8");

/** Runs in the page: starts Postil and settles when it has marked all. */
const annotate = (src) =>
  new Promise((done) => {
    addEventListener("postil:annotated", ({ detail }) => requestAnimationFrame(() => setTimeout(done, 0, detail.count)));
    const tag = Object.assign(document.createElement("script"), { src });
    tag.dataset.occurrences = "all";
    document.head.append(tag);
  });

/** Runs in the page: lets mark.js mark the same words. */
const rival = (words) =>
  new Promise((done) => {
    setTimeout(() => {
      let count = 0;
      const finish = () => requestAnimationFrame(() => setTimeout(done, 0, count));
      new Mark(document.querySelector("article")).mark(words, { separateWordSearch: false, accuracy: "exactly", each: () => count++, done: finish });
    });
  });

const marked = () => [...new Set([...document.querySelectorAll("[data-postil]")].map(({ textContent }) => textContent))];

/** Runs in the page: opens a card by the keyboard and settles when it has been painted. */
const open = () =>
  new Promise((done) => {
    const mark = document.querySelector("[data-postil]");
    const start = performance.now();
    addEventListener("postil:open", () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))), { once: true });
    mark.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true }));
  });

const watchShifts = () => {
  window.shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (window.shift += value))).observe({ type: "layout-shift", buffered: true });
};

/** Measures once; all times are milliseconds at a quarter of the machine's speed. */
export async function measure({ words = 20_000, mentions = 500, rate = 4, compare = true } = {}) {
  const postil = await startPostil();
  const labels = await findLabels(postil.url);
  const host = await startHost(postil.url, { "long.html": article(labels, words, mentions) });
  const browser = await chromium.launch({ executablePath: findWholeChromium(), args: flags });
  const visit = async (prepare) => {
    const page = await browser.newPage();
    await page.addInitScript(watchShifts);
    await page.goto(host.url + "/long.html");
    await prepare?.(page);
    const client = await page.context().newCDPSession(page);
    await client.send("Emulation.setCPUThrottlingRate", { rate });
    return { page, client };
  };
  try {
    const { page, client } = await visit();
    const ours = await trace(client, () => page.evaluate(annotate, postil.url + "/embed.js"));
    const exact = await page.evaluate(marked);
    await page.evaluate(open);
    await page.keyboard.press("Escape");
    const opening = await page.evaluate(open);
    const shift = await page.evaluate(() => window.shift);
    const result = { words, mentions: ours.result, forms: exact.length, shift, opening, postil: figures(ours.events) };
    if (compare) {
      const other = await visit((page) => page.evaluate(markJs));
      const theirs = await trace(other.client, () => other.page.evaluate(rival, exact));
      Object.assign(result, { rivalMentions: theirs.result, markJs: figures(theirs.events) });
    }
    return result;
  } finally {
    await browser.close();
    host.stop();
    postil.stop();
  }
}

/** Labels that are never ambiguous: several words, each a mention wherever it stands. */
async function findLabels(url) {
  const { terms } = await (await fetch(url + "/v1/terms?limit=500")).json();
  return terms.map(({ label }) => label).filter((label) => /^[\w-]+( [\w-]+)+$/.test(label));
}

if (import.meta.filename == process.argv[1]) console.log(JSON.stringify(await measure(), null, 2));
