// Finds a Chromium for the tests.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const SHELL = "chromium-headless-shell";
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Path of Chromium's headless shell if there is one, which is the same engine without
 * windows and opens a page in a third of the processor's time; otherwise of a whole
 * browser. Undefined if there is neither. CHROME_BIN overrules the search.
 */
export const findChromium = () => wanted() ?? installed([SHELL])[0] ?? findWholeChromium();

/** Path of an installed Chromium as readers have it, or undefined. CHROME_BIN overrules the search. */
export function findWholeChromium() {
  const mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
  return wanted() ?? [...installed(names), mac, chromium.executablePath()].find((path) => path && existsSync(path));
}

/** Whether there is a headless shell. */
export const hasShell = () => installed([SHELL]).length > 0;

function wanted() {
  const path = process.env.CHROME_BIN || undefined;
  if (path && !existsSync(path)) throw new Error(`CHROME_BIN is ${path}, which does not exist`);
  return path;
}

/** The paths at which programs of these names are, the first name's first. */
function installed(names) {
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(":")];
  return names.flatMap((name) => folders.map((folder) => `${folder}/${name}`)).filter((path) => existsSync(path));
}

/** Flags for a machine without display, sandbox or open network. */
export const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
