// How often a term is marked holds for what comes late, too.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pass } from "./helpers/clock.mjs";
import { event, marks, setUp, spy } from "./helpers/lab.mjs";

const article = `<article><h1>Chips</h1><p>OpenAI wants chips.</p>
<section id="one"><h2>One</h2><p>OpenAI buys chips.</p></section>
<section id="two"><h2>Two</h2><p>Nothing of note.</p></section></article>`;

const page = (attributes) => `<!doctype html><html lang="en"><title>Late</title><script async src="{{BASE}}/embed.js" ${attributes}></script>${article}</html>`;

const lab = setUp({
  "first.html": page(""),
  "first-dense.html": page('data-density="50"'),
  "section.html": page('data-occurrences="section"'),
  "highlight.html": page('data-occurrences="section" data-mode="highlight"'),
  "shadow.html": page('data-occurrences="section" data-shadow="open" data-root="p"'),
  "role.html": page('data-occurrences="section"').replace(/<h2>(.*?)<\/h2>/g, '<div role="heading" aria-level="2">$1</div>'),
  "routes.html": page("").replace("</article>", "<div id=route><p>Antitrust law is here.</p></div></article>"),
  "no-root.html": page('data-root="[[" data-notes="print"'),
});

/** Adds a paragraph at the end of an element and waits until it has been looked at. */
async function add(tab, selector, html = "<p class=late>OpenAI again, and OpenAI.</p>") {
  const seen = await tab.evaluate(() => window.log.events.filter(({ name }) => name == "annotated").length);
  await tab.evaluate(([selector, html]) => document.querySelector(selector).insertAdjacentHTML("beforeend", html), [selector, html]);
  await event(tab, "annotated", seen + 1);
}

/** What of OpenAI is marked, by the section that it stands in. */
const marked = (tab) =>
  tab.evaluate(() => {
    const found = CSS.highlights.get("postil") ? [...CSS.highlights.get("postil")].map((range) => range.startContainer.parentElement) : [...document.querySelectorAll("[data-postil=openai]")];
    return found.map((at) => at.closest("section")?.id ?? "").sort().join();
  });

for (const name of ["first", "first-dense"]) {
  test(`what is marked once stays marked once: ${name}`, async () => {
    const tab = await lab.open(name + ".html");
    await add(tab, "#one");
    await add(tab, "#two");
    assert.equal(await marked(tab), "");
  });
}

for (const name of ["section", "highlight"]) {
  test(`a section has one mark of a term, however often it grows: ${name}`, async () => {
    const tab = await lab.open(name + ".html");
    assert.equal(await marked(tab), ",one");
    await add(tab, "#one");
    assert.equal(await marked(tab), ",one");
    await add(tab, "#two");
    await add(tab, "#two");
    assert.equal(await marked(tab), ",one,two");
    await add(tab, "article", "<section id=three><h2>Three</h2><p>OpenAI sells.</p></section>");
    assert.equal(await marked(tab), ",one,three,two");
    const seen = await tab.evaluate(() => window.log.events.filter(({ name }) => name == "annotated").length);
    await tab.evaluate(() => window.postil.refresh());
    await event(tab, "annotated", seen + 1);
    assert.equal(await marked(tab), ",one,three,two");
  });
}

test("a section whose mark is gone gets another one", async () => {
  const tab = await lab.open("section.html");
  await tab.evaluate(() => document.querySelector("#one p").remove());
  await add(tab, "#one");
  assert.equal(await marked(tab), ",one");
});

test("a section begins with what is a heading by its role, too", async () => {
  const tab = await lab.open("role.html");
  assert.equal(await marked(tab), ",one");
});

const addresses = { "a query": "?page=2", "a hash": "#two", "a query and a hash": "?page=2#two" };
for (const [what, address] of Object.entries(addresses)) {
  for (const step of ["pushState", "replaceState"]) {
    test(`${step} of ${what} sends no article again`, async () => {
      const tab = await lab.open("first.html", { scripts: [spy] });
      await add(tab, "#one", "<p>NVIDIA came early.</p>");
      await tab.evaluate(([step, address]) => history[step](null, "", address), [step, address]);
      await add(tab, "#two", "<p>Microsoft came late.</p>");
      const asked = await tab.evaluate(() => window.asked);
      assert.equal(asked.length, 3);
      assert.equal(asked[2].trim(), "Microsoft came late.");
    });
  }
}

test("what a route left behind is not kept, even where only the hash tells routes apart", async () => {
  const tab = await lab.open("routes.html");
  await tab.evaluate(() => {
    window.left = document.querySelector("#route p");
    history.pushState(null, "", "#/elsewhere");
    document.querySelector("#route").innerHTML = "";
  });
  assert.equal(await tab.evaluate(() => window.left.querySelectorAll("[data-postil=antitrust]").length), 1);
  await add(tab, "#route", "<p>NVIDIA came late.</p>");
  await tab.evaluate(() => window.postil.destroy());
  await tab.waitForFunction(() => !document.querySelector("[data-postil]"));
  // What is not kept is not taken back.
  assert.equal(await tab.evaluate(() => window.left.querySelectorAll("[data-postil=antitrust]").length), 1);
});

test("what is in a shadow root is in the section of its host", async () => {
  const tab = await lab.open("shadow.html");
  await tab.evaluate(() => {
    for (const id of ["one", "two"]) {
      const host = document.createElement("div");
      host.attachShadow({ mode: "open" }).innerHTML = "<p>OpenAI in the shadow.</p>";
      document.getElementById(id).append(host);
    }
    return window.postil.refresh();
  });
  assert.equal(await tab.locator("#one div [data-postil=openai]").count(), 0);
  assert.equal(await tab.locator("#two div [data-postil=openai]").count(), 1);
});

test("a selector that is none is said once, and throws nowhere", async () => {
  const tab = await lab.open("no-root.html", { annotated: false, clock: true });
  const { error } = await event(tab, "error");
  assert.match(error, /\[\[/);
  await tab.evaluate(() => document.querySelector("#one").insertAdjacentHTML("beforeend", "<p>OpenAI again.</p>"));
  await tab.waitForFunction(() => performance.getEntriesByType("resource").some(({ name, responseEnd }) => name.includes("late-") && responseEnd));
  await pass(tab, 3000);
  await tab.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await tab.evaluate(() => window.postil.refresh());
  await event(tab, "error", 2);
  assert.equal(await marks(tab).count(), 0);
  const lines = await tab.evaluate(() => window.log.said);
  assert.equal(lines.length, 1, lines.join("\n"));
});
