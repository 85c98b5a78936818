// The site's pages as a reader goes through them, in every browser: an article,
// the glossary, the search, the interface, and the playground with a glossary of
// one's own. What they do in detail is tested in Chromium.
import assert from "node:assert/strict";
import { test } from "node:test";
import { card, marks, setUp } from "./helpers/lab.mjs";

const lab = setUp();
const open = (path) => lab.open(path, { annotated: false });

/** Writes into a field, as one who pastes. */
const paste = (page, field, text) =>
  page.evaluate(
    ([field, text]) => {
      const element = document.querySelector(field);
      element.focus();
      element.value = text;
      element.dispatchEvent(new InputEvent("input", { bubbles: true }));
    },
    [field, text],
  );

/** Waits until a text stands in an element that is shown. */
const reads = (page, selector, text) =>
  page.waitForFunction(
    ([selector, text]) => [...document.querySelectorAll(selector)].some((element) => element.checkVisibility() && element.textContent.includes(text)),
    [selector, text],
  );

test("an article has marks, a card, and related articles", async () => {
  const page = await open("/articles/is-it-a-merger/");
  await marks(page, "merger-control").first().waitFor();
  await marks(page, "merger-control").first().click();
  await card(page).waitFor();
  assert.match(await card(page).textContent(), /competition authorities/);
  await page.keyboard.press("Escape");
  await page.locator(".related a").first().waitFor();
});

test("the glossary is filtered while one types", async () => {
  const page = await open("/glossary/");
  await reads(page, ".terms li", "Abuse of dominance");
  await paste(page, "#find", "agi");
  await page.waitForFunction(() => ![...document.querySelectorAll(".terms li")].some((item) => item.checkVisibility() && item.textContent.includes("Abuse of dominance")));
  await reads(page, ".terms li", "Artificial general intelligence");
});

test("the search suggests, finds, and marks what was found", async () => {
  const page = await open("/search/");
  await paste(page, "#query", "tens");
  await reads(page, "[role=option]", "Tensor processing unit");
  await page.locator("#query").press("Escape");
  await paste(page, "#query", "merger");
  await page.locator("#query").press("Enter");
  await reads(page, "#articles .hits mark", "erger");
  await reads(page, "#terms .hits a", "Merger control");
  assert.equal(await page.evaluate(() => location.search), "?q=merger");
});

test("the interface's page asks and shows the answer", async () => {
  const page = await open("/docs/");
  await page.waitForFunction(() => document.querySelector('form[data-path="/healthz"]'));
  await page.evaluate(() => {
    const form = document.querySelector('form[data-path="/healthz"]');
    form.closest("details").open = true;
    form.requestSubmit();
  });
  await reads(page, 'form[data-path="/healthz"] [role=status]', "200");
});

test("the playground marks a text, and takes up a term that is added to one's own glossary", async () => {
  const page = await open("/playground/");
  await paste(page, "#source", "A wug met OpenAI, and two wugs did not.");
  await page.locator("#marked [data-postil=openai]").first().waitFor();
  await page.evaluate(() => document.querySelector("#with-own").click());
  await paste(page, "#glossary", "terms:\n  - {id: wug, label: Wug, definition: A made-up bird.}\n");
  await reads(page, "#status", "2 mentions of 1 term");
  assert.deepEqual(await page.locator("#marked a").allTextContents(), ["wug", "wugs"]);
  await paste(page, "#glossary", "terms:\n  - {id: wug}\n");
  await reads(page, "#mistakes li", "label");
});
