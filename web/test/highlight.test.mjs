// Text that a framework owns: highlighted, never changed.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { card, closed, event, said, setUp } from "./helpers/lab.mjs";

const generated = {};
const lab = setUp(generated);

before(async () => {
  for (const name of ["react", "vue"]) {
    const entry = fileURLToPath(new URL(`apps/${name}.mjs`, import.meta.url));
    const define = { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "false", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" };
    const { outputFiles } = await esbuild.build({ entryPoints: [entry], bundle: true, minify: true, write: false, format: "iife", define });
    generated[name + ".js"] = outputFiles[0].text;
  }
});

/** What is highlighted, as texts in the order of the page. */
const highlighted = (page) =>
  page.evaluate(() =>
    [...(CSS.highlights.get("postil") ?? [])]
      .sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b))
      .map((range) => range.toString().replace(/\s+/g, " ")),
  );

/** Middle of the first line of a highlighted text. */
const middle = (page, text) =>
  page.evaluate((text) => {
    const range = [...CSS.highlights.get("postil")].find((range) => range.toString() == text);
    const { x, y, width, height } = range.getClientRects()[0];
    return [x + width / 2, y + height / 2];
  }, text);

test("highlights change no node", async () => {
  const page = await lab.open("highlight.html");
  assert.deepEqual(await highlighted(page), ["OpenAI", "artificial general intelligence", "Microsoft", "GPUs", "antitrust"]);
  assert.equal(await page.locator("article [data-postil]").count(), 0);
  assert.equal(await page.evaluate(() => document.querySelector("#second").childNodes.length), 1);
});

test("a pointer that rests on a highlight opens its card there", async () => {
  const page = await lab.open("highlight.html");
  const [x, y] = await middle(page, "antitrust");
  await page.mouse.move(x, y);
  assert.equal((await event(page, "open")).term, "antitrust");
  const box = await card(page).boundingBox();
  assert.ok(box.y > y && box.y < y + 40 && box.x < x, JSON.stringify({ x, y, box }));
  await page.mouse.move(5, 600);
  await closed(page);
});

test("a click beside a highlight opens nothing, a click on it opens the card", async () => {
  const page = await lab.open("highlight.html");
  const [x, y] = await middle(page, "Microsoft");
  await page.mouse.click(x, y + 200);
  await page.mouse.click(x, y);
  assert.equal((await event(page, "open")).term, "microsoft");
});

test("the keyboard gets a list of the page's terms", async () => {
  const page = await lab.open("highlight.html");
  const list = page.locator("ul[aria-label='Terms on this page']");
  assert.deepEqual((await list.locator("button").allTextContents()).length, 5);
  await page.keyboard.press("Tab");
  const { term } = await event(page, "open");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.shadowRoot?.activeElement?.getAttribute("role") == "dialog");
  await page.keyboard.press("Escape");
  await closed(page);
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.dataset.postil), term);
});

for (const name of ["react", "vue"]) {
  test(`${name}: highlights follow what is rendered, and nothing breaks`, async () => {
    const page = await lab.open(name + "-highlight.html");
    assert.ok((await highlighted(page)).includes("frontier model"));
    for (let i = 1; i <= 6; i++) {
      await page.evaluate(() => hostApp.update());
      await page.waitForFunction((i) => document.querySelector("#intro").textContent == `OpenAI wants artificial general intelligence. Render ${i} buys GPUs.`, i);
    }
    await page.evaluate(() => hostApp.toggle());
    await page.waitForFunction(() => !document.querySelector("#intro"));
    await page.evaluate(() => hostApp.toggle());
    await page.waitForFunction(() => [...CSS.highlights.get("postil")].some((range) => range.toString() == "OpenAI" && range.startContainer.isConnected));
    const rendered = await page.evaluate(() => document.querySelector("#app").textContent);
    assert.match(rendered, /^OpenAI wants artificial general intelligence\. Render 6 buys GPUs\.Item 0: a frontier model, seen 6 times$/);
    const [x, y] = await middle(page, "OpenAI");
    await page.mouse.click(x, y);
    assert.equal((await event(page, "open")).term, "openai");
    await page.evaluate(() => window.postil.destroy());
    assert.deepEqual(await highlighted(page), []);
    assert.deepEqual(await page.evaluate(() => window.log.said), []);
  });

  test(`${name}: elements are put into the static part only, and it is said what to use`, async () => {
    const page = await lab.open(name + ".html");
    assert.equal(await page.locator("#static [data-postil=microsoft]").count(), 1);
    for (let i = 1; i <= 4; i++) await page.evaluate(() => hostApp.update());
    await page.waitForFunction(() => document.querySelector("#intro").textContent.includes("Render 4 buys"));
    await page.evaluate(() => hostApp.toggle());
    await page.waitForFunction(() => !document.querySelector("#intro"));
    await event(page, "annotated", 2);
    assert.equal(await page.locator("#app [data-postil]").count(), 0);
    assert.deepEqual(await said(page), ['warn: postil: a framework owns <div>: use data-mode="highlight"']);
    assert.deepEqual((await page.evaluate(() => window.log.said)).filter((line) => line.startsWith("thrown")), []);
  });
}
