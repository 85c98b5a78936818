// How a card opens, stays and closes: mouse, keyboard, touch.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pass, startClock, stopClock } from "./helpers/clock.mjs";
import { card, closed, event, filled, marks, notWebKit, onlyChromium, settled, setUp } from "./helpers/lab.mjs";

const lab = setUp();

/** Whether the card is what one sees at its own middle: not hidden, not covered. */
const isPainted = (page) =>
  card(page).evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    return document.elementFromPoint(x, y) == element.getRootNode().host && x > 0 && y > 0 && x < innerWidth && y < innerHeight;
  });

const middle = async (locator) => {
  const { x, y, width, height } = await locator.boundingBox();
  return [x + width / 2, y + height / 2];
};

test("a resting pointer opens the card with label, kind, definition and source", async () => {
  const page = await lab.open("plain.html");
  await marks(page, "antitrust").hover();
  const { term } = await event(page, "open");
  assert.equal(term, "antitrust");
  assert.equal(await isPainted(page), true);
  assert.match(await card(page).locator('[part="label"]').textContent(), /Antitrust/);
  assert.ok((await card(page).locator('[part="definition"]').textContent()).length > 40);
  assert.ok((await card(page).locator('[part="kind"]').textContent()).length > 2);
  assert.match(await card(page).locator('[part="sources"] a').first().getAttribute("href"), /^https:/);
  assert.equal(await card(page).getAttribute("role"), "dialog");
  assert.equal(await page.evaluate(() => window.log.shift), 0);
});

test("what comes into an open card late moves nothing that is in it", async () => {
  const hold = () => {
    const { fetch } = window;
    const released = new Promise((release) => (window.release = release));
    window.fetch = async (address, options) => {
      if (/\/v1\/terms\//.test(address)) await released;
      return fetch(address, options);
    };
  };
  const page = await lab.open("plain.html", { scripts: [hold] });
  await marks(page, "antitrust").hover();
  await event(page, "open");
  await settled(page);
  const lines = () => card(page).evaluate((element) => [...element.children].map((line) => [line.getAttribute("part") ?? line.className, line.getBoundingClientRect().y]));
  const first = await lines();
  await page.evaluate(() => window.release());
  await card(page).locator('[part="hide"]').waitFor();
  const all = await lines();
  assert.deepEqual(all.slice(0, first.length), first);
  assert.deepEqual(all.slice(first.length).map(([part]) => part), ["see-also", "mentions", "hide"]);
});

test("the card's module is fetched on the first sign of interest, not before", async () => {
  const page = await lab.open("plain.html");
  const fetched = () => page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => /card-/.test(name)).length);
  assert.equal(await fetched(), 0);
  await marks(page, "antitrust").hover();
  await event(page, "open");
  assert.equal(await fetched(), 1);
});

test("a pointer that passes over a mark opens nothing", async () => {
  const page = await lab.open("plain.html", { clock: true });
  const [x, y] = await middle(marks(page, "antitrust"));
  await stopClock(page);
  await page.mouse.move(x, 5);
  await page.mouse.move(x, y, { steps: 3 });
  await page.mouse.move(x, y + 300, { steps: 3 });
  await pass(page, 2000);
  await startClock(page);
  // Another card that is opened afterwards proves that the first had its chance.
  await marks(page, "agi").first().hover();
  assert.equal((await event(page, "open")).term, "agi");
});

test("a mark that scrolls under a still pointer opens nothing", async () => {
  const page = await lab.open("plain.html", { clock: true });
  const [x, y] = await middle(marks(page, "antitrust"));
  await page.evaluate(() => addEventListener("pointermove", (event) => (window.last = event)));
  const under = () => page.evaluate(([x, y]) => document.elementFromPoint(x, y)?.dataset.postil, [x, y - 60]);
  await page.mouse.move(x, y - 60);
  await page.mouse.wheel(0, 60);
  await page.waitForFunction(() => scrollY == 60);
  assert.equal(await under(), "antitrust", "the mark is not under the pointer");
  // Safari tells of a move where there was none.
  await marks(page, "antitrust").evaluate((mark) => {
    const { pointerType, screenX, screenY } = window.last;
    mark.dispatchEvent(new PointerEvent("pointermove", { bubbles: true, pointerType, screenX, screenY }));
  });
  await pass(page, 2000);
  assert.equal(await card(page).count(), 0);
  assert.deepEqual(await page.evaluate(() => window.log.events.filter(({ name }) => name == "open")), []);
});

