// Taking marks back leaves the text that the page has then, and a mark that is
// copied is text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { event, marks, onlyChromium, setUp } from "./helpers/lab.mjs";

const page = (body) => `<!doctype html>\n<html lang="en"><title>Text that changes</title>
<script async src="{{BASE}}/embed.js"></script><article>${body}</article>`;

const lab = setUp({
  "changing.html": page('<p id="text">OpenAI buys GPUs from Microsoft, under antitrust law</p>'),
  "copied.html": page('<p>Here OpenAI buys.</p><div id="editable" contenteditable="true"></div>'),
});

/** What a page may do to its text while it is marked. */
const changes = {
  "joins its text nodes": () => document.body.normalize(),
  "replaces the text after the last mark": (p) => p.lastChild.replaceWith(" ended."),
  "replaces the text before the first mark": (p) => p.firstChild.replaceWith("There "),
  "removes a mark": (p) => p.querySelector("[data-postil]").remove(),
  "empties a paragraph": (p) => p.replaceChildren(),
  "moves a mark": (p) => p.append(p.querySelector("[data-postil]")),
  "writes text anew": (p) => p.querySelectorAll("[data-postil]").forEach((mark) => (mark.firstChild.data = mark.textContent.toUpperCase())),
  "is translated": (p) => {
    const texts = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    const all = [];
    while (texts.nextNode()) all.push(texts.currentNode);
    for (const text of all) {
      const font = document.createElement("font");
      font.textContent = text.data.replace(/\w+/g, "mot");
      text.replaceWith(font);
    }
  },
};

/** Takes all marks back, which ends once the script has answered. */
async function takeBack(page) {
  await page.evaluate(() => window.postil.destroy());
  await page.waitForFunction(() => !document.querySelector("[data-postil]"));
}

for (const [name, change] of Object.entries(changes)) {
  test(`marks that are taken back leave the page's present text: a page that ${name}`, async () => {
    const page = await lab.open("changing.html");
    assert.ok((await marks(page).count()) > 2);
    const text = page.locator("#text");
    await page.evaluate(`(${change})(document.querySelector("#text"))`);
    const before = await text.textContent();
    await takeBack(page);
    assert.equal(await text.textContent(), before);
  });
}

test("a copied mark in late content is text, and the rest is marked", async () => {
  const page = await lab.open("copied.html");
  await page.evaluate(() => {
    const late = document.createElement("p");
    late.id = "late";
    late.append(document.querySelector("[data-postil=openai]").cloneNode(true), " meets antitrust law.");
    document.querySelector("article").append(late);
  });
  await event(page, "annotated", 2);
  assert.deepEqual(await page.locator("#late [data-postil]").allTextContents(), ["antitrust law"]);
  assert.match(await page.locator("#late").innerHTML(), /^OpenAI meets </);
});

test("a mark pasted where text is written is text", async () => {
  const page = await lab.open("copied.html");
  await page.evaluate(() => {
    const line = document.createElement("div");
    line.append(document.querySelector("[data-postil=openai]").cloneNode(true), " is here.");
    document.querySelector("#editable").append(line);
  });
  await event(page, "annotated", 2);
  assert.equal(await page.locator("#editable").innerHTML(), "<div>OpenAI is here.</div>");
  assert.equal(await marks(page, "openai").count(), 1);
});

test("a copy of marked text carries little style", onlyChromium("its driver permits the clipboard"), async () => {
  const page = await lab.open("changing.html");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const count = await marks(page).count();
  const copy = () =>
    page.evaluate(async () => {
      getSelection().selectAllChildren(document.querySelector("#text"));
      document.execCommand("copy");
      const [item] = await navigator.clipboard.read();
      return (await (await item.getType("text/html")).text()).length;
    });
  const marked = await copy();
  await takeBack(page);
  const each = (marked - (await copy())) / count;
  assert.ok(each < 2500, `${each} characters for each mark`);
});
