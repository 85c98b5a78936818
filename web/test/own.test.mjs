// The playground's own glossary, compiled in the page, and its requests in other languages.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { onlyChromium, setUp } from "./helpers/lab.mjs";

const lab = setUp();
const run = promisify(execFile);

/** The playground with a text and a glossary, as a link shares them. */
async function share(text, glossary, options = {}) {
  return lab.open("/playground/#" + new URLSearchParams({ text, ...(glossary === undefined ? {} : { glossary }) }), { annotated: false, ...options });
}

const ownMarks = (page) => page.locator("#marked a");
const mistakes = (page) => page.locator("#mistakes li").allTextContents();

test("a term that is added takes effect, in the page and with nothing sent", async () => {
  const asked = [];
  const page = await share("A wug met two wugs and the CMA.", "terms: []\n");
  page.on("request", (request) => asked.push(request.url()));
  await page.getByText("0 mentions of 0 terms").waitFor();
  await page.getByLabel("Label").fill("Wug");
  await page.getByLabel("Definition").fill("A made-up bird.");
  await page.getByRole("button", { name: "Add" }).click();
  await ownMarks(page).first().waitFor();
  assert.deepEqual(await ownMarks(page).allTextContents(), ["wug", "wugs"]);
  assert.match(await page.locator("#status").textContent(), /^2 mentions of 1 term in \d+ ms\. In this page, in ms: compile [\d.]+ · annotate [\d.]+$/);
  assert.equal(await page.locator("#own-wug").textContent(), "WugA made-up bird.");
  await ownMarks(page).first().click();
  assert.equal(new URL(page.url()).hash, "#own-wug");
  assert.deepEqual(asked.filter((url) => url.includes("/v1/")), []);
  const { violations } = await page.evaluate(() => window.log);
  assert.deepEqual(violations, []);
  assert.deepEqual(page.messages, []);
});