test("a pointer that goes on within the mark after a little scrolling opens the card", async () => {
  const page = await lab.open("plain.html", { clock: true });
  const [x, y] = await middle(marks(page, "antitrust"));
  await stopClock(page);
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, 1);
  await page.waitForFunction(() => scrollY == 1);
  // The event of scrolling comes with the next frame.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.mouse.move(x + 2, y);
  await pass(page, 2000);
  assert.equal((await event(page, "open")).term, "antitrust");
});

test("the card stays while the pointer travels to it and rests on it, and closes when it leaves", async () => {
  const page = await lab.open("plain.html", { clock: true });
  await marks(page, "antitrust").hover();
  await event(page, "open");
  const [x, y] = await middle(card(page));
  const [fromX, fromY] = await middle(marks(page, "antitrust"));
  await stopClock(page);
  for (let step = 1; step <= 5; step++) {
    await page.mouse.move(fromX + ((x - fromX) * step) / 5, fromY + ((y - fromY) * step) / 5);
    await pass(page, 200);
  }
  await pass(page, 2000);
  assert.equal(await card(page).count(), 1);
  await startClock(page);
  await page.mouse.move(x, 650, { steps: 5 });
  await closed(page);
  assert.equal((await event(page, "close")).term, "antitrust");
});

test("a pointer on its way to the card has twice the time of one that went elsewhere", async () => {
  const page = await lab.open("alone.html", { clock: true });
  const isOpenAfter = async (x, y, milliseconds) => {
    await marks(page, "antitrust").hover();
    await card(page).waitFor();
    await stopClock(page);
    await page.mouse.move(x, y);
    await pass(page, milliseconds);
    const open = (await card(page).count()) == 1;
    await startClock(page);
    await page.mouse.move(5, 5);
    await closed(page);
    return open;
  };
  const { x, y, width, height } = await marks(page, "antitrust").boundingBox();
  assert.equal(await isOpenAfter(x + width + 20, y + height + 3, 450), true);
  assert.equal(await isOpenAfter(x + width + 20, y + height + 3, 650), false);
  assert.equal(await isOpenAfter(x + width + 20, y - 30, 450), false);
});

test("a click keeps the card open until another place is clicked", async () => {
  const page = await lab.open("plain.html", { clock: true });
  await marks(page, "antitrust").click();
  await event(page, "open");
  await page.mouse.move(5, 5, { steps: 5 });
  await pass(page, 2000);
  assert.equal(await card(page).count(), 1);
  await page.mouse.click(5, 600);
  await closed(page);
});

test("selecting text over a mark opens nothing", async () => {
  const page = await lab.open("plain.html", { clock: true });
  const { x, y, width, height } = await marks(page, "antitrust").boundingBox();
  // However long the driver takes, the pointer does not rest there.
  await stopClock(page);
  await page.drag([x + 4, y + height / 2 - 3], [x + width - 4, y + height / 2 - 3]);
  assert.match(await page.evaluate(() => String(getSelection())), /ntitrus/);
  await page.mouse.move(5, 5);
  await startClock(page);
  // Another card that is opened afterwards proves that the first had its chance.
  await marks(page, "microsoft").click();
  assert.equal((await event(page, "open")).term, "microsoft");
});

test("scrolling the mark out of sight closes the card", async () => {
  const page = await lab.open("plain.html");
  await marks(page, "antitrust").click();
  await event(page, "open");
  await page.evaluate(() => scrollTo(0, 1e5));
  await closed(page);
});

test("a little scrolling keeps the card at its mark", async () => {
  const page = await lab.open("plain.html");
  await marks(page, "antitrust").click();
  await event(page, "open");
  await page.evaluate(() => new Promise((done) => (scrollTo(0, 30), requestAnimationFrame(() => requestAnimationFrame(done)))));
  const [mark, box] = [await marks(page, "antitrust").boundingBox(), await card(page).boundingBox()];
  assert.ok(Math.abs(box.y - (mark.y + mark.height) - 6) < 3, JSON.stringify({ mark, box }));
});

