// Automatic checks of accessibility: every page of the site, the card closed
// and open, light, dark and in forced colours.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, extname } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { card, event, filled, marks, setUp } from "./helpers/lab.mjs";

const lab = setUp();
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds, as lines that say rule and place. */
async function findings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} at ${target.join(" ")}`));
}

const articles = await readdir(fileURLToPath(new URL("../demo/articles", import.meta.url)));
const paths = [
  ...["/", "/articles/", "/glossary/", "/glossary/agi/", "/glossary/cma/", "/search/", "/search/?q=merger", "/search/?q=nothingofthekind", "/docs/", "/guide/", "/no-such-page/"],
  ...["/playground/", "/playground/#glossary=-+%7Bid%3A+b%7D"],
  ...articles.map((name) => `/articles/${basename(name, extname(name))}/`),
];

const schemes = ["light", "dark"];

test("axe finds nothing on any page, light or dark", async () => {
  for (const path of paths) {
    // The site's own policy would refuse axe, which is put into the page as text.
    // What fades in is seen once it is in.
    const page = await lab.open(path, { annotated: false, bypassCSP: true, reducedMotion: "reduce" });
    await page.waitForLoadState("networkidle");
    if (await page.locator('script[src$="/embed.js"]').count()) await event(page, "annotated");
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      assert.equal(await page.evaluate((scheme) => matchMedia(`(prefers-color-scheme: ${scheme})`).matches, colorScheme), true);
      assert.deepEqual(await findings(page), [], `${path}, ${colorScheme}`);
    }
    await page.close();
  }
});

for (const colorScheme of schemes) {
  test(`axe finds nothing on the card, ${colorScheme}`, async () => {
    const page = await lab.open("plain.html", { colorScheme });
    assert.deepEqual(await findings(page), []);
    await marks(page, "agi").first().click();
    await event(page, "open");
    await filled(page);
    assert.deepEqual(await findings(page), []);
  });

  test(`axe finds nothing on the list of highlighted terms and the way back to hidden marks, ${colorScheme}`, async () => {
    const page = await lab.open("highlight.html", { colorScheme });
    await page.keyboard.press("Tab");
    await event(page, "open");
    await filled(page);
    assert.deepEqual(await findings(page), []);
    await card(page).locator('[part="hide"]').click();
    await page.locator('[part="show"]').waitFor();
    assert.deepEqual(await findings(page), []);
  });
}

test("axe finds nothing in forced colours, and the card keeps a border", async () => {
  const page = await lab.open("plain.html", { forcedColors: "active" });
  await marks(page, "agi").first().click();
  await event(page, "open");
  await filled(page);
  assert.deepEqual(await findings(page), []);
  assert.equal(await card(page).evaluate((element) => getComputedStyle(element).borderTopStyle), "solid");
});

test("a screen reader gets a button that opens a named dialog", async () => {
  const page = await lab.open("plain.html");
  const button = page.getByRole("button", { name: "antitrust" });
  assert.equal(await button.getAttribute("aria-haspopup"), "dialog");
  await button.press("Enter");
  await page.getByRole("dialog", { name: /Antitrust/ }).waitFor();
  assert.equal(await page.locator("[aria-live], [role=status], [role=alert]").count(), 0);
});
