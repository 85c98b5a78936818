// A page over a WebDriver tab, with the part of Playwright's interface that the
// tests use, so that one suite runs in every browser.
import { createLocator } from "./locator.mjs";

/** How long to wait for what should happen soon, in milliseconds. */
export const patience = 20_000;

const keys = { Tab: "\uE004", Escape: "\uE00C", Enter: "\uE007", Space: " ", Shift: "\uE008" };

/** Makes a page of a tab, `traits` says what its browser's driver can do. */
export function createPage(tab, traits) {
  let at = [0, 0];
  const pointer = (id, ...actions) => ({ type: "pointer", id, parameters: { pointerType: id }, actions });
  const pointerMove = (x, y) => ({ type: "pointerMove", x: Math.round(x), y: Math.round(y), duration: 0 });
  const [pointerDown, pointerUp] = ["pointerDown", "pointerUp"].map((type) => ({ type, button: 0 }));
  const mouse = (...actions) => tab.act([pointer("mouse", ...actions)]);

  const page = {
    goto: (url) => tab.goto(url),
    goBack: () => tab.back(),
    setViewportSize: (size) => tab.resize(size),
    close: () => tab.close(),
    locator: (css) => createLocator(page, [{ css }]),

    /** Calls a function in the page; argument and result travel as JSON. */
    async evaluate(task, argument) {
      const call = typeof task == "string" ? task : `(${task})(${JSON.stringify(argument) ?? ""})`;
      const json = await tab.evaluate(`(async () => JSON.stringify({ value: await (${call}) }))()`);
      return JSON.parse(json).value;
    },
    async waitForFunction(task, argument) {
      const value = await until(() => page.evaluate(task, argument), `${task}`);
      return { jsonValue: () => value };
    },

    mouse: {
      async move(x, y, { steps = 1 } = {}) {
        const [fromX, fromY] = at;
        at = [x, y];
        const part = (i) => [fromX + ((x - fromX) * i) / steps, fromY + ((y - fromY) * i) / steps];
        for (let i = 1; i <= steps; i++) await mouse(pointerMove(...part(i)));
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      },
      async click(x, y) {
        await page.mouse.move(x, y);
        await mouse(pointerDown, pointerUp);
      },
      wheel: (deltaX, deltaY) => {
        const [x, y] = at.map(Math.round);
        return tab.act([{ type: "wheel", id: "wheel", actions: [{ type: "scroll", x, y, deltaX, deltaY }] }]);
      },
    },
    keyboard: {
      async press(chord) {
        const values = chord.split("+").map((name) => keys[name] ?? name);
        const down = values.map((value) => ({ type: "keyDown", value }));
        const up = values.map((value) => ({ type: "keyUp", value })).reverse();
        await tab.act([{ type: "key", id: "keyboard", actions: [...down, ...up] }]);
      },
    },
    touchscreen: {
      tap: (x, y) => page.touch([x, y]),
    },
    /** Presses the mouse at one point and releases it at another. */
    async drag(from, to) {
      const between = Array.from({ length: 8 }, (_, i) => from.map((start, axis) => start + ((to[axis] - start) * (i + 1)) / 8));
      at = to;
      await mouse(pointerMove(...from), pointerDown, ...between.map((point) => pointerMove(...point)), pointerUp);
    },
    /** Touches a point, moves the finger over further ones, and lifts it. */
    async touch(...points) {
      if (!traits.touch) return page.evaluate(touchInPage, points);
      const [first, ...others] = points.map(([x, y]) => pointerMove(x, y));
      await tab.act([pointer("touch", first, pointerDown, ...others, pointerUp)]);
    },
  };
  return page;
}

/** Repeats a question until it is answered with something that counts as true. */
export async function until(ask, what) {
  const deadline = Date.now() + patience;
  let last;
  while (Date.now() < deadline) {
    try {
      const value = await ask();
      if (value) return value;
    } catch (error) {
      last = error;
    }
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`waited ${patience} ms for ${what}`, { cause: last });
}

/** A touch where the driver knows none: the events that a browser would send. */
function touchInPage(points) {
  const send = (Type, name, [clientX, clientY], extra) => {
    let target = document.elementFromPoint(clientX, clientY);
    while (target?.shadowRoot?.elementFromPoint(clientX, clientY)) target = target.shadowRoot.elementFromPoint(clientX, clientY);
    const init = { bubbles: true, composed: true, cancelable: true, clientX, clientY, pointerType: "touch", detail: 1, ...extra };
    (target ?? document.documentElement).dispatchEvent(new Type(name, init));
  };
  const last = points.at(-1);
  send(PointerEvent, "pointerdown", points[0], { buttons: 1 });
  for (const point of points.slice(1)) send(PointerEvent, "pointermove", point, { buttons: 1 });
  send(PointerEvent, "pointerup", last);
  if (points.length == 1) send(MouseEvent, "click", last);
}
