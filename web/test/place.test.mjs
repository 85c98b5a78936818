// Where the card stands and what it looks like on pages that make it hard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "./helpers/engines.mjs";
import { card, event, filled, marks, notWebKit, onlyChromium, setUp } from "./helpers/lab.mjs";

const text = "<p>OpenAI wants artificial general intelligence, and buys GPUs.</p>";
const page = (body, style = "") => `<!doctype html>
<html lang="en"><title>Place</title><style>${style}</style><script async src="{{BASE}}/embed.js"></script>${body}</html>`;

/** Colours that are light, in notations other than rgb(). */
const light = ["oklch(0.95 0.02 250)", "lab(96% 0 0)", "color(display-p3 0.95 0.95 0.9)", "color-mix(in oklab, white 90%, black)", "hwb(0 95% 0%)"];
const dark = ["oklch(0.2 0.02 250)", "lab(12% 0 0)", "color(display-p3 0.1 0.1 0.1)", "color(srgb -0.01 0 1e-7)"];

/** What moves or changes text, as rules of pages for all spans. */
const spans = {
  "letter-spacing": "0.08em",
  "word-spacing": "0.2em",
  "text-transform": "uppercase",
  "white-space": "nowrap",
  "word-break": "break-all",
  hyphens: "none",
  "vertical-align": "middle",
};

const lab = setUp({
  "spans.html": page(`<article>${text}<span id="other">Another.</span></article>`, `article span { ${Object.entries(spans).map(([name, value]) => `${name}: ${value}`).join("; ")} }`),
  "colours.html": page(`<article>${text}</article>`),
  "low.html": page(`<article>${text}</article>`, "body { margin: 0; height: 400px }"),
  "slotted.html": page(
    `<x-dialog><article>${text}</article></x-dialog>
<script>
  const shadow = document.querySelector("x-dialog").attachShadow({ mode: "open" });
  shadow.innerHTML = "<dialog><slot></slot></dialog>";
  shadow.firstChild.showModal();
</script>`,
  ),
  "shadowed.html": page(
    `<dialog id=modal><div id=host></div></dialog>
<script>
  document.querySelector("#host").attachShadow({ mode: "open" }).innerHTML = "<article>${text}</article>";
  document.querySelector("#modal").showModal();
</script>`,
  ).replace("<script async", '<script async data-shadow="open"'),
  "fullscreen.html": page(`<article><button onclick="this.parentNode.requestFullscreen()">Full</button>${text}</article>`),
  "grid-page.html": page(`<article>${text}</article>`, "html { display: grid; gap: 40px; grid-template-columns: 1fr; align-content: start }"),
  "grid-dialog.html": page(`<dialog id=modal open style="display:grid;gap:40px"><article>${text}</article></dialog>`),
});

const boxes = async (page, mark) => ({ mark: await mark.boundingBox(), card: await card(page).boundingBox() });
const opened = async (page, mark) => {
  await mark.click();
  await event(page, "open");
  await filled(page);
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

test("beside its mark wherever that is in a low window, as at 200 %", async () => {
  const page = await lab.open("low.html", { viewport: { width: 640, height: 400 } });
  for (const padding of [60, 150, 190, 230, 330]) {
    await page.evaluate((padding) => (document.body.style.paddingTop = padding + "px"), padding);
    const { mark, card: box } = await opened(page, marks(page, "agi"));
    const isBeside = box.y >= mark.y + mark.height || box.y + box.height <= mark.y;
    assert.ok(isBeside && box.y >= 0 && box.y + box.height <= 400 && box.height >= 160, JSON.stringify({ padding, mark, box }));
    await page.keyboard.press("Escape");
    await card(page).waitFor({ state: "detached" });
  }
});

test("what is too long for a line, as an address that is a source's title, breaks inside the card", async () => {
  const lengthen = () => {
    const { fetch } = window;
    window.fetch = async (...request) => {
      const answer = await (await fetch(...request)).json();
      for (const term of Object.values(answer.terms ?? {})) term.sources = [{ title: "https://example.org/" + "0123456789".repeat(9), url: "https://example.org/" }];
      return Response.json(answer);
    };
  };
  const page = await lab.open("colours.html", { scripts: [lengthen] });
  const { card: box } = await opened(page, marks(page, "agi"));
  const link = await card(page).locator('[part="sources"] a').boundingBox();
  assert.ok(link.x + link.width <= box.x + box.width && link.height > 30, JSON.stringify({ link, box }));
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

test("what a page does to the text of every span is not done to marks", async () => {
  const page = await lab.open("spans.html");
  const [mark, span, text] = await page.evaluate((properties) => {
    const of = (element) => properties.map((property) => getComputedStyle(element)[property]);
    return [of(document.querySelector("[data-postil]")), of(document.querySelector("#other")), of(document.querySelector("p"))];
  }, Object.keys(spans));
  assert.deepEqual(mark, text);
  for (const [i, property] of Object.keys(spans).entries()) assert.notEqual(span[i], text[i], property);
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

for (const [theme, colours] of Object.entries({ dark: light, light: dark })) {
  for (const colour of colours) {
    test(`${theme} beside text of ${colour}, whatever the reader's system prefers`, onlyChromium("the driver sets the colour scheme"), async () => {
      const page = await lab.open("colours.html", { colorScheme: theme == "dark" ? "light" : "dark" });
      await page.evaluate((colour) => (document.body.style.color = colour), colour);
      await opened(page, marks(page, "agi"));
      assert.equal(await card(page).evaluate((element) => element.style.colorScheme), theme);
    });
  }
}

for (const [name, where] of Object.entries({ slotted: "slotted into a modal dialog in a shadow root", shadowed: "in a shadow root in a modal dialog" })) {
  test(`usable for text ${where}`, async () => {
    const page = await lab.open(name + ".html");
    await opened(page, marks(page, "agi"));
    // What is inert is not hit.
    const hit = card(page).locator('[part="close"]').evaluate((button) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      return button.getRootNode().elementFromPoint(left + width / 2, top + height / 2) == button;
    });
    assert.equal(await hit, true);
    // WebKit's driver clicks beside what is in two shadow roots.
    if (engine == "webkit") await page.keyboard.press("Escape");
    else await card(page).locator('[part="close"]').click();
    await card(page).waitFor({ state: "detached" });
  });
}

test("usable in an element that has the whole screen", onlyChromium("the driver has a screen"), async () => {
  const page = await lab.open("fullscreen.html");
  await page.locator("button", { hasText: "Full" }).click();
  await page.waitForFunction(() => document.fullscreenElement);
  await opened(page, marks(page, "agi"));
  assert.equal(await isOnTop(page), true);
  await card(page).locator('[part="close"]').click();
  await card(page).waitFor({ state: "detached" });
});

for (const name of ["grid-page", "grid-dialog"]) {
  test(`takes no cell of a grid: ${name}`, async () => {
    const page = await lab.open(name + ".html");
    const height = () => page.evaluate(() => (document.querySelector("dialog") ?? document.documentElement).getBoundingClientRect().height);
    const before = await height();
    await opened(page, marks(page, "agi"));
    assert.equal(await height(), before);
  });
}

test("no motion for readers who asked for none", onlyChromium("the driver sets what the reader asked for"), async () => {
  const page = await lab.open("plain.html", { reducedMotion: "reduce" });
  await opened(page, marks(page, "antitrust"));
  assert.equal(await card(page).locator(`[part="label"]`).evaluate((element) => getComputedStyle(element).animationName), "none");
});