test("keyboard: Tab opens, Tab enters, Esc closes and gives the focus back", async () => {
  const page = await lab.open("plain.html");
  const focused = () => page.evaluate(() => document.activeElement.dataset?.postil ?? document.activeElement.id);
  await page.keyboard.press("Tab");
  const { term } = await event(page, "open");
  assert.equal(await focused(), term);
  const mark = marks(page, term).first();
  assert.equal(await mark.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Tab");
  assert.equal(await card(page).evaluate((element) => element.contains(element.getRootNode().activeElement)), true);
  await page.keyboard.press("Escape");
  await closed(page);
  assert.equal(await focused(), term);
  assert.equal(await mark.getAttribute("aria-expanded"), "false");
});

test("keyboard: Enter moves the focus into the card, Tab past its end goes on after the mark", async () => {
  const page = await lab.open("plain.html");
  await marks(page, "antitrust").focus();
  await page.keyboard.press("Enter");
  await event(page, "open");
  await page.waitForFunction(() => document.activeElement.shadowRoot?.activeElement?.role == "dialog");
  // How many stops it has is not known: terms to see also may be looked up meanwhile.
  const inside = () => page.evaluate(() => Boolean(document.activeElement.shadowRoot?.activeElement));
  for (let stops = 0; stops < 30 && (await inside()); stops++) await page.keyboard.press("Tab");
  await event(page, "close");
  const following = await page.evaluate(() => {
    const all = [...document.querySelectorAll("[tabindex='0'], a")];
    return all.indexOf(document.activeElement) - all.findIndex((element) => element.dataset.postil == "antitrust");
  });
  assert.equal(following, 1);
});

test("keyboard: Shift+Tab leads from the card back to the mark", notWebKit("its driver sends Shift+Tab without its name"), async () => {
  const page = await lab.open("plain.html");
  await marks(page, "antitrust").focus();
  await page.keyboard.press("Enter");
  await event(page, "open");
  await page.waitForFunction(() => document.activeElement.shadowRoot?.activeElement);
  await page.keyboard.press("Shift+Tab");
  await closed(page);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.postil), "antitrust");
});

test("touch: a tap opens a sheet on a narrow screen, a tap outside closes it", notWebKit("its window has a least width"), async () => {
  const page = await lab.open("plain.html", { viewport: { width: 390, height: 780 }, hasTouch: true });
  await marks(page, "antitrust").tap();
  await event(page, "open");
  await settled(page);
  const box = await card(page).boundingBox();
  const scrollBar = await page.evaluate(() => innerWidth - document.documentElement.clientWidth);
  assert.equal(Math.round(box.width) + scrollBar, 390);
  assert.equal(Math.round(box.y + box.height), 780);
  await page.touchscreen.tap(200, 10);
  await closed(page);
});

const narrow = { viewport: { width: 390, height: 780 }, hasTouch: true };

test("touch: a sheet can be pulled down by its bar", async () => {
  const page = await lab.open("plain.html", narrow);
  await marks(page, "antitrust").tap();
  await event(page, "open");
  await filled(page);
  const [x, y] = await middle(card(page).locator(".bar"));
  await page.touch(...Array.from({ length: 10 }, (_, i) => [x, y + 10 * i]));
  await closed(page);
});

test("touch: a sheet with much to say scrolls under a finger, and stays", onlyChromium("its driver scrolls by touch"), async () => {
  const page = await lab.open("plain.html", narrow);
  await marks(page, "antitrust").tap();
  await event(page, "open");
  await filled(page);
  await card(page).evaluate((element) => (element.style.maxHeight = "8em"));
  const [x, y] = await middle(card(page));
  await page.touch(...Array.from({ length: 10 }, (_, i) => [x, y - 10 * i]));
  const handle = await card(page).elementHandle();
  await page.waitForFunction((element) => element.scrollTop > 0, handle);
  assert.equal(await card(page).count(), 1);
});

test("touch: on a wide screen the card stands at its mark", async () => {
  const page = await lab.open("plain.html", { hasTouch: true });
  await marks(page, "antitrust").tap();
  await event(page, "open");
  const box = await card(page).boundingBox();
  assert.ok(box.width < 450);
  assert.equal(await isPainted(page), true);
});

