// Sees to it that there are browsers for the tests.
//
//   node web/test/helpers/install-browser.mjs [--all]
//
// Of Chromium, one that is installed will do. Otherwise Playwright's own build
// is fetched and, where that cannot be had and this is root on Debian, Debian's.
// Firefox and WebKit, wanted with --all, are Debian's.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findChromium } from "./chromium.mjs";
import { findMiniBrowser } from "./webdriver/webkit.mjs";

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

if (process.argv.includes("--all")) {
  const folders = (process.env.PATH ?? "").split(":");
  const isThere = (...names) => names.some((name) => folders.some((folder) => existsSync(`${folder}/${name}`)));
  const missing = [
    ...(process.env.FIREFOX_BIN || isThere("firefox", "firefox-esr") ? [] : ["firefox-esr"]),
    ...(findMiniBrowser() && isThere("WebKitWebDriver") ? [] : ["webkit2gtk-driver"]),
    ...(process.env.DISPLAY || isThere("Xvfb") ? [] : ["xvfb"]),
  ];
  if (missing.length) {
    const install = `apt-get update -q && apt-get install -y -q --no-install-recommends ${missing.join(" ")}`;
    console.error(`Missing: ${missing.join(", ")}. ${isRoot ? install : `As root: ${install}`}`);
    if (!isRoot || spawnSync("sh", ["-c", install], { stdio: ["ignore", 2, 2] }).status != 0) process.exit(1);
  }
}
