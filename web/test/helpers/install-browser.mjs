// Sees to it that there are browsers for the tests.
//
//   node web/test/helpers/install-browser.mjs [--whole | --all]
//
// Of Chromium, one that is installed will do, but where this is root on Debian, its
// headless shell is fetched too, with which the tests take half the time. Otherwise
// Playwright's own build is fetched and, where that cannot be had and this is root on
// Debian, Debian's. With --whole the whole browser is wanted, and with --all Debian's
// Firefox and WebKit as well.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findChromium, findWholeChromium, hasShell } from "./chromium.mjs";
import { findMiniBrowser } from "./webdriver/webkit.mjs";

const isRoot = process.getuid?.() === 0;
const all = process.argv.includes("--all");
const whole = all || process.argv.includes("--whole");
const debian = (names) => ["sh", "-c", `apt-get update -q && apt-get install -y -q --no-install-recommends ${names}`];

if (isRoot && existsSync("/etc/debian_version") && !hasShell() && !process.env.CHROME_BIN && !whole) install(debian("chromium-headless-shell"));

const find = whole ? findWholeChromium : findChromium;
const attempts = [["npx", "--no-install", "playwright-core", "install", "chromium"], ...(isRoot ? [debian("chromium")] : [])];

for (const attempt of attempts) {
  if (find()) break;
  install(attempt);
}

function install([command, ...rest]) {
  console.error(`Installing a Chromium for the tests: ${command} ${rest.join(" ")}`);
  spawnSync(command, rest, { stdio: ["ignore", 2, 2] });
}

const path = find();
if (!path) {
  console.error("There is no Chromium and none could be installed. Install one, or set CHROME_BIN to the path of one.");
  process.exit(1);
}
console.log(path);

if (all) {
  const folders = (process.env.PATH ?? "").split(":");
  const isThere = (...names) => names.some((name) => folders.some((folder) => existsSync(`${folder}/${name}`)));
  const missing = [
    ...(process.env.FIREFOX_BIN || isThere("firefox", "firefox-esr") ? [] : ["firefox-esr"]),
    ...(findMiniBrowser() && isThere("WebKitWebDriver") ? [] : ["webkit2gtk-driver"]),
    ...(process.env.DISPLAY || isThere("Xvfb") ? [] : ["xvfb"]),
  ];
  if (missing.length) {
    const [command, flag, line] = debian(missing.join(" "));
    console.error(`Missing: ${missing.join(", ")}. ${isRoot ? line : `As root: ${line}`}`);
    if (!isRoot || spawnSync(command, [flag, line], { stdio: ["ignore", 2, 2] }).status != 0) process.exit(1);
  }
}