test("see-also turns the card over, back turns it back, and unknown terms are looked up", async () => {
  const page = await lab.open("plain.html");
  await marks(page, "agi").first().click();
  await event(page, "open");
  const label = card(page).locator('[part="label"]');
  const first = await label.textContent();
  const links = card(page).locator('[part="see-also"] button');
  // The last has to be looked up: the page does not mention it.
  await page.waitForFunction(() => document.documentElement.lastElementChild.shadowRoot?.querySelectorAll("[part=see-also] button").length >= 3);
  const wanted = await links.last().textContent();
  await links.last().click();
  await label.filter({ hasText: wanted }).waitFor();
  await card(page).locator('[part="back"]').click();
  assert.equal(await label.textContent(), first);
  assert.equal(await card(page).locator('[part="back"]').count(), 0);
});

test("the card names other articles that mention the term, newest first and not this one, once it is open", notWebKit("its driver cannot watch the site's own pages"), async () => {
  const path = "/articles/microsoft-openai-after-exclusivity/";
  const page = await lab.open(path);
  const asked = () => page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("/mentions")).length);
  assert.equal(await asked(), 0);
  await marks(page, "tpu").first().click();
  await event(page, "open");
  const links = card(page).locator('[part="mentions"] a');
  await links.first().waitFor();
  const named = await links.evaluateAll((all) => all.map(({ href }) => new URL(href).pathname));
  const { mentions } = await (await fetch(`${lab.base}/v1/terms/tpu/mentions`)).json();
  assert.deepEqual(named, mentions.map(({ url }) => url).filter((url) => url != path).slice(0, 3));
  assert.ok(named.length > 1, "the demo has more than one other article on it");
});

test("of addresses with a query, the page's own is the one with its query", async () => {
  const answer = () => {
    const { fetch } = window;
    const mentions = ["?p=12", "?p=7", ""].map((query) => ({ url: location.pathname + query, title: query }));
    window.fetch = (address, options) => (String(address).includes("/mentions") ? Promise.resolve(Response.json({ mentions })) : fetch(address, options));
  };
  const page = await lab.open("plain.html?p=12", { scripts: [answer] });
  await marks(page).first().click();
  await event(page, "open");
  const links = card(page).locator('[part="mentions"] a');
  await links.first().waitFor();
  assert.deepEqual(await links.evaluateAll((all) => all.map(({ textContent }) => textContent)), ["?p=7"]);
});

test("no card opens for a mark that the page has taken away meanwhile", async () => {
  const page = await lab.open("plain.html");
  await marks(page).first().evaluate((mark) => {
    mark.click();
    mark.closest("p").remove();
  });
  await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name, responseEnd }) => name.includes("/card-") && responseEnd));
  await page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(done))));
  assert.equal(await card(page).count(), 0);
  await marks(page).first().click();
  assert.equal((await event(page, "open")).name, "open");
  assert.equal(await page.evaluate(() => window.log.events.filter(({ name }) => name == "open").length), 1);
});

test("a term that the server does not know says so and harms nothing", async () => {
  const page = await lab.open("adopted.html");
  await marks(page, "no-such-term").click();
  await event(page, "open");
  await card(page).getByText("could not be loaded").waitFor();
  await page.keyboard.press("Escape");
  await closed(page);
});

test("a mark from the server opens with what the API says of its term", async () => {
  const page = await lab.open("adopted.html");
  await marks(page, "openai").click();
  await event(page, "open");
  await card(page).locator('[part="definition"]').waitFor();
  assert.match(await card(page).locator('[part="label"]').textContent(), /OpenAI/);
});

test("the close button closes and gives the focus back", async () => {
  const page = await lab.open("plain.html");
  await marks(page, "antitrust").focus();
  await page.keyboard.press("Enter");
  await event(page, "open");
  await card(page).locator('[part="close"]').click();
  await closed(page);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.postil), "antitrust");
});

test("opening another mark's card closes the first", async () => {
  const page = await lab.open("plain.html");
  await marks(page, "antitrust").click();
  await event(page, "open");
  await marks(page, "microsoft").click();
  assert.equal((await event(page, "open", 2)).term, "microsoft");
  assert.equal(await card(page).count(), 1);
});
