// On a phone: what is fixed stands in what is seen, however wide the page is and
// however far the reader has pinched in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { card, closed, event, filled, marks, onlyChromium, setUp } from "./helpers/lab.mjs";

const page = (body, attributes = "", style = "") => `<!doctype html>
<html lang="en"><title>Phone</title><meta name="viewport" content="width=device-width,initial-scale=1"><style>${style}</style>
<script async src="{{BASE}}/embed.js" ${attributes}></script><article>${body}</article></html>`;

const text = "<p>OpenAI wants artificial general intelligence, and buys GPUs. The antitrust regulators took note.</p>";
const long = '<p style="margin-top:200vh">The end.</p>';
const wide = `<pre>${"curl -s http://localhost/v1/annotate ".repeat(4)}</pre>`;

const lab = setUp({
  "fits.html": page(text + long),
  "wide.html": page(text + wide + long),
  "zoomed-style.html": page(text + long, "", "html { zoom: 1.25 }"),
});

const phone = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };
const inPhone = onlyChromium("the driver is a phone");

async function pinch(tab, pageScaleFactor) {
  const client = await tab.context().newCDPSession(tab);
  await client.send("Emulation.setPageScaleFactor", { pageScaleFactor });
  await tab.waitForFunction((scale) => Math.abs(visualViewport.scale - scale) < 0.01, pageScaleFactor);
}

/** An element's edges in the part of the page that is seen, and how large its text is there. */
const seen = (locator) =>
  locator.evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const { offsetLeft, offsetTop, width, height, scale } = visualViewport;
    const all = { left: left - offsetLeft, top: top - offsetTop, right: offsetLeft + width - right, bottom: offsetTop + height - bottom };
    return { ...Object.fromEntries(Object.entries(all).map(([edge, distance]) => [edge, Math.round(distance) + 0])), width, height, text: parseFloat(getComputedStyle(element).fontSize) * scale };
  });

async function isSheet(tab) {
  await filled(tab);
  // What is seen changes a frame before the sheet does.
  const follows = (element) => {
    const { left, right, bottom } = element.getBoundingClientRect();
    const { offsetLeft, offsetTop, width, height } = visualViewport;
    return [left - offsetLeft, offsetLeft + width - right, offsetTop + height - bottom].every((distance) => Math.abs(distance) < 1);
  };
  await tab.waitForFunction(follows, await card(tab).elementHandle()).catch(() => 0);
  const at = await seen(card(tab));
  assert.deepEqual([at.left, at.right, at.bottom], [0, 0, 0], JSON.stringify(at));
  assert.ok(at.top >= 0.3 * at.height - 1, JSON.stringify(at));
  return at;
}

const press = (tab, term) => marks(tab, term).evaluate((mark) => mark.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, pointerType: "touch" })) && mark.dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 1 })));

test("a sheet is seen on a page that is wider than the screen, and closes by a tap beside it", inPhone, async () => {
  const tab = await lab.open("wide.html", phone);
  assert.ok((await tab.evaluate(() => innerWidth)) > 700, "the page is not wider than the screen");
  await marks(tab, "antitrust").tap();
  const { width } = await isSheet(tab);
  assert.equal(Math.round(width), 390);
  await tab.touchscreen.tap(200, 150);
  await closed(tab);
});

for (const [scale, size] of Object.entries({ 1: 15, 2: 30, 4: 30 })) {
  test(`a sheet is seen by a reader who has pinched in ${scale} times, and goes with what is seen`, inPhone, async () => {
    const tab = await lab.open("fits.html", phone);
    await pinch(tab, +scale);
    await press(tab, "openai");
    assert.equal(Math.round((await isSheet(tab)).text), size);
    await pinch(tab, +scale + 0.5);
    await isSheet(tab);
  });
}

test("a sheet on a page that is shown smaller than it is has text of the usual size", inPhone, async () => {
  const tab = await lab.open("wide.html", phone);
  await pinch(tab, 0.5);
  await press(tab, "openai");
  assert.equal(Math.round((await isSheet(tab)).text), 15);
});

test("a sheet is as wide as what is seen where the page's style zooms", inPhone, async () => {
  const tab = await lab.open("zoomed-style.html", phone);
  await marks(tab, "antitrust").tap();
  await isSheet(tab);
});

test("what can be tapped in a sheet is at least 24 pixels high", inPhone, async () => {
  const tab = await lab.open("fits.html", phone);
  await marks(tab, "antitrust").tap();
  await isSheet(tab);
  const heights = await card(tab).evaluate((sheet) => [...sheet.querySelectorAll("a,button")].map((target) => target.getBoundingClientRect().height));
  assert.ok(heights.length > 4 && Math.min(...heights) >= 24, String(heights));
});

for (const [name, scale] of Object.entries({ fits: 3, wide: 1 })) {
  test(`the way back to hidden marks is seen at the page's end: ${name}, ${scale} times`, inPhone, async () => {
    const tab = await lab.open("fits.html", phone);
    await tab.evaluate(() => localStorage.setItem("postil", "off"));
    await tab.goto(`${lab.host.url}/${name}.html`);
    const show = tab.locator('[part="show"]');
    await show.waitFor();
    await pinch(tab, scale);
    assert.equal(await show.getAttribute("class"), "");
    // A finger moves what is seen in the page, and the page where that has come to its edge.
    const client = await tab.context().newCDPSession(tab);
    await client.send("Input.synthesizeScrollGesture", { x: 60, y: 120, yDistance: -9000, speed: 20000 });
    await tab.locator('[part="show"].end').waitFor();
    const at = await seen(show);
    assert.ok(at.left >= 0 && at.right == 8 && at.bottom == 8, JSON.stringify(at));
    await tab.touchscreen.tap((at.left + at.width - at.right) / 2, (at.top + at.height - at.bottom) / 2);
    await event(tab, "annotated");
  });
}
