// Where the card stands and what it looks like on pages that make it hard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { card, event, marks, notWebKit, onlyChromium, settled, setUp } from "./helpers/lab.mjs";

const lab = setUp();

const boxes = async (page, mark) => ({ mark: await mark.boundingBox(), card: await card(page).boundingBox() });
const opened = async (page, mark) => {
  await mark.click();
  await event(page, "open");
  await card(page).locator('[part="definition"]').waitFor();
  await settled(page);
  return boxes(page, mark);
};

/** Whether a point in the card's middle belongs to the card. */
const isOnTop = (page) =>
  card(page).evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2) == element.getRootNode().host;
  });

test("below the mark, or above it where there is no room below", async () => {
  const page = await lab.open("plain.html");
  const below = await opened(page, marks(page, "antitrust"));
  assert.ok(Math.abs(below.card.y - below.mark.y - below.mark.height - 6) < 2, JSON.stringify(below));
  assert.ok(Math.abs(below.card.x - below.mark.x + 14) < 2, JSON.stringify(below));
  await page.keyboard.press("Escape");
  await page.evaluate(() => {
    document.querySelector("#first").style.marginTop = "520px";
  });
  await marks(page, "antitrust").click();
  await event(page, "open", 2);
  const above = await boxes(page, marks(page, "antitrust"));
  assert.ok(Math.abs(above.mark.y - above.card.y - above.card.height - 6) < 2, JSON.stringify(above));
});

test("the same without anchor positioning", async () => {
  const page = await lab.open("plain.html", { scripts: [() => void (CSS.supports = () => false)] });
  const { mark, card } = await opened(page, marks(page, "antitrust"));
  assert.ok(Math.abs(card.y - mark.y - mark.height - 6) < 2, JSON.stringify({ mark, card }));
  assert.ok(Math.abs(card.x - mark.x + 14) < 2, JSON.stringify({ mark, card }));
});

test("inside the window on the narrowest screen", notWebKit("its window has a least width"), async () => {
  const page = await lab.open("plain.html", { viewport: { width: 320, height: 600 } });
  for (const term of ["microsoft", "antitrust", "agi"]) {
    const { card } = await opened(page, marks(page, term).first());
    assert.ok(card.x >= 0 && card.x + card.width <= 320 && card.y >= 0 && card.y + card.height <= 600, JSON.stringify(card));
    await page.keyboard.press("Escape");
  }
});

test("at the line of a wrapped term that the pointer is on", async () => {
  const page = await lab.open("wrapped.html");
  const mark = marks(page, "agi");
  const lines = await mark.evaluate((element) => [...element.getClientRects()].map(({ x, y, width, height }) => ({ x, y, width, height })));
  assert.equal(lines.length, 2, "the fixture's term does not wrap");
  const last = lines[1];
  await page.mouse.click(last.x + last.width / 2, last.y + last.height / 2);
  await event(page, "open");
  const box = await card(page).boundingBox();
  assert.ok(Math.abs(box.y - last.y - last.height - 6) < 3, JSON.stringify({ lines, box }));
});

for (const [name, options] of [
  ["transformed", {}],
  ["zoomed", notWebKit("it tells positions under CSS zoom as if there were none")],
]) {
  test(`at its mark under ${name} and clipped ancestors`, options, async () => {
    const page = await lab.open(name + ".html");
    const { mark, card: box } = await opened(page, marks(page, "agi"));
    assert.ok(Math.abs(box.y - mark.y - mark.height - 6) < 4, JSON.stringify({ mark, box }));
    assert.ok(Math.abs(box.x - mark.x) < 40, JSON.stringify({ mark, box }));
    assert.equal(await isOnTop(page), true);
  });
}

test("on top of a modal dialog, and usable there", async () => {
  const page = await lab.open("dialog.html");
  await opened(page, marks(page, "agi"));
  assert.equal(await isOnTop(page), true);
  await page.keyboard.press("Escape");
  await card(page).waitFor({ state: "detached" });
  assert.equal(await page.locator("dialog").evaluate((dialog) => dialog.open), true);
});

test("right to left, aligned with the end of its mark", async () => {
  const page = await lab.open("rtl.html");
  const { mark, card: box } = await opened(page, marks(page, "openai"));
  assert.ok(Math.abs(box.x + box.width - mark.x - mark.width - 14) < 3, JSON.stringify({ mark, box }));
  const close = await card(page).locator('[part="close"]').boundingBox();
  assert.ok(close.x < box.x + box.width / 2);
});

test("the page's style cannot break the card or the marks", async () => {
  const plain = await lab.open("plain.html");
  const hostile = await lab.open("hostile.html");
  const look = async (page) => {
    await opened(page, marks(page, "agi").first());
    return card(page).evaluate((element) => {
      const style = (selector) => {
        const { color, fontSize, fontFamily, display, textTransform, letterSpacing, opacity, backgroundColor, padding, float } = getComputedStyle(
          selector ? element.querySelector(selector) : element,
        );
        return { color, fontSize, fontFamily, display, textTransform, letterSpacing, opacity, backgroundColor, padding, float };
      };
      const { width, height } = element.getBoundingClientRect();
      return { width, height, card: style(), label: style("[part=label]"), definition: style("[part=definition]"), link: style("a"), close: style("[part=close]") };
    });
  };
  assert.deepEqual(await look(hostile), await look(plain));
  const mark = await marks(hostile, "agi").evaluate((element) => {
    const { display, float, padding, position, textDecorationLine, borderStyle } = getComputedStyle(element);
    return { display, float, padding, position, textDecorationLine, borderStyle, before: getComputedStyle(element, "::before").content };
  });
  const neutral = { display: "inline", float: "none", padding: "0px", position: "static", textDecorationLine: "underline", borderStyle: "none", before: "none" };
  assert.deepEqual(mark, neutral);
});

test("dark on request, whatever the reader's system prefers", onlyChromium("the driver sets the colour scheme"), async () => {
  const page = await lab.open("attributes.html", { colorScheme: "light" });
  await opened(page, marks(page, "agi").first());
  const [red] = (await card(page).evaluate((element) => getComputedStyle(element).backgroundColor)).match(/\d+/);
  assert.ok(+red < 60);
});

test("light on a light page and dark on a dark one", onlyChromium("the driver sets the colour scheme"), async () => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await lab.open("plain.html", { colorScheme });
    await opened(page, marks(page, "agi").first());
    const [red] = (await card(page).evaluate((element) => getComputedStyle(element).backgroundColor)).match(/\d+/);
    assert.equal(+red < 60, colorScheme == "dark");
  }
});

test("no motion for readers who asked for none", onlyChromium("the driver sets what the reader asked for"), async () => {
  const page = await lab.open("plain.html", { reducedMotion: "reduce" });
  await opened(page, marks(page, "antitrust"));
  assert.equal(await card(page).locator(`[part="label"]`).evaluate((element) => getComputedStyle(element).animationName), "none");
});
