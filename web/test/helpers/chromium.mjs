// Finds a Chromium for the tests and, run as a program, installs one:
//
//   node web/test/helpers/chromium.mjs
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
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

function install() {
  const attempts = [["npx", "playwright-core", "install", "chromium"]];
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    // Where Debian's packages are at hand they are the surer way.
    attempts.unshift(["sh", "-c", "apt-get update -q && apt-get install -y -q --no-install-recommends chromium"]);
  }
  for (const [command, ...rest] of attempts) {
    console.log(`installing Chromium: ${command} ${rest.join(" ")}`);
    spawnSync(command, rest, { stdio: "inherit" });
    if (findChromium()) return;
  }
  throw new Error("no Chromium: install one, or set CHROME_BIN to the path of one");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!findChromium()) install();
  console.log(findChromium());
}
