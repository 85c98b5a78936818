// One server, one fixture host and one browser for a test file.
import { after, afterEach, before } from "node:test";
import { installClock } from "./clock.mjs";
import { engine, startBrowser } from "./engines.mjs";
import { startHost } from "./host.mjs";
import { startPostil } from "./server.mjs";

/** Options of a test that only Chromium's driver can run, and why. */
export const onlyChromium = (why) => ({ skip: engine != "chromium" && `Chromium only: ${why}` });

/** Options of a test that WebKit's driver cannot run, and why. */
export const notWebKit = (why) => ({ skip: engine == "webkit" && `not WebKit: ${why}` });

/** What a page is asked to record from its first moment on. */
function record() {
  const log = (window.log = { events: [], shift: 0, violations: [], said: [] });
  for (const name of ["annotated", "open", "close", "error"]) {
    addEventListener("postil:" + name, ({ detail }) => log.events.push({ name, ...detail, error: detail.error && String(detail.error) }));
  }
  if (PerformanceObserver.supportedEntryTypes.includes("layout-shift")) {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) log.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  }
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
    // A browser asks for an icon of its own accord.
    if (!/favicon/.test(blockedURI)) log.violations.push(violatedDirective + " " + blockedURI);
  });
  addEventListener("error", ({ message }) => log.said.push("thrown: " + message));
  addEventListener("unhandledrejection", ({ reason }) => log.said.push("thrown: " + reason));
  for (const level of ["log", "info", "warn", "error"]) {
    const say = console[level];
    console[level] = (...parts) => {
      log.said.push(`${level}: ${parts.join(" ")}`);
      say.apply(console, parts);
    };
  }
  document.addEventListener("DOMContentLoaded", () => (log.before = document.documentElement.outerHTML));
}

/** Prepares the lab before the tests of a file; its fields are set once they run. Flags are those of `postil serve`. */
export function setUp(generated, flags) {
  let postil;
  const pages = [];
  const lab = {
    base: "",
    host: undefined,
    browser: undefined,

    /**
     * Opens a page of the site ("/…") or a fixture ("name.html") and waits for
     * its marks unless `annotated` is false. With `clock`, time is under the
     * test's control; `scripts` are functions to run before the page's own, and
     * `prepare` is called with the page before it goes anywhere.
     */
    async open(path, options = {}) {
      const { annotated = true, clock = false, scripts = [], prepare, ...settings } = options;
      const functions = [record, ...(clock ? [installClock] : []), ...scripts];
      const preload = functions.map((run) => `(${run})();`).join("\n");
      const page = await lab.browser.open({ viewport: { width: 1000, height: 700 }, ...settings }, preload);
      pages.push(page);
      page.messages = [];
      page.on?.("console", (message) => page.messages.push(`${message.type()}: ${message.text()}`));
      page.on?.("pageerror", (error) => page.messages.push("thrown: " + error));
      await prepare?.(page);
      if (lab.browser.needsPreamble) lab.host.preamble = preload;
      await page.goto(path.startsWith("/") ? lab.base + path : `${lab.host.url}/${path}`);
      if (annotated) await event(page, "annotated");
      return page;
    },
  };
  before(async () => {
    postil = await startPostil(flags);
    lab.base = postil.url;
    lab.host = await startHost(lab.base, generated);
    lab.browser = await startBrowser();
  });
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close().catch(() => 0);
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
  const wanted = ([name, count]) => window.log?.events.filter((e) => e.name == name)[count - 1];
  try {
    const handle = await page.waitForFunction(wanted, [name, count]);
    return await handle.jsonValue();
  } catch (error) {
    const log = await page.evaluate(() => window.log).catch(() => "the page does not answer");
    throw new Error(`no event ${name}: ${JSON.stringify({ log, messages: page.messages })}`, { cause: error });
  }
}

/** What Postil said on the console. */
export const said = (page) => page.evaluate(() => window.log.said.filter((line) => line.includes("postil:")));

/** The open card, or a locator that finds nothing. Shadow roots are pierced. */
export const card = (page) => page.locator('[part="card"]');

/** Waits until the card has finished coming in. */
export const settled = (page) =>
  card(page).evaluate((element) => Promise.all(element.getAnimations({ subtree: true }).map(({ finished }) => finished)));

/** Waits until the card has all that it gets once it is open; the switch is the last of it. */
export async function filled(page) {
  await card(page).locator('[part="hide"]').waitFor();
  await settled(page);
}

/** The marks of a term. */
export const marks = (page, term) => page.locator(term ? `[data-postil="${term}"]` : "[data-postil]");

/** Waits until the card is gone. */
export const closed = (page) => card(page).waitFor({ state: "detached" });

/** Runs in the page: remembers what the API is asked about. */
export function spy() {
  const { fetch } = window;
  window.asked = [];
  window.fetch = (address, options) => {
    if (options?.body) window.asked.push(options.body);
    return fetch(address, options);
  };
}
