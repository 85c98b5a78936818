// What readers wish: no marks, nothing fetched before it is needed, their
// page's language, definitions on paper.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pass } from "./helpers/clock.mjs";
import { card, event, marks, settled, setUp } from "./helpers/lab.mjs";

const lab = setUp({
  "highlight-print.html": `<!doctype html>\n<html lang="en"><title>Highlights in print</title>
<script async src="{{BASE}}/embed.js" data-notes="print" data-mode="highlight"></script>
<article><p>There is artificial general intelligence at OpenAI.</p></article>`,
  "pieces-print.html": `<!doctype html>\n<html lang="en"><title>Pieces in print</title>
<script async src="{{BASE}}/embed.js" data-notes="print"></script>
<article><p>There is artificial <em>general</em> intelligence at OpenAI.</p></article>`,
});

const fetched = (page, part) =>
  page.evaluate((part) => performance.getEntriesByType("resource").filter(({ name }) => name.includes(part)).length, part);

test("a reader hides the marks, for this page and later ones, and gets them back by keyboard", async () => {
  const page = await lab.open("plain.html");
  const before = await marks(page).count();
  await marks(page, "antitrust").click();
  await event(page, "open");
  // The switch stands last, and moves until all is there.
  await card(page).locator('[part="mentions"]').waitFor();
  await settled(page);
  await card(page).locator('[part="hide"]').click();
  const show = page.locator('[part="show"]');
  await show.waitFor();
  assert.equal(await marks(page).count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.getAttribute("part")), "show");
  assert.deepEqual(await page.evaluate(() => Object.entries(localStorage)), [["postil", "off"]]);

  await page.goto(lab.host.url + "/late.html");
  await show.waitFor();
  assert.equal(await marks(page).count(), 0);
  assert.equal(await fetched(page, "/v1/"), 0);
  await show.focus();
  await page.keyboard.press("Enter");
  await event(page, "annotated");
  assert.ok((await marks(page).count()) > 0);
  assert.equal(await show.count(), 0);
  assert.deepEqual(await page.evaluate(() => Object.entries(localStorage)), []);

  await page.goto(lab.host.url + "/plain.html");
  await event(page, "annotated");
  assert.equal(await marks(page).count(), before);
});

test("destroy holds while the reader's wish is on its way", async () => {
  const page = await lab.open("plain.html");
  await marks(page, "antitrust").click();
  await event(page, "open");
  await card(page).locator('[part="hide"]').evaluate((button) => {
    button.click();
    window.postil.destroy();
  });
  await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name, responseEnd }) => name.includes("/off-") && responseEnd));
  await page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(done))));
  assert.equal(await marks(page).count(), 0);
  assert.equal(await page.locator('[part="show"]').count(), 0);
  assert.deepEqual(await page.evaluate(() => Object.entries(localStorage)), []);
});

for (const [wish, ask] of Object.entries({
  "Global Privacy Control": () => Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { value: true }),
  "Save-Data": () => Object.defineProperty(Navigator.prototype, "connection", { value: { saveData: true } }),
})) {
  test(`${wish}: nothing is fetched until the card opens`, async () => {
    const page = await lab.open("plain.html", { scripts: [ask], clock: true });
    await page.evaluate(() => window.clock.stop());
    await marks(page, "antitrust").hover();
    await pass(page, 300);
    assert.equal(await fetched(page, "card-"), 0);
    await pass(page, 200);
    await event(page, "open");
    assert.equal(await fetched(page, "card-"), 1);
  });
}

test("without such a wish the card is fetched a little before", async () => {
  const page = await lab.open("plain.html", { clock: true });
  await page.evaluate(() => window.clock.stop());
  await marks(page, "antitrust").hover();
  await pass(page, 100);
  await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.includes("card-")));
  assert.equal(await card(page).count(), 0);
});

for (const [lang, hide, dir] of [
  ["en", "Hide definitions on this site", "ltr"],
  ["de-CH", "Definitionen auf dieser Website ausblenden", "ltr"],
  ["fr", "Masquer les définitions sur ce site", "ltr"],
  ["es-MX", "Ocultar las definiciones en este sitio", "ltr"],
  ["ja", "このサイトで用語の定義を表示しない", "ltr"],
  ["ar", "إخفاء التعريفات في هذا الموقع", "rtl"],
  ["fi", "Hide definitions on this site", "ltr"],
]) {
  test(`the card speaks the page's language: ${lang}`, async () => {
    const page = await lab.open(`locale.html#${lang},${dir}`);
    await marks(page, "openai").click();
    await event(page, "open");
    assert.equal(await card(page).locator('[part="hide"]').textContent(), hide);
    assert.equal(await card(page).getAttribute("dir"), dir);
    assert.equal(await card(page).locator('[part="definition"]').getAttribute("dir"), "auto");
  });
}

/** Has the page get ready for paper, as often as it takes until it has been marked. */
const startPrinting = (page) =>
  page.waitForFunction(() => {
    dispatchEvent(new Event("beforeprint"));
    return document.querySelector(".postil-notes");
  });

test("on paper, the definitions stand at the article's end, on request", async () => {
  const page = await lab.open("print.html");
  const before = await page.locator("article").innerHTML();
  await startPrinting(page);
  const notes = await page.locator(".postil-notes li").allTextContents();
  const terms = await marks(page).evaluateAll((all) => all.map((mark) => [mark.dataset.postil, mark.dataset.note]));
  assert.deepEqual(terms.map(([, note]) => note), terms.map((_, i) => `${i + 1}`));
  assert.equal(notes.length, terms.length);
  assert.match(notes[0], /^OpenAI The American AI company/);
  assert.match(await marks(page, "openai").evaluate((mark) => getComputedStyle(mark, "::after").content), /1|attr\(data-note\)/);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await page.locator("article").innerHTML(), before);
});

test("on paper, highlighted terms have their definitions, without numbers", async () => {
  const page = await lab.open("highlight-print.html");
  const before = await page.locator("article").innerHTML();
  await startPrinting(page);
  const notes = await page.locator("article .postil-notes ul li").allTextContents();
  assert.equal(notes.length, 2);
  assert.match(notes.find((note) => note.startsWith("OpenAI")), /^OpenAI The American AI company/);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await page.locator("article").innerHTML(), before);
});

test("on paper, the number stands after the last piece of a term", async () => {
  const page = await lab.open("pieces-print.html");
  await startPrinting(page);
  assert.deepEqual(await marks(page).evaluateAll((all) => all.map(({ textContent, dataset }) => [textContent, dataset.note ?? ""])), [
    ["artificial ", ""],
    ["general", ""],
    [" intelligence", "1"],
    ["OpenAI", "2"],
  ]);
});
