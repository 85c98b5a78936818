// Runs the behaviour suite in every browser and writes docs/browsers.md.
//
//   node web/test/browsers.mjs [BROWSER …]
import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { run } from "node:test";
import { fileURLToPath } from "node:url";
import { findWholeChromium } from "./helpers/chromium.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The suite, by what its files are about. */
const files = {
  marks: "Marks",
  layout: "Parts that are hidden, boxes, and what is taken away",
  card: "The card",
  place: "Where the card stands",
  wishes: "What readers wish",
  pages: "Pages that change or are in parts",
  highlight: "Text that a framework owns",
  failure: "When the service fails",
  tour: "The site",
};

const names = { chromium: "Chromium", firefox: "Firefox", webkit: "WebKit" };
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(names);

/** Runs the suite in one browser: results by file and test. */
async function runIn(browser) {
  process.env.BROWSER = browser;
  process.env.CHROME_BIN ??= findWholeChromium() ?? ""; // what readers have
  const results = new Map();
  const paths = Object.keys(files).map((name) => here(name + ".test.mjs"));
  const note = (result) => (data) => {
    if (data.details?.type == "suite" || data.name.endsWith(".mjs")) return;
    const skipped = data.skip ?? undefined;
    results.set(`${basename(data.file, ".test.mjs")} ${data.name}`, skipped === undefined ? result : skipped);
    if (result == "no") console.error(`${names[browser]}: ${data.name}: ${data.details.error?.cause?.message ?? data.details.error}`);
  };
  const stream = run({ files: paths, concurrency: 1 }).on("test:pass", note("yes")).on("test:fail", note("no"));
  for await (const event of stream) void event;
  return results;
}

const all = {};
for (const browser of wanted) {
  all[browser] = await runIn(browser);
  const values = [...all[browser].values()];
  const count = (result) => values.filter((value) => value == result).length;
  console.log(`${names[browser]}: ${count("yes")} passed, ${count("no")} failed, ${values.length - count("yes") - count("no")} left out`);
  if (count("no") || !count("yes")) process.exitCode = 1;
}
if (wanted.length == Object.keys(names).length) await writeFile(here("../../docs/browsers.md"), table());

/** The results as a page of documentation. */
function table() {
  const keys = [...new Set(wanted.flatMap((browser) => [...all[browser].keys()]))];
  const reasons = [];
  const cell = (value) => {
    if (value == "yes" || value == "no" || value === undefined) return value ?? "";
    if (!reasons.includes(value)) reasons.push(value);
    return `– (${reasons.indexOf(value) + 1})`;
  };
  const rows = (file) =>
    keys
      .filter((key) => key.startsWith(file + " "))
      .map((key) => `| ${key.slice(file.length + 1).replaceAll("|", "\\|")} | ${wanted.map((browser) => cell(all[browser].get(key))).join(" | ")} |`);
  const head = `| | ${wanted.map((browser) => names[browser]).join(" | ")} |\n|---|${wanted.map(() => "---|").join("")}`;
  const parts = Object.entries(files).map(([file, title]) => `## ${title}\n\n${head}\n${rows(file).join("\n")}`);
  const notes = () => reasons.map((reason, i) => `${i + 1}. ${reason}`).join("\n");
  return `# Browsers

The same tests in three engines: Chromium, Firefox by WebDriver BiDi, and WebKit as WebKitGTK's small browser by WebDriver. Each row is a
test; "yes" passed, "no" failed, "–" was left out for the reason below. Written by \`make test-browsers\`.

${parts.join("\n\n")}

## Left out

${notes() || "Nothing."}
`;
}
