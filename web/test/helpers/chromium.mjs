// Finds a Chromium for the tests.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Path of an installed Chromium, or undefined. CHROME_BIN overrules the search. */
export function findChromium() {
  const wanted = process.env.CHROME_BIN;
  if (wanted) {
    if (!existsSync(wanted)) throw new Error(`CHROME_BIN is ${wanted}, which does not exist`);
    return wanted;
  }
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(":")];
  const installed = names.flatMap((name) => folders.map((folder) => `${folder}/${name}`));
  const mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
  return [...installed, mac, chromium.executablePath()].find((path) => path && existsSync(path));
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
