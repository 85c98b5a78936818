// The card in windows with little room.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { findChromium, flags } from "./helpers/chromium.mjs";
import { card, event, marks, notWebKit, onlyChromium, settled, setUp } from "./helpers/lab.mjs";

const page = (style, body) => `<!doctype html>\n<html lang="en"><title>Room</title><style>${style}</style>
<script async src="{{BASE}}/embed.js"></script><article><p>${body}</p></article>`;

const lab = setUp({
  "middle.html": page("p { margin: 45vh 0 60vh }", "OpenAI wants artificial general intelligence, and buys GPUs."),
  "scrolled.html": page("html { overflow-y: scroll } html::-webkit-scrollbar { width: 40px } article { direction: ltr; text-align: right }", "It is they who want AGI"),
});

for (const [how, scripts] of [
  ["", []],
  [", without anchor positioning", [() => void (CSS.supports = () => false)]],
]) {
  test("a short window gives the card nearly all of its height" + how, notWebKit("its window has a least size"), async () => {
    const page = await lab.open("middle.html", { viewport: { width: 320, height: 180 }, scripts });
    await marks(page, "agi").first().click();
    await event(page, "open");
    await card(page).locator('[part="definition"]').waitFor();
    await settled(page);
    const box = await card(page).boundingBox();
    assert.ok(box.height > 150 && box.y >= 0 && box.y + box.height <= 180, JSON.stringify(box));
  });
}

test("a scroll bar covers nothing of the card", onlyChromium("it is started with scroll bars, which drivers hide"), async (t) => {
  const browser = await chromium.launch({ executablePath: findChromium(), args: flags, ignoreDefaultArgs: ["--hide-scrollbars"] });
  t.after(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 400, height: 600 } });
  await page.goto(lab.host.url + "/scrolled.html");
  await marks(page, "agi").last().click();
  await card(page).locator('[part="definition"]').waitFor();
  await settled(page);
  const box = await card(page).boundingBox();
  const width = await page.evaluate(() => document.documentElement.clientWidth);
  assert.ok(width < 400, `no scroll bar: ${width}`);
  assert.ok(box.x >= 0 && box.x + box.width <= width, JSON.stringify({ box, width }));
});
