// What is marked, and what is left alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { event, marks, said, setUp, spy } from "./helpers/lab.mjs";

const lab = setUp();

test("the first mention of each term is marked, once, without moving anything", async () => {
  const page = await lab.open("plain.html");
  const ids = await marks(page).evaluateAll((all) => all.map((mark) => mark.dataset.postil));
  assert.equal(new Set(ids).size, ids.length, `repeated: ${ids}`);
  for (const id of ["openai", "microsoft", "agi", "antitrust", "gpu"]) assert.ok(ids.includes(id), `${id} is not in ${ids}`);
  assert.equal(await marks(page).first().evaluate((mark) => mark.closest("h1")), null);
  assert.equal(await page.evaluate(() => window.log.shift), 0);
  assert.deepEqual(await said(page), []);
});

test("marks change no line of the text", async () => {
  const page = await lab.open("plain.html");
  const measure = () =>
    page.evaluate(() => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelector("article"));
      const { width, height } = range.getBoundingClientRect();
      return [width, height, document.querySelector("article").textContent];
    });
  const marked = await measure();
  await page.evaluate(() => window.postil.destroy());
  assert.deepEqual(await measure(), marked);
});

test("links, headings, code, fields and what asks for it are never touched", async () => {
  const page = await lab.open("skipped.html");
  const inside = await marks(page).evaluateAll((all) =>
    all.filter((mark) => mark.closest("#skipped, nav, h2")).map((mark) => mark.parentElement.outerHTML),
  );
  assert.deepEqual(inside, []);
  assert.equal(await page.locator("#marked [data-postil=openai]").count(), 1);
  assert.equal(await page.locator("#editable [data-postil=openai]").count(), 1);
});

test("no mention crosses a block", async () => {
  const page = await lab.open("skipped.html");
  const crossing = await page.locator("#blocks [data-postil]").allTextContents();
  for (const text of crossing) assert.ok(!/open|cloud|provider/i.test(text), `marked ${text}`);
});

test("a term that tags interrupt is marked in pieces, with one tab stop", async () => {
  const page = await lab.open("pieces.html");
  const agi = page.locator("#pieces [data-postil=agi]");
  assert.equal((await agi.allTextContents()).join(""), "artificial general intelligence");
  assert.equal(await page.locator("#pieces [data-postil=agi][tabindex='0']").count(), 1);
  assert.equal(await page.locator("#pieces em [data-postil=agi]").textContent(), "general");
  const line = await page.locator("#pieces [data-postil=frontier-model]").allTextContents();
  assert.equal(line.join("").replace(/\s/g, " "), "frontier model");
});

test("the button of a term in pieces has all of it as its name", async () => {
  const page = await lab.open("pieces.html");
  await page.locator('#pieces [role=button][aria-label="artificial general intelligence"]').waitFor();
  assert.equal(await page.locator("#pieces [data-postil=agi][tabindex='-1'][aria-label]").count(), 0);
});

test("positions are right behind characters outside the basic plane", async () => {
  const page = await lab.open("pieces.html");
  assert.equal(await page.locator("#astral [data-postil=antitrust]").textContent(), "antitrust");
});

test("attributes set root, terms and occurrences; a wrong value is named once and left out", async () => {
  const page = await lab.open("attributes.html");
  assert.equal(await page.locator("#elsewhere [data-postil]").count(), 0);
  const texts = await marks(page).allTextContents();
  assert.deepEqual(texts, ["OpenAI", "AGI", "artificial general intelligence", "OpenAI", "OpenAI"]);
  assert.deepEqual(await said(page), ['warn: postil: data-overlaps is "sideways", want longest, no-sub, all']);
});

test("one tab stop per term, the other mentions can be pointed at", async () => {
  const page = await lab.open("attributes.html");
  assert.equal(await page.locator("[data-postil=openai][tabindex='0'][role=button]").count(), 1);
  assert.equal(await page.locator("[data-postil=openai][tabindex='-1']:not([role])").count(), 2);
});

test("a JSON script tag sets options, one mention for each section", async () => {
  const page = await lab.open("json.html");
  assert.equal(await marks(page, "openai").count(), 2);
  assert.equal(await marks(page, "microsoft").count(), 0);
  assert.deepEqual(await said(page), []);
});

