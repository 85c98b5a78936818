// The browsers that the suite runs in: BROWSER=chromium (the default), firefox
// or webkit.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { findChromium, flags } from "./chromium.mjs";
import { launchFirefox } from "./webdriver/firefox.mjs";
import { createPage, patience } from "./webdriver/page.mjs";
import { launchWebKit } from "./webdriver/webkit.mjs";

/** The browser of this run. */
export const engine = process.env.BROWSER ?? "chromium";

const engines = { chromium: startChromium, firefox: startFirefox, webkit: startWebKit };

/**
 * Starts the browser. Its `open` gives a page that has run the script `preload`
 * before any of its own, except that WebKit's driver knows no such scripts:
 * there, the host puts it into the page (`needsPreamble`).
 */
export async function startBrowser() {
  if (!engines[engine]) throw new Error(`BROWSER is ${engine}, want one of ${Object.keys(engines).join(", ")}`);
  return engines[engine]();
}

async function startChromium() {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("no Chromium: run node web/test/helpers/install-browser.mjs");
  const browser = await chromium.launch({ executablePath, args: flags });
  return {
    version: () => "Chromium " + browser.version(),
    close: () => browser.close(),
    async open(options, preload) {
      const context = await browser.newContext(options);
      await context.addInitScript(preload);
      context.setDefaultTimeout(patience);
      const page = await context.newPage();
      page.touch = (...points) => touch(page, points);
      page.drag = (from, to) => drag(page, from, to);
      return page;
    },
  };
}

async function touch(page, [[x, y], ...others]) {
  if (!others.length) return page.touchscreen.tap(x, y);
  const client = await page.context().newCDPSession(page);
  const send = (type, touchPoints) => client.send("Input.dispatchTouchEvent", { type, touchPoints });
  await send("touchStart", [{ x, y }]);
  for (const [x, y] of others) await send("touchMove", [{ x, y }]);
  await send("touchEnd", []);
}

async function drag({ mouse }, from, to) {
  await mouse.move(...from);
  await mouse.down();
  await mouse.move(...to, { steps: 8 });
  await mouse.up();
}

async function startFirefox() {
  const browser = await launchFirefox(find("Firefox", "FIREFOX_BIN", ["firefox-esr", "firefox"]));
  return {
    close: browser.close,
    open: async ({ viewport }, preload) => createPage(await browser.open(viewport, preload), { touch: true }),
  };
}

async function startWebKit() {
  const browser = await launchWebKit(find("WebKit's driver", "WEBKIT_BIN", ["WebKitWebDriver"]));
  return {
    close: browser.close,
    needsPreamble: true,
    open: async ({ viewport }) => createPage(await browser.open(viewport), { touch: false }),
  };
}

function find(what, variable, names) {
  const folders = (process.env.PATH ?? "").split(":");
  const paths = [process.env[variable], ...names.flatMap((name) => folders.map((folder) => `${folder}/${name}`))];
  const path = paths.find((path) => path && existsSync(path));
  if (!path) throw new Error(`no ${what}: run node web/test/helpers/install-browser.mjs --all`);
  return path;
}
