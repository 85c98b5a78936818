// Options that are mistakes are named on the console.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pass } from "./helpers/clock.mjs";
import { marks, said, setUp } from "./helpers/lab.mjs";

const page = (attributes, rest = "") => `<!doctype html>
<html lang="en"><title>Options</title>${rest}<script async src="{{BASE}}/embed.js" ${attributes}></script><article><p>OpenAI buys GPUs.</p></article></html>`;

const lab = setUp({
  "nowhere.html": page('data-root="#content"'),
  "wrong.html": page('data-root="#"'),
  "unknown.html": page('data-densty="3"', '<script type="application/postil+json">{"min_score": 0.1, "occurences": "all", "Root": "x", "densty": 3}</script>'),
});

const nothing = ["warn: postil: data-root: nothing is #content"];

test("a root that nothing is is named once, some time after loading", async () => {
  const tab = await lab.open("nowhere.html", { clock: true });
  assert.deepEqual(await said(tab), []);
  await pass(tab, 2000);
  assert.deepEqual(await said(tab), []);
  await pass(tab, 8000);
  assert.deepEqual(await said(tab), nothing);
  assert.equal(await marks(tab).count(), 0);
});

test("a root that comes late is not", async () => {
  const tab = await lab.open("nowhere.html", { clock: true });
  await tab.evaluate(() => (document.querySelector("article").id = "content"));
  await pass(tab, 8000);
  assert.deepEqual(await said(tab), []);
});

test("a root that is no selector is named once, too", async () => {
  const tab = await lab.open("wrong.html", { annotated: false, clock: true });
  await tab.waitForFunction(() => window.log.events.some(({ name }) => name == "error"));
  await pass(tab, 8000);
  assert.equal((await said(tab)).length, 1);
  assert.deepEqual((await tab.evaluate(() => window.log.said)).filter((line) => line.startsWith("thrown")), []);
});

test("names in the JSON tag that are no option's are named in one line", async () => {
  const tab = await lab.open("unknown.html");
  assert.deepEqual(await said(tab), ["warn: postil: options: unknown occurences, Root, densty"]);
});
