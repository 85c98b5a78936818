// What readers may write, such as comments, has elements with names; names are properties of the document, of windows
// and of forms. None of them leads the script astray.
import assert from "node:assert/strict";
import { test } from "node:test";
import { event, marks, said, setUp } from "./helpers/lab.mjs";

const page = (body, type = "async") => `<!doctype html>
<html lang="en"><title>Names</title>${body}<script ${type} src="{{BASE}}/embed.js"></script></html>`;

const names = ["matches", "firstChild", "nextSibling", "parentNode", "localName", "assignedSlot"];

const form = (...names) =>
  `<article><form>${names.map((name) => `<input name="${name}">`).join("")}<p>OpenAI buys.</p></form><p id="after">Microsoft sells.</p></article>`;

const lab = setUp({
  "script.html": page('<img name="currentScript" src="{{HOST}}/foreign/a.png"><article><p>OpenAI buys GPUs.</p></article>'),
  "module.html": page("<article><p>OpenAI buys GPUs.</p></article>", 'type="module"'),
  "form.html": page(form(...names)),
  "round.html": page(form("parentNode")),
  "navigation.html": page('<nav id="navigation"></nav><article><p>OpenAI buys GPUs.</p></article>'),
});

const calls = (tab, part) => tab.evaluate((part) => performance.getEntriesByType("resource").filter(({ name, initiatorType }) => initiatorType != "img" && name.includes(part)).length, part);

test("an image named currentScript does not say where the script is from", async () => {
  const tab = await lab.open("script.html");
  assert.equal(await marks(tab, "openai").count(), 1);
  assert.equal(await calls(tab, "/foreign/"), 0);
});

test("as a module, the script says in one line what to do instead", async () => {
  const tab = await lab.open("module.html", { annotated: false });
  await tab.waitForFunction(() => window.log.said.length);
  assert.deepEqual(await tab.evaluate(() => window.log.said), ["warn: postil: use <script async src> or embed.mjs"]);
});

test("a form whose fields are named like what leads through the tree is marked like any part, and its end is found", async () => {
  const tab = await lab.open("form.html");
  // Drivers trust such fields themselves.
  const marked = await tab.evaluate(() => [...document.querySelectorAll("form p [data-postil], #after [data-postil]")].map(({ dataset }) => dataset.postil));
  assert.deepEqual(marked, ["openai", "microsoft"]);
});

test("a card that cannot be placed beside such a field is an error, and others open", async () => {
  const tab = await lab.open("round.html");
  await marks(tab, "openai").evaluate((mark) => mark.click());
  await event(tab, "error");
  await marks(tab, "microsoft").click();
  assert.equal((await event(tab, "open")).term, "microsoft");
  assert.equal((await said(tab)).length, 1);
});

test("an element with the id navigation does not say where the page has gone", async () => {
  // As in browsers that do not know the Navigation API.
  const tab = await lab.open("navigation.html", { scripts: [() => delete window.navigation] });
  await tab.evaluate(() => {
    history.pushState({}, "", "/elsewhere");
    document.querySelector("article").append("Microsoft sells.");
  });
  await event(tab, "annotated", 2);
  await tab.evaluate(() => history.back());
  await event(tab, "annotated", 3);
});
