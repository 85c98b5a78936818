// The examples as a publisher would run them, in a browser.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Miniflare } from "miniflare";
import { card, event, marks, setUp } from "./helpers/lab.mjs";

const examples = fileURLToPath(new URL("../../examples/", import.meta.url));
const plain = await readFile(examples + "html/index.html", "utf8");
const lab = setUp({ "html.html": plain.replace("https://glossary.example.org", "{{BASE}}") });

const article = `<!doctype html><html lang="en"><head><title>Chips</title><link rel="icon" href="data:,"></head><body><article>
<p>The graphics processing unit came to artificial intelligence by accident.</p></article></body></html>`;

test("html: terms are marked and open a card", async () => {
  const page = await lab.open("html.html");
  await marks(page, "gpu").first().click();
  await event(page, "open");
  assert.match(await card(page).textContent(), /graphics processing unit/i);
});

/** A site of one page and one text, with the example's worker in front, until the test ends. */
async function startWorker(t) {
  const origin = createServer((request, response) => {
    const html = request.url == "/";
    response.writeHead(200, { "content-type": html ? "text/html; charset=utf-8" : "text/plain" });
    response.end(html ? article : "<head></head>");
  });
  await new Promise((resolve) => origin.listen(0, "127.0.0.1", resolve));
  t.after(() => origin.close());
  const worker = new Miniflare({
    modules: true,
    modulesRoot: examples,
    scriptPath: examples + "cloudflare-worker/worker.mjs",
    compatibilityDate: "2025-01-01",
    bindings: { POSTIL: lab.base },
    upstream: `http://127.0.0.1:${origin.address().port}`,
  });
  t.after(() => worker.dispose());
  return worker.ready;
}

test("cloudflare-worker: a page gets the tag, and its terms are marked", async (t) => {
  const url = await startWorker(t);
  const page = await lab.open("/404", { annotated: false });
  page.messages.length = 0;
  await page.goto(url.href);
  await event(page, "annotated");
  assert.equal(await page.locator("head > script").getAttribute("src"), lab.base + "/embed.js");
  assert.ok((await marks(page).count()) > 0);
  assert.deepEqual(page.messages, []);
});

test("cloudflare-worker: what is no page stays as it is", async (t) => {
  const response = await fetch(new URL("/notes.txt", await startWorker(t)));
  assert.equal(await response.text(), "<head></head>");
});
