// The demo site: every page under its own policy, the glossary's filter, the
// notes in the margin, the playground.
import assert from "node:assert/strict";
import { test } from "node:test";
import { card, event, marks, setUp } from "./helpers/lab.mjs";

const lab = setUp();

const paths = ["/", "/articles/", "/articles/clear-cases-cloned-voices/", "/glossary/", "/glossary/agi/", "/search/", "/search/?q=merger", "/guide/", "/playground/"];

for (const width of [390, 820, 1440]) {
  test(`no page scrolls sideways, moves, or breaks its policy at ${width} pixels`, async () => {
    for (const path of paths) {
      const page = await lab.open(path, { annotated: false, viewport: { width, height: 900 } });
      await page.waitForLoadState("networkidle");
      const { sideways, log } = await page.evaluate(() => ({
        sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        log: window.log,
      }));
      assert.equal(sideways, 0, path);
      assert.deepEqual(log.violations, [], path);
      assert.deepEqual(page.messages, [], path);
      // The playground's result comes when it comes; nothing else may move.
      if (path != "/playground/") assert.ok(log.shift < 0.001, `${path} shifts by ${log.shift}`);
      await page.close();
    }
  });
}

test("there is a page for addresses without one", async () => {
  const page = await lab.open("/404", { annotated: false });
  assert.equal(await page.locator("h1").textContent(), "No such page, not even in the margin.");
});

test("the music article does not show the regulator", async () => {
  const page = await lab.open("/articles/clear-cases-cloned-voices/");
  assert.ok((await marks(page).count()) > 0);
  for (const term of ["cma", "tpu", "agi"]) assert.equal(await marks(page, term).count(), 0, term);
});

test("the merger article does", async () => {
  const page = await lab.open("/articles/is-it-a-merger/");
  await marks(page, "cma").first().click();
  await event(page, "open");
  assert.match(await card(page).textContent(), /Competition and Markets Authority/);
});