test("density limits the marks in a hundred words", async () => {
  const page = await lab.open("density.html");
  assert.equal(await marks(page).count(), 2);
});

test("marks that the server wrote are taken over, and nothing is asked", async () => {
  const page = await lab.open("adopted.html", { annotated: false });
  const { count, terms } = await event(page, "annotated");
  assert.equal(count, 4);
  assert.deepEqual(terms, [{ id: "agi" }, { id: "openai" }, { id: "no-such-term" }]);
  assert.equal(await page.locator("[data-postil=agi][tabindex='0']").count(), 1);
  assert.equal(await marks(page, "microsoft").count(), 0);
  const asked = await page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("annotate")).length);
  assert.equal(asked, 0);
});

test("marks that the page renders anew are taken over anew, all of them", async () => {
  const page = await lab.open("adopted.html");
  await page.evaluate(() => {
    const again = new DOMParser().parseFromString(window.log.before, "text/html").querySelector("article");
    document.querySelector("article").replaceChildren(...again.childNodes);
    return window.postil.refresh();
  });
  assert.deepEqual(await marks(page).allTextContents(), ["AGI", "OpenAI", "AGI", "Nobody"]);
  assert.equal(await page.locator("[data-postil=agi][tabindex='0']").count(), 1);
});

test("refresh marks what came late, and no term twice", async () => {
  const page = await lab.open("late.html");
  await page.evaluate(() => {
    const late = document.createElement("p");
    late.id = "late";
    late.textContent = "OpenAI meets antitrust law, and antitrust regulators meet Microsoft.";
    document.querySelector("article").append(late);
    return window.postil.refresh(late);
  });
  assert.equal(await page.locator("#late [data-postil=openai]").count(), 0);
  assert.equal(await page.locator("#late [data-postil=microsoft]").count(), 1);
});

test("a long block is asked about in parts", async () => {
  const page = await lab.open("late.html", { scripts: [spy] });
  const asked = await page.evaluate(async () => {
    const long = document.createElement("p");
    for (let i = 0; i < 40; i++) long.append("word ".repeat(2000) + `antitrust ${i}`, document.createElement("br"));
    document.querySelector("article").append(long);
    const before = window.asked.length;
    await window.postil.refresh(long);
    return window.asked.slice(before).map((text) => String(text).length);
  });
  assert.ok(asked.length > 1 && asked.every((length) => length <= 300_000), String(asked));
  assert.ok(asked.reduce((sum, length) => sum + length) > 400_000);
});

test("destroy gives the page back as it was, down to its text nodes", async () => {
  const remember = () =>
    document.addEventListener("DOMContentLoaded", () => {
      window.nodes = [...document.querySelectorAll("article p")].flatMap((p) => [...p.childNodes]);
    });
  const page = await lab.open("plain.html", { scripts: [remember] });
  assert.equal(await page.evaluate(() => document.documentElement.outerHTML == window.log.before), false);
  await marks(page, "openai").first().click();
  await event(page, "open");
  await page.evaluate(() => window.postil.destroy());
  const same = await page.evaluate(() => ({
    html: document.documentElement.outerHTML == window.log.before,
    nodes: [...document.querySelectorAll("article p")].flatMap((p) => [...p.childNodes]).every((node, i) => node == window.nodes[i]),
    sheets: document.adoptedStyleSheets.length,
    global: "postil" in window,
  }));
  assert.deepEqual(same, { html: true, nodes: true, sheets: 0, global: false });
});

test("a second tag is named and does nothing", async () => {
  const page = await lab.open("twice.html");
  assert.equal(await marks(page, "openai").count(), 1);
  assert.deepEqual(await said(page), ["warn: postil: this page has more than one tag, the first one counts"]);
});

test("a strict policy with trusted types is kept", async () => {
  const page = await lab.open("strict.html");
  await marks(page, "openai").hover();
  await event(page, "open");
  assert.equal(await marks(page, "openai").evaluate((mark) => getComputedStyle(mark).textDecorationStyle), "dotted");
  assert.deepEqual(await page.evaluate(() => window.log.violations), []);
  assert.deepEqual(page.messages, []);
});
