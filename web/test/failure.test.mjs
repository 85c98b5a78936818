// A service that is down, slow or wrong leaves the page as it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pass } from "./helpers/clock.mjs";
import { event, marks, said, setUp } from "./helpers/lab.mjs";

const lab = setUp({
  "lacking.html": `<!doctype html>
<html lang="en"><title>No options</title><script async src="{{HOST}}/lacking/options/embed.js" data-occurrences="all"></script><article><p>OpenAI.</p></article></html>`,
});

/** Waits for the error, letting the pauses before further attempts pass at once. */
async function failed(page) {
  const over = () => page.evaluate(() => window.log.events.some(({ name }) => name == "error"));
  for (let i = 0; i < 100 && !(await over()); i++) await pass(page, 500);
  await event(page, "error");
}

for (const [failure, calls] of Object.entries({ broken: 3, refused: 1, html: 1, shape: 1, cut: 3, away: 1 })) {
  test(`an API that answers with "${failure}": one line, one event, no mark, ${calls} ${calls > 1 ? "calls" : "call"}`, async () => {
    const page = await lab.open("failing.html#" + failure, { annotated: false, clock: true });
    const before = await page.locator("article").innerHTML();
    await failed(page);
    assert.equal(await page.locator("article").innerHTML(), before);
    assert.equal((await said(page)).length, 1, (await said(page)).join("\n"));
    assert.equal(lab.host.calls[failure], calls);
  });
}

test("annotations that do not fit the text are left out", async () => {
  const page = await lab.open("failing.html#offsets");
  assert.equal(await marks(page).count(), 0);
  assert.deepEqual(await said(page), []);
});

test("an API that never answers holds nothing up, and destroy ends the waiting", async () => {
  const page = await lab.open("failing.html#hang", { annotated: false });
  await page.waitForFunction(() => window.postil);
  await page.evaluate(() => window.postil.destroy());
  assert.equal(await marks(page).count(), 0);
  assert.deepEqual(await said(page), []);
});

test("an endpoint that breaks connections off", async () => {
  const page = await lab.open("failing.html#drop", { annotated: false, clock: true });
  await failed(page);
  assert.equal(await marks(page).count(), 0);
  assert.equal((await said(page)).length, 1);
});

test("a card whose module cannot be had is tried again the next time", async () => {
  const page = await lab.open("flaky.html");
  await marks(page, "antitrust").evaluate((mark) => mark.click());
  await event(page, "error");
  assert.equal((await said(page)).length, 1);
  await marks(page, "microsoft").click();
  await page.waitForFunction(() => window.log.events.filter(({ name }) => name == "open" || name == "error").length == 2);
});

test("a service that says when to come back is not asked before", async () => {
  const page = await lab.open("failing.html#busy", { annotated: false, clock: true, scripts: [() => window.clock.stop()] });
  let passed = 0;
  for (; lab.host.calls.busy != 2; passed += 500) await pass(page, 500);
  assert.ok(passed >= 20_000, `asked again after ${passed} ms`);
});

test("a module of options that cannot be had: one line, one event, nothing thrown", async () => {
  const page = await lab.open("lacking.html", { annotated: false });
  await event(page, "error");
  await page.evaluate(() => window.postil.refresh());
  const lines = await page.evaluate(() => window.log.said.filter((line) => /postil:|thrown:/.test(line)));
  assert.equal(lines.length, 1, lines.join("\n"));
  assert.equal(await marks(page).count(), 0);
});
