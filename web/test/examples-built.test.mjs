// The examples that have to be built, built with their own tools and run.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { index, project, tool } from "../../wasm/npm/test/project.mjs";
import { card, event, marks, setUp } from "./helpers/lab.mjs";

const examples = fileURLToPath(new URL("../../examples/", import.meta.url));
const pages = {};
const lab = setUp(pages);

/** The same file, with Postil where the tests have it. */
const placed = (text) => text.replaceAll("https://glossary.example.org", "{{BASE}}");

before(async () => {
  for (const name of ["react", "vue"]) {
    const { output } = await build({ root: examples + name, base: "./", logLevel: "warn", build: { write: false } });
    for (const { fileName, code, source } of output) pages[`${name}/${fileName}`] = placed(code ?? String(source));
  }
  pages["ghost.html"] = placed(`<!doctype html><html lang="en"><title>Ghost</title>${readFileSync(examples + "ghost/code-injection.html", "utf8")}
<main><p>About OpenAI</p><article><section class="gh-content"><p>The antitrust case.</p></section></article></main></html>`);
});

/** What is highlighted, whatever its order. */
const highlighted = () => [...(CSS.highlights.get("postil") ?? [])].map((range) => range.toString()).sort();

for (const name of ["react", "vue"]) {
  test(`${name}: terms stay marked when the text is rendered anew, until the component goes`, async () => {
    const page = await lab.open(`${name}/index.html`);
    assert.deepEqual(await page.evaluate(highlighted), ["artificial intelligence", "graphics processing unit"]);
    await page.getByRole("button", { name: "Rent another" }).click();
    await page.getByText("rents 2 graphics processing units").waitFor();
    await page.waitForFunction(`(${highlighted})().join() == "artificial intelligence,graphics processing units"`);
    assert.equal(await page.locator("article [data-postil]").count(), 0);
    await page.getByRole("button", { name: "Without notes" }).click();
    await page.waitForFunction(`!(${highlighted})().length`);
    await page.getByRole("button", { name: "With notes" }).click();
    await page.waitForFunction(`(${highlighted})().length == 2`);
    assert.deepEqual(page.messages, []);
  });
}

/** A folder's files by their paths. */
const files = (folder) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true })
      .filter((path) => statSync(folder + path).isFile())
      .map((path) => [path, readFileSync(folder + path, "utf8")]),
  );

test("static-site: pages have their marks before they are served, and the tag adds the cards", async () => {
  const site = project({ ...files(examples + "static-site/"), "package.json": JSON.stringify({ private: true, type: "module" }) });
  const { scripts } = JSON.parse(readFileSync(examples + "static-site/package.json", "utf8"));
  const [[, ...eleventy], [, ...annotate]] = scripts.build.split(" && ").map((command) => command.split(" "));
  for (const [command, ...args] of [
    [tool("eleventy"), ...eleventy],
    ["node_modules/.bin/postil-annotate", ...annotate.with(-1, index)],
  ]) {
    const { code, stderr } = await site.run(command, ...args);
    assert.equal(code, 0, stderr);
  }
  pages["static.html"] = placed(site.read("_site/articles/accelerators/index.html"));
  assert.match(pages["static.html"], /<span class="postil" data-postil="gpu">graphics processing unit<\/span>/);
  const page = await lab.open("static.html");
  await marks(page, "gpu").first().click();
  await event(page, "open");
  await card(page).locator('[part="definition"]').waitFor();
  assert.deepEqual(page.messages, []);
});

test("ghost: the text of a post is marked, and nothing else", async () => {
  const page = await lab.open("ghost.html");
  assert.deepEqual(await marks(page).allTextContents(), ["antitrust"]);
});