test("under an article stand those that the interface finds related", async () => {
  const page = await lab.open("/articles/counting-chips/");
  const shown = await page.locator(".related li a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  const { articles } = await (await fetch(`${lab.base}/v1/articles/counting-chips/related?limit=3`)).json();
  assert.equal(shown.length, 3);
  assert.deepEqual(shown, articles.map(({ id }) => `/articles/${id}/`));
});

test("a term's page names the articles that the interface says mention it", async () => {
  const page = await lab.open("/glossary/cma/", { annotated: false });
  const { mentions } = await (await fetch(`${lab.base}/v1/terms/cma/mentions?limit=5`)).json();
  assert.ok(mentions.length > 1);
  const shown = await page.locator(".also li").evaluateAll((all) =>
    all.map((item) => [item.querySelector("a").getAttribute("href"), item.querySelector("p").textContent, item.querySelector("mark").textContent]),
  );
  const wanted = mentions.map(({ id, sentence, mark }) => [`/articles/${id}/`, sentence, sentence.slice(mark.start, mark.end)]);
  assert.deepEqual(shown, wanted);
});

test("notes stand in the margin, at the height of their lines and not upon each other", async () => {
  const page = await lab.open("/articles/is-it-a-merger/", { viewport: { width: 1440, height: 900 } });
  await page.locator(".gloss").first().waitFor();
  const notes = await page.locator(".gloss").evaluateAll((all) =>
    all.map((note) => {
      const { top, bottom } = note.getBoundingClientRect();
      return { top, bottom, text: note.textContent };
    }),
  );
  assert.ok(notes.length > 10);
  notes.slice(1).forEach(({ top }, i) => assert.ok(top >= notes[i].bottom, `${notes[i].text} is overprinted`));
  await page.setViewportSize({ width: 390, height: 800 });
  await page.waitForFunction(() => !document.querySelector(".gloss"));
});

test("the glossary can be filtered by name, abbreviation and kind, and the address keeps it", async () => {
  const page = await lab.open("/glossary/", { annotated: false });
  const shown = () => page.locator(".terms li:visible a").allTextContents();
  const all = await shown();
  await page.getByLabel("Find").fill("agi");
  const found = await shown();
  assert.ok(found.includes("Artificial general intelligence") && found.length < all.length, found.join());
  await page.getByLabel("Kind").selectOption({ index: 1 });
  assert.ok((await shown()).length < all.length);
  await page.getByLabel("Find").fill("no such thing");
  await page.getByRole("button", { name: "Show all terms" }).click();
  assert.deepEqual(await shown(), all);
  await page.goto(lab.base + "/glossary/?q=merger");
  assert.equal(await page.getByLabel("Find").inputValue(), "merger");
  assert.ok((await shown()).every((label) => all.includes(label)) && (await shown()).length < all.length);
});

test("playground: a text is marked, listed, and shown as JSON and as a request", async () => {
  const page = await lab.open("/playground/", { annotated: false });
  const text = "Regulators ask whether OpenAI has reached AGI, artificial general intelligence, on rented GPUs.";
  await page.getByLabel("Text", { exact: true }).last().fill(text);
  await page.locator("#marked [data-postil=openai]").waitFor();
  await page.waitForFunction((text) => document.querySelector("#marked").textContent == text, text);
  assert.match(await page.locator("#status").textContent(), /^\d+ mentions of \d+ terms in \d+ ms/);
  await page.getByRole("tab", { name: "Annotations" }).click();
  const entry = page.locator(".found > li").filter({ hasText: "OpenAI" }).first();
  assert.match(await entry.textContent(), new RegExp(`${text.indexOf("OpenAI")}–${text.indexOf("OpenAI") + 6}`));
  await page.getByRole("tab", { name: "JSON" }).click();
  const answer = JSON.parse(await page.locator("#json").textContent());
  for (const { start, end, exact } of answer.annotations) assert.equal(text.slice(start, end), exact);
  await page.keyboard.press("ArrowRight");
  assert.ok((await page.locator("#request").textContent()).includes(`<<'END'\n${text}\nEND`));
});

test("playground: options change the answer, and can be put back", async () => {
  const page = await lab.open("/playground/", { annotated: false });
  await page.locator("#marked [data-postil=openai]").waitFor();
  await page.getByText("Options").click();
  await page.getByLabel("Terms", { exact: true }).fill("openai");
  await page.waitForFunction(() => [...document.querySelectorAll("#marked [data-postil]")].every((mark) => mark.dataset.postil == "openai"));
  assert.equal(await page.locator("#changed").textContent(), "1 set");
  await page.getByRole("button", { name: "Reset" }).click();
  await page.locator("#marked [data-postil=agi]").waitFor();
  assert.equal(await page.locator("#changed").textContent(), "");
});

test("playground: marks open cards, and the list points out their entry", async () => {
  const page = await lab.open("/playground/", { annotated: false });
  await page.locator("#marked .postil[role=button]").first().click();
  const { term } = await event(page, "open");
  await card(page).locator('[part="definition"]').waitFor();
  assert.ok((await page.locator(".found .chosen .facts").textContent()).endsWith(term));
});

test("playground: an article as HTML, positions in other units", async () => {
  const page = await lab.open("/playground/", { annotated: false });
  await page.getByLabel("Take an article").selectOption({ label: "Is It a Merger?" });
  await page.locator("#marked pre.source [data-postil=cma]").first().waitFor();
  const texts = () => page.locator("#marked [data-postil]").allTextContents();
  const before = await texts();
  const source = await page.locator("#source").inputValue();
  assert.equal(await page.locator("#marked").textContent(), source);
  await page.getByText("Options").click();
  await page.getByLabel("Offsets").selectOption("utf-8");
  await page.waitForFunction(() => document.querySelector("#json").textContent.includes('"offsets": "utf-8"'));
  assert.deepEqual(await texts(), before);
});

test("playground: what the server refuses is explained", async () => {
  const page = await lab.open("/playground/", { annotated: false });
  await page.locator("#source").fill("é ".repeat(400_000));
  await page.locator(".status.wrong").waitFor();
  assert.match(await page.locator("#status").textContent(), /longer than/);
  await page.locator("#source").fill("");
  await page.getByText("Write or paste a text.").waitFor();
});

test("playground: hostile input stays text", async () => {
  const page = await lab.open("/playground/", { annotated: false });
  const text = '<img src=x onerror="window.hit=1"><script>window.hit=1</script> OpenAI & AGI </textarea>';
  await page.getByLabel("HTML", { exact: true }).check();
  await page.locator("#source").fill(text);
  await page.waitForFunction((text) => document.querySelector("#marked").textContent == text, text);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await page.locator("#marked img, #marked script").count(), 0);
});
