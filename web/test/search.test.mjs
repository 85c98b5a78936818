// The site's search page: suggestions, results, paging, and what it says when
// there is nothing or nothing works.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setUp } from "./helpers/lab.mjs";

const lab = setUp();
const open = (query = "", options = {}) => lab.open("/search/" + query, { annotated: false, ...options });
const titles = (page, part) => page.locator(`#${part} .hits h3 a`).allTextContents();
const api = async (path) => (await fetch(lab.base + path)).json();

test("what is asked for is found, marked, kept in the address and in the history", async () => {
  const page = await open();
  const field = page.getByRole("combobox", { name: "Search articles and terms" });
  await field.fill("merger");
  await field.press("Enter");
  await page.locator("#articles .hits li").first().waitFor();
  assert.equal(new URL(page.url()).search, "?q=merger");
  const { articles, terms, total, total_terms } = await api("/v1/search?q=merger");
  assert.deepEqual(await titles(page, "articles"), articles.map(({ title }) => title));
  assert.deepEqual(await titles(page, "terms"), terms.slice(0, 3).map(({ label }) => label));
  assert.equal(await page.getByRole("link", { name: `All ${total_terms} terms` }).getAttribute("href"), "?q=merger&in=terms");
  assert.equal(await page.locator("#status").textContent(), `${total_terms} terms and ${total} articles`);
  const shown = await page.locator("#articles mark").allTextContents();
  assert.ok(shown.length > 2 && shown.every((text) => /^mergers?$/i.test(text)), shown.join());
  await page.getByLabel("What to search").selectOption("terms");
  await page.waitForFunction(() => document.querySelector("#articles").hidden);
  assert.equal(new URL(page.url()).search, "?q=merger&in=terms");
  await page.goBack();
  await page.locator("#articles .hits li").first().waitFor();
  assert.equal(await page.getByLabel("What to search").inputValue(), "all");
  assert.deepEqual(page.messages, []);
});

test("every result leads to a page of the site", async () => {
  const page = await open("?q=merger");
  await page.locator("#articles .hits li").first().waitFor();
  const links = await page.locator(".hits a").evaluateAll((all) => all.map(({ href }) => href));
  for (const link of links) assert.equal((await fetch(link)).status, 200, link);
});

test("suggestions come while typing; arrows choose, Escape closes, Enter goes there", async () => {
  const page = await open();
  const field = page.locator("#query");
  await field.fill("tens");
  const options = page.getByRole("listbox", { name: "Suggestions" }).getByRole("option");
  await options.first().waitFor();
  const { terms, articles } = await api("/v1/suggest?q=tens&limit=5");
  assert.equal(await options.count(), terms.length + articles.length);
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  await field.press("Escape");
  await options.first().waitFor({ state: "hidden" });
  assert.equal(await field.inputValue(), "tens");
  await field.press("ArrowDown");
  await options.first().waitFor();
  await field.press("ArrowUp");
  assert.equal(await options.last().getAttribute("aria-selected"), "true");
  await field.press("ArrowDown");
  assert.equal(await field.getAttribute("aria-activedescendant"), null);
  await field.press("ArrowDown");
  const active = await field.getAttribute("aria-activedescendant");
  assert.match(await page.locator(`#${active}`).textContent(), new RegExp(terms[0].label));
  await field.press("Enter");
  await page.waitForURL(`**/glossary/${terms[0].id}/`);
});

test("a suggestion can be clicked, and the list goes when the field is left", async () => {
  const page = await open();
  await page.locator("#query").fill("is it a me");
  const option = page.getByRole("option").filter({ hasText: "Is It a Merger?" });
  await option.waitFor();
  await page.locator("#in").focus();
  await option.waitFor({ state: "hidden" });
  await page.locator("#query").focus();
  await page.locator("#query").press("ArrowDown");
  await option.click();
  await page.waitForURL("**/articles/is-it-a-merger/");
});

test("more comes below, once each, and takes the focus", async () => {
  const page = await open("?q=ai+data+compute+market&in=terms");
  await page.locator("#terms .hits li").first().waitFor();
  const first = await titles(page, "terms");
  const second = await api(`/v1/search?q=ai+data+compute+market&in=terms&limit=10&cursor=${(await api("/v1/search?q=ai+data+compute+market&in=terms&limit=10")).next}`);
  await page.getByRole("button", { name: "More" }).click();
  await page.waitForFunction((count) => document.querySelectorAll("#terms .hits li").length > count, first.length);
  const both = await titles(page, "terms");
  assert.deepEqual(both, [...first, ...second.terms.map(({ label }) => label)]);
  assert.equal(new Set(both).size, both.length);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), both[first.length]);
});

test("the last page has no more", async () => {
  const page = await open("?q=thermoplastic");
  await page.locator("#articles .hits li").first().waitFor();
  assert.equal(await page.getByRole("button", { name: "More" }).count(), 0);
});

test("where nothing is found, what is near is offered", async () => {
  const page = await open("?q=mergr");
  await page.getByText("Nothing matches mergr.").waitFor();
  await page.locator("#instead .hits li").first().waitFor();
  assert.ok((await titles(page, "instead")).some((label) => /merger/i.test(label)));
});

test("a mistake in the query is explained, and the next one works", async () => {
  const page = await open("?q=%22open+weights");
  await page.locator(".status.wrong").waitFor();
  assert.match(await page.locator("#status").textContent(), /^This cannot be searched: syntax error: unterminated quote at byte 0\.$/);
  await page.locator("#query").fill('"open weights"');
  await page.locator("#query").press("Enter");
  await page.locator("#articles .hits li").first().waitFor();
  assert.equal(await page.locator(".status.wrong").count(), 0);
});

test("a server that fails is named as such, and what was shown of a page before stays when more fails", async () => {
  const page = await open("?q=ai+data+compute+market&in=terms");
  await page.locator("#terms .hits li").first().waitFor();
  const shown = await titles(page, "terms");
  await page.route("**/v1/search*", (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: '{"title":"Service Unavailable","status":503}' }));
  await page.getByRole("button", { name: "More" }).click();
  await page.getByText("The search does not answer just now (503).").waitFor();
  assert.deepEqual(await titles(page, "terms"), shown);
  await page.unroute("**/v1/search*");
  await page.route("**/v1/search*", (route) => route.abort());
  await page.locator("#query").fill("chip");
  await page.locator("#query").press("Enter");
  await page.getByText("The search cannot be reached.").waitFor();
  assert.deepEqual(await titles(page, "terms"), []);
});

test("hostile words stay text", async () => {
  const page = await open("?q=" + encodeURIComponent('<img src=x onerror="window.hit=1">'));
  await page.waitForFunction(() => document.querySelector("#status").textContent);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await page.locator("#results img, #status img").count(), 0);
});
