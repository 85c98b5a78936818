// Pages that change, that are in parts, or that are written in other ways.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { card, closed, event, filled, marks, said, setUp, spy } from "./helpers/lab.mjs";

const folder = (process.env.POSTIL_SITE ?? fileURLToPath(new URL("../../build/web", import.meta.url))) + "/embed/";
const fixed = readdirSync(folder).find((name) => /^embed-\w+\.js$/.test(name));
const hash = createHash("sha384").update(readFileSync(folder + fixed)).digest("base64");
const pinned = (integrity) => `<!doctype html>
<html lang="en"><title>One version for good</title>
<script async src="{{BASE}}/embed/${fixed}" integrity="sha384-${integrity}" crossorigin="anonymous"></script>
<article><p>OpenAI wants artificial general intelligence, and buys GPUs.</p></article></html>`;

const lab = setUp({ "pinned.html": pinned(hash), "forged.html": pinned(hash.replace(/^./, (first) => (first == "A" ? "B" : "A"))) });

/** Waits until there are as many marks of a term. */
const marked = (page, term, count = 1) =>
  page.waitForFunction(([term, count]) => document.querySelectorAll(`[data-postil="${term}"]`).length == count, [term, count]);

test("what comes late is marked by itself, and only it is asked about", async () => {
  const page = await lab.open("late.html", { scripts: [spy] });
  await page.evaluate(() => {
    const late = document.createElement("p");
    late.id = "late";
    late.textContent = "OpenAI meets antitrust law, and antitrust regulators meet Microsoft.";
    document.querySelector("article").append(late);
  });
  await event(page, "annotated", 2);
  assert.equal(await page.locator("#late [data-postil=openai]").count(), 0);
  assert.equal(await page.locator("#late [data-postil=microsoft]").count(), 1);
  const asked = await page.evaluate(() => window.asked);
  assert.equal(asked.length, 2);
  assert.match(asked[1], /^OpenAI meets antitrust law[^]*Microsoft\.\s*$/);
});

test("many late changes are asked about together", async () => {
  const page = await lab.open("late.html", { scripts: [spy] });
  await page.evaluate(() => {
    for (const name of ["Microsoft", "NVIDIA", "Anthropic"]) {
      const late = document.createElement("p");
      late.textContent = `The company ${name} came late.`;
      document.querySelector("article").append(late);
    }
  });
  await marked(page, "anthropic");
  assert.equal((await page.evaluate(() => window.asked)).length, 2);
});

test("what comes late outside the article is left alone", async () => {
  const page = await lab.open("late.html", { scripts: [spy] });
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement("p"), { id: "outside", textContent: "Microsoft came late." }));
    document.querySelector("article").append(Object.assign(document.createElement("p"), { textContent: "NVIDIA came late." }));
  });
  await marked(page, "nvidia");
  assert.equal(await page.locator("#outside [data-postil]").count(), 0);
});

test("a page that goes elsewhere by itself is marked anew, and an open card closes", async () => {
  const page = await lab.open("spa.html");
  await marks(page, "openai").click();
  await event(page, "open");
  await page.evaluate(() => go("/elsewhere", "Microsoft sells OpenAI compute."));
  await marked(page, "microsoft");
  await event(page, "annotated", 2);
  await closed(page);
  assert.equal(await marks(page, "openai").count(), 1);
  assert.equal(await page.locator("[data-postil=openai][tabindex='0']").count(), 1);
  await page.evaluate(() => go("/further", "OpenAI again, and antitrust."));
  await marked(page, "antitrust");
  await event(page, "annotated", 3);
  assert.equal(await marks(page, "openai").count(), 1);
});

test("a page left and come back to is as it was", async () => {
  const page = await lab.open("plain.html");
  const before = await marks(page).count();
  await page.goto(lab.host.url + "/framed.html");
  await page.goBack();
  await page.waitForFunction((count) => document.querySelectorAll("[data-postil]").length == count, before);
  await marks(page, "antitrust").click();
  await card(page).waitFor();
  assert.equal(await card(page).count(), 1);
});

