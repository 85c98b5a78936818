// Sees to it that there is a Chromium for the tests, and prints its path.
//
//   node web/test/helpers/install-browser.mjs
//
// One that is installed will do. Otherwise Playwright's own build is fetched
// and, where that cannot be had and this is root on Debian, Debian's.
import { spawnSync } from "node:child_process";
import { findChromium } from "./chromium.mjs";

const isRoot = process.getuid?.() === 0;

const attempts = [
  ["npx", "--no-install", "playwright-core", "install", "chromium"],
  ...(isRoot ? [["sh", "-c", "apt-get update -q && apt-get install -y -q --no-install-recommends chromium"]] : []),
];

for (const [command, ...rest] of attempts) {
  if (findChromium()) break;
  console.error(`No Chromium found, installing one: ${command} ${rest.join(" ")}`);
  spawnSync(command, rest, { stdio: ["ignore", 2, 2] });
}

const path = findChromium();
if (!path) {
  console.error("There is no Chromium and none could be installed. Install one, or set CHROME_BIN to the path of one.");
  process.exit(1);
}
console.log(path);