test("comments and the form of a glossary outlive an addition, JSON's too", async () => {
  for (const [before, kept] of [
    ["# mine\nterms:\n  - {id: a, label: Aleph} # first\n", /^# mine\nterms:\n {2}- \{ ?id: a, label: Aleph ?\} # first\n/],
    ['[{"id": "a", "label": "Aleph"}]', /^\[\n?\s*\{\s*"id": "a", "label": "Aleph"\s*\}/],
    ["", /^language: en\nterms:\n/],
  ]) {
    const page = await share("Aleph and Beth.", before || "\n");
    await page.getByLabel("Label").fill("Beth");
    await page.getByRole("button", { name: "Add" }).click();
    await ownMarks(page).filter({ hasText: "Beth" }).waitFor();
    assert.match(await page.locator("#glossary").inputValue(), kept);
    assert.equal(await ownMarks(page).count(), before ? 2 : 1);
    await page.close();
  }
});

const wrong = [
  { name: "YAML", glossary: "terms:\n  - id: a\n   label: A\n", line: 3 },
  { name: "a missing label", glossary: "terms:\n  - id: a\n    label: A\n  - id: b\n", line: 4, says: /label/ },
  { name: "an id twice", glossary: "terms:\n  - {id: a, label: A}\n  - {id: a, label: B}\n", line: 3, column: 10, says: /another term has this id/ },
  { name: "an unknown member", glossary: "terms:\n  - id: a\n    lable: A\n", line: 3, column: 5, says: /lable/ },
  { name: "a wrong value", glossary: "- id: a\n  label: A\n  case: loud\n", line: 3, column: 9, says: /smart, exact or any/ },
  { name: "a wrong type", glossary: '{"terms": [\n {"id": "a", "label": 3}]}', says: /label/ },
  { name: "no glossary", glossary: "just words", line: 1, column: 1, says: /list of terms/ },
];

for (const { name, glossary, line, column, says } of wrong) {
  test(`a mistake is shown with its place, and leads there: ${name}`, async () => {
    const page = await share("A.", glossary);
    await page.locator("#mistakes li").first().waitFor();
    const [first] = await mistakes(page);
    if (line) assert.match(first, new RegExp(`^Line ${line}, column ${column ?? "\\d+"}: `));
    if (says) assert.match(first, says);
    await page.locator("#mistakes button").first().click();
    const at = await page.locator("#glossary").evaluate((field) => field.value.slice(0, field.selectionStart).split("\n").length);
    assert.equal(at, Number(/^Line (\d+)/.exec(first)[1]));
    await page.locator("#glossary").fill("- {id: a, label: A1}");
    await page.waitForFunction(() => !document.querySelector("#mistakes li"));
    assert.equal(await page.locator(".status.wrong").count(), 0);
  });
}

test("an engine that cannot be loaded is said, and tried again", { ...onlyChromium("requests are intercepted"), timeout: 60_000 }, async () => {
  let held;
  const prepare = (page) => page.route("**/playground/engine/worker-*.js", (route) => (held ? held(route) : route.abort()));
  const page = await share("A wug.", "- {id: wug, label: Wug}", { prepare });
  await page.locator(".status.wrong").getByText("The engine cannot be started in this page.").waitFor();
  const asked = new Promise((hold) => (held = hold));
  await page.locator("#glossary").fill("- {id: wug, label: Wug} # again");
  const route = await asked;
  assert.equal(await page.locator(".status:not(.wrong)").textContent(), "The engine is being loaded …");
  await route.continue();
  await ownMarks(page).first().waitFor();
  assert.match(await page.locator("#status").textContent(), /^1 mention of 1 term/);
  assert.deepEqual(page.messages.filter((line) => !line.includes("net::ERR_FAILED")), []);
});

test("the site's glossary comes back, with its cards", async () => {
  const page = await share("OpenAI and a wug.", "- {id: wug, label: Wug}");
  await ownMarks(page).first().waitFor();
  await page.getByLabel("The site’s glossary").check();
  await page.locator("#marked [data-postil=openai]").waitFor();
  assert.equal(await page.locator("#own-terms *").count(), 0);
  assert.equal(await page.locator("#own").isVisible(), false);
});

test("a link holds text and glossary, and the file has what was written", onlyChromium("clipboard and downloads"), async () => {
  const glossary = "# ours & theirs\nterms:\n  - {id: wug, label: Wug}\n";
  const page = await share("A wug.", glossary);
  await ownMarks(page).first().waitFor();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await Promise.all([page.getByText("Copied").waitFor(), page.getByRole("button", { name: "Copy a link to this" }).click()]);
  const shared = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  assert.deepEqual(Object.fromEntries(new URLSearchParams(shared.hash.slice(1))), { text: "A wug.", glossary });
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
  assert.equal(download.suggestedFilename(), "glossary.yaml");
  assert.equal(await readFile(await download.path(), "utf8"), glossary);
});

const programs = {
  curl: { file: "run.sh", command: ["bash"] },
  fetch: { file: "run.mjs", command: ["node"] },
  Go: { file: "run.go", command: ["go", "run"] },
  Python: { file: "run.py", command: ["python3"] },
};

test("the request runs as it is in every language, whatever the text holds", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "snippets-"));
  t.after(() => rm(folder, { recursive: true }));
  const text = "OpenAI’s \"GPU\" and 'AGI' \\ `tick` ${x} $HOME %s\tcost 5 € 🙂\nEND\nof antitrust";
  const page = await share(text);
  await page.locator("#marked [data-postil=openai]").waitFor();
  await page.getByRole("tab", { name: "Request" }).click();
  const response = await fetch(lab.base + "/v1/annotate?candidates=true&explain=true", { method: "POST", headers: { "content-type": "text/plain" }, body: text });
  const { annotations, terms } = await response.json();
  const wanted = annotations.map(({ exact, term }) => `${exact} ${terms[term].label}`);
  assert.ok(wanted.length >= 4, wanted.join());
  for (const [language, { file, command }] of Object.entries(programs)) {
    await page.locator("#language").getByLabel(language, { exact: true }).check();
    const path = join(folder, file);
    await writeFile(path, await page.locator("#request").textContent());
    const [program, ...args] = command;
    const { stdout } = await run(program, [...args, path]);
    const got = language == "curl" ? JSON.parse(stdout).annotations.map(({ exact, term }) => `${exact} ${terms[term].label}`) : stdout.trim().split("\n");
    assert.deepEqual(got, wanted, language);
  }
});
