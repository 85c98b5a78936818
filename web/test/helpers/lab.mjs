// One server, one fixture host and one browser for a test file.
import { after, before } from "node:test";
import { chromium } from "playwright-core";
import { findChromium, flags } from "./chromium.mjs";
import { startHost } from "./host.mjs";
import { startPostil } from "./server.mjs";

/** How long to wait for what should happen soon, in milliseconds. */
const patience = 15_000;

/** What a page is asked to record from its first moment on. */
function record() {
  const log = (window.log = { events: [], shift: 0, violations: [] });
  for (const name of ["annotated", "open", "close", "error"]) {
    addEventListener("postil:" + name, ({ detail }) => log.events.push({ name, ...detail, error: detail.error && String(detail.error) }));
  }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) log.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  addEventListener("securitypolicyviolation", (event) => log.violations.push(event.violatedDirective + " " + event.blockedURI));
}

/** Prepares the lab before the tests of a file; its fields are set once they run. */
export function setUp(generated) {
  let postil;
  const lab = {
    base: "",
    host: undefined,
    browser: undefined,

    /**
     * Opens a page of the site ("/…") or a fixture ("name.html"), after
     * `prepare`, and waits for its marks unless `annotated` is false. Its
     * `messages` are the console's.
     */
    async open(path, options = {}) {
      const { annotated = true, prepare, ...contextOptions } = options;
      const context = await lab.browser.newContext({ viewport: { width: 1000, height: 700 }, ...contextOptions });
      await context.addInitScript(record);
      context.setDefaultTimeout(patience);
      const page = await context.newPage();
      page.messages = [];
      page.on("console", (message) => page.messages.push(`${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => page.messages.push("thrown: " + error));
      await prepare?.(page);
      await page.goto(path.startsWith("/") ? lab.base + path : `${lab.host.url}/${path}`);
      if (annotated) await event(page, "annotated");
      return page;
    },
  };
  before(async () => {
    const executablePath = findChromium();
    if (!executablePath) throw new Error("no Chromium: run node web/test/helpers/install-browser.mjs");
    postil = await startPostil();
    lab.base = postil.url;
    lab.host = await startHost(lab.base, generated);
    lab.browser = await chromium.launch({ executablePath, args: flags });
  });
  after(async () => {
    await lab.browser?.close();
    lab.host?.stop();
    postil?.stop();
  });
  return lab;
}

/** Waits for a Postil event and returns its record. */
export async function event(page, name, count = 1) {
  const wanted = ([name, count]) => window.log.events.filter((e) => e.name == name)[count - 1];
  try {
    const handle = await page.waitForFunction(wanted, [name, count], { timeout: patience });
    return await handle.jsonValue();
  } catch (error) {
    const events = await page.evaluate(() => window.log?.events);
    throw new Error(`no event ${name}: ${JSON.stringify({ events, messages: page.messages })}`, { cause: error });
  }
}

/** What Postil said on the console. */
export const said = (page) => page.messages.filter((line) => line.includes("postil:"));

/** The open card, or a locator that finds nothing. Shadow roots are pierced. */
export const card = (page) => page.locator('[part="card"]');

/** Waits until the card has finished coming in. */
export const settled = (page) =>
  card(page).evaluate((element) => Promise.all(element.getAnimations().map(({ finished }) => finished)));

/** The marks of a term. */
export const marks = (page, term) => page.locator(term ? `[data-postil="${term}"]` : "[data-postil]");

/** Waits until the card is gone. */
export const closed = (page) => card(page).waitFor({ state: "detached" });
