// Marks on pages that hide parts, that lay text out in boxes of their own, or
// that take parts away.
import assert from "node:assert/strict";
import { test } from "node:test";
import { event, marks, setUp } from "./helpers/lab.mjs";

const page = (body, attributes = "") => `<!doctype html>
<html lang="en"><title>Layout</title><script async src="{{BASE}}/embed.js" ${attributes}></script><article>${body}</article></html>`;

/** Where a mention is that nobody sees, before one that is seen. */
const hidden = {
  "in what is not displayed": '<p style="display:none">The lab OpenAI is out of sight.</p>',
  "in what a style sheet hides": '<style>.panel { display: none }</style><div class="panel"><p>The lab OpenAI is out of sight.</p></div>',
  "in closed details": "<details><summary>More</summary><p>The lab OpenAI is out of sight.</p></details>",
};
const seen = '<p id="seen">Here OpenAI buys GPUs.</p>';

const modes = { first: "", section: 'data-occurrences="section"', highlight: 'data-mode="highlight"' };

/** Boxes that make an item of each piece of their text. */
const boxes = { flex: "display:flex", "inline-flex": "display:inline-flex", grid: "display:grid" };

const fixtures = {};
for (const [mode, attributes] of Object.entries(modes)) {
  Object.values(hidden).forEach((html, i) => (fixtures[`hidden-${mode}-${i}.html`] = page(html + seen, attributes)));
}
for (const [name, style] of Object.entries(boxes)) {
  fixtures[`box-${name}.html`] = page(`<div id="box" style="${style};gap:1em">Some text with OpenAI in it</div>${seen}`);
}
fixtures["chip.html"] = page('<span id="box" style="display:inline-flex;padding:4px">\n<i style="width:9px"></i> OpenAI\n</span>');
fixtures["all.html"] = page("<p id=one>Here OpenAI buys.</p><p id=two>There OpenAI sells artificial <em>general</em> intelligence.</p>", 'data-occurrences="all"');
fixtures["pieces.html"] = page("<p id=one>Artificial general intelligence.</p><p id=two>More artificial <em>general</em> intelligence.</p>", 'data-occurrences="all"');

const lab = setUp(fixtures);

for (const mode of Object.keys(modes)) {
  Object.keys(hidden).forEach((where, i) =>
    test(`a mention ${where} leaves the one that is seen its mark: ${mode}`, async () => {
      const tab = await lab.open(`hidden-${mode}-${i}.html`);
      const count = () =>
        tab.evaluate(() => {
          const ranges = [...(CSS.highlights?.get("postil") ?? [])].filter((range) => String(range) == "OpenAI").map((range) => range.startContainer);
          const all = [...document.querySelectorAll("article [data-postil=openai]"), ...ranges];
          return [all.filter((at) => document.querySelector("#seen").contains(at)).length, all.length];
        });
      const first = await count();
      assert.equal(first[0], 1);
      if (mode != "highlight") assert.equal(await tab.locator("#seen [data-postil=openai][tabindex='0'][role=button]").count(), 1);
      // Looked at again, the page is as it was.
      await tab.evaluate(() => window.postil.refresh());
      await event(tab, "annotated", 2);
      assert.deepEqual(await count(), first);
    }),
  );
}

for (const name of Object.keys(boxes)) {
  test(`text straight in a box is left whole, and the next mention is marked: ${name}`, async () => {
    const tab = await lab.open(`box-${name}.html`);
    assert.equal(await tab.locator("#box [data-postil]").count(), 0);
    assert.equal(await tab.locator("#seen [data-postil=openai]").count(), 1);
  });
}

test("a mention that is all of a box's text is marked, and the box stays as it was", async () => {
  const tab = await lab.open("chip.html");
  assert.equal(await tab.locator("#box [data-postil=openai]").count(), 1);
  const marked = await tab.locator("#box").boundingBox();
  await tab.evaluate(() => window.postil.destroy());
  assert.deepEqual(await tab.locator("#box").boundingBox(), marked);
});

test("a term whose first mark is taken away keeps a tab stop", async () => {
  const tab = await lab.open("all.html");
  assert.equal(await tab.locator("#two [data-postil=openai][tabindex='-1']").count(), 1);
  await tab.evaluate(() => document.querySelector("#one").remove());
  await tab.locator("#two [data-postil=openai][tabindex='0'][role=button][aria-haspopup=dialog]").waitFor();
  assert.equal(await marks(tab, "openai").count(), 1);
});

test("a term in pieces that becomes a tab stop is named whole", async () => {
  const tab = await lab.open("pieces.html");
  await tab.evaluate(() => document.querySelector("#one").remove());
  await tab.locator('[role=button][aria-label="artificial general intelligence"]').waitFor();
  assert.equal(await tab.locator("[data-postil=agi][tabindex='0']").count(), 1);
});