test("an article in a shadow root is marked on request, and its cards open", async () => {
  const page = await lab.open("shadow.html");
  const mark = marks(page, "openai");
  assert.equal(await mark.count(), 1);
  assert.equal(await mark.evaluate((element) => getComputedStyle(element).textDecorationStyle), "dotted");
  await mark.hover();
  assert.equal((await event(page, "open")).term, "openai");
  await page.evaluate(() => {
    const article = document.querySelector("#host").shadowRoot.firstChild;
    article.append(Object.assign(document.createElement("p"), { textContent: "Antitrust came late." }));
  });
  await marks(page, "antitrust").waitFor();
  await page.evaluate(() => window.postil.destroy());
  assert.equal(await marks(page).count(), 0);
  assert.equal(await page.evaluate(() => document.querySelector("#host").shadowRoot.adoptedStyleSheets.length), 0);
});

test("what shadow roots hold that come late is marked, and what comes into them later still", async () => {
  const tab = await lab.open("components.html");
  await tab.locator("[data-postil=microsoft]").hover();
  await event(tab, "open");
  await filled(tab);
  await tab.evaluate(() => {
    customElements.define(
      "late-article",
      class extends HTMLElement {
        async connectedCallback() {
          const root = this.attachShadow({ mode: "open" });
          root.append(Object.assign(document.createElement("p"), { textContent: "OpenAI in the shadow." }));
          await 0;
          root.append(Object.assign(document.createElement("p"), { textContent: "Antitrust, too." }));
        }
      },
    );
  });
  await marks(tab, "openai").waitFor();
  await marks(tab, "antitrust").waitFor();
  await tab.evaluate(() => {
    const host = document.createElement("div");
    host.attachShadow({ mode: "open" }).innerHTML = "<p>A GPU in another.</p>";
    document.body.append(host);
    window.other = host.shadowRoot;
  });
  await marks(tab, "gpu").waitFor();
  await tab.evaluate(() => window.other.firstChild.insertAdjacentHTML("afterend", "<p>NVIDIA came last.</p>"));
  await marks(tab, "nvidia").waitFor();
  assert.equal(await card(tab).locator("[data-postil]").count(), 0);
  await tab.evaluate(() => window.postil.destroy());
  assert.equal(await marks(tab).count(), 0);
  assert.deepEqual(await said(tab), []);
});

test("frames of the page's own origin are marked on request", async () => {
  const page = await lab.open("frames.html");
  const inside = () => page.evaluate(() => document.querySelector("iframe").contentDocument.querySelectorAll("[data-postil=openai]").length);
  await page.waitForFunction(() => document.querySelector("iframe").contentDocument.querySelector("[data-postil=openai]"));
  assert.equal(await inside(), 1);
  await page.evaluate(() => window.postil.destroy());
  await page.waitForFunction(() => !document.querySelector("iframe").contentDocument.querySelector("[data-postil]"));
});

test("a page that a script writes is marked, and marked again when it is written anew", async () => {
  const page = await lab.open("written.html");
  assert.equal(await marks(page, "openai").count(), 1);
  await page.evaluate(() => rewrite());
  await marked(page, "antitrust");
  await marks(page, "antitrust").click();
  await card(page).waitFor();
  assert.deepEqual(await said(page), []);
});

test("as a module, with options as an object", async () => {
  const page = await lab.open("module.html");
  assert.equal(await marks(page, "openai").count(), 1);
  assert.equal(await marks(page, "microsoft").count(), 0);
  await page.evaluate(() => window.page.destroy());
  assert.equal(await marks(page).count(), 0);
});

test("a site of its own is asked where the tag names one", async () => {
  const page = await lab.open("site.html", { annotated: false });
  await event(page, "error");
  const asked = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname));
  assert.ok(asked.includes("/s/no-such-site/v1/annotate"), asked.join(" "));
  assert.equal((await said(page)).length, 1);
});

test("a version's own address works with its hash, and not with another", async () => {
  const page = await lab.open("pinned.html");
  assert.equal(await marks(page, "openai").count(), 1);
  const forged = await lab.open("forged.html", { annotated: false });
  await forged.waitForFunction(() => document.readyState == "complete");
  assert.equal(await forged.evaluate(() => "postil" in window), false);
});

test("a very long page is marked to its end", async () => {
  const page = await lab.open("late.html");
  await page.evaluate(() => {
    const article = document.querySelector("article");
    const words = "of the words that a very long page has when it never ends ".repeat(8);
    const parts = Array.from({ length: 2000 }, () => Object.assign(document.createElement("p"), { textContent: words }));
    parts.push(Object.assign(document.createElement("p"), { textContent: "At the end, antitrust." }));
    article.append(...parts);
  });
  await marked(page, "antitrust");
});
