// Finds elements again each time it is used, in open shadow roots too.
import { until } from "./page.mjs";

/** Makes a locator of steps, each a selector, a text or a position. */
export function createLocator(page, steps) {
  const further = (step) => createLocator(page, [...steps, step]);
  const name = JSON.stringify(steps);
  /** Calls a function with the elements found, and an argument. */
  const all = (task, argument) => page.evaluate(`(${task})((${find})(${name}), ${JSON.stringify(argument) ?? "undefined"})`);
  const one = async (task, argument) => {
    await until(() => all("(found) => found.length"), name);
    return all(`([element], argument) => (${task})(element, argument)`, argument);
  };
  const point = async () => {
    await locator.waitFor();
    const { x, y, width, height } = await one(reveal);
    return [x + width / 2, y + height / 2];
  };

  const locator = {
    first: () => further({ at: 0 }),
    last: () => further({ at: -1 }),
    locator: (css) => further({ css }),
    filter: ({ hasText }) => further({ text: hasText }),
    getByText: (text) => further({ css: "*", text }),

    count: () => all("(found) => found.length"),
    allTextContents: () => all("(found) => found.map((element) => element.textContent)"),
    evaluateAll: (task, argument) => all(task, argument),
    evaluate: (task, argument) => one(task, argument),
    textContent: () => one("(element) => element.textContent"),
    innerHTML: () => one("(element) => element.innerHTML"),
    getAttribute: (attribute) => one("(element, attribute) => element.getAttribute(attribute)", attribute),
    boundingBox: () => one(box),
    focus: () => one("(element) => element.focus()"),

    async waitFor({ state = "visible" } = {}) {
      const wanted = state == "detached" ? "(found) => !found.length" : `([element]) => !!element && (${box})(element).height > 0`;
      await until(() => all(wanted), `${name} to be ${state}`);
    },
    async hover() {
      await page.mouse.move(...(await point()));
    },
    async click() {
      await page.mouse.click(...(await point()));
    },
    async tap() {
      await page.touchscreen.tap(...(await point()));
    },
    async press(key) {
      await locator.focus();
      await page.keyboard.press(key);
    },
  };
  return locator;
}

// What follows runs in the page.

function box(element) {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
}

/** The first line of an element, after it has been brought into view. */
function reveal(element) {
  const line = () => element.getClientRects()[0] ?? element.getBoundingClientRect();
  const isSeen = ({ x, y, width, height }) => {
    const top = element.getRootNode().elementFromPoint(x + width / 2, y + height / 2);
    return top && (element.contains(top) || top.contains(element));
  };
  if (!isSeen(line())) element.scrollIntoView({ block: "center", behavior: "instant" });
  const { x, y, width, height } = line();
  return { x, y, width, height };
}

function find(steps) {
  const roots = (scope) => {
    const inside = [...scope.querySelectorAll("*")].filter(({ shadowRoot }) => shadowRoot).flatMap(({ shadowRoot }) => roots(shadowRoot));
    const own = scope.shadowRoot ? roots(scope.shadowRoot) : [];
    return [scope, ...own, ...inside];
  };
  let found = [document];
  for (const { css, at, text } of steps) {
    if (css) found = [...new Set(found.flatMap(roots).flatMap((scope) => [...scope.querySelectorAll(css)]))];
    if (text) found = found.filter((element) => element.textContent.includes(text));
    if (at !== undefined) found = found.slice(at, at + 1 || undefined);
  }
  return found;
}
