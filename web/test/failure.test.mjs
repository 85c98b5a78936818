// A service that is down, slow or wrong leaves the page as it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { event, marks, said, setUp } from "./helpers/lab.mjs";

const lab = setUp();

for (const [failure, calls] of Object.entries({ broken: 3, refused: 1, html: 1, shape: 1, cut: 3 })) {
  test(`an API that answers with "${failure}": one line, one event, no mark, ${calls} ${calls > 1 ? "calls" : "call"}`, async () => {
    const page = await lab.open("failing.html#" + failure, { annotated: false });
    const before = await page.locator("article").innerHTML();
    await event(page, "error");
    assert.equal(await page.locator("article").innerHTML(), before);
    assert.equal(said(page).length, 1, said(page).join("\n"));
    assert.equal(lab.host.calls[failure], calls);
  });
}

test("annotations that do not fit the text are left out", async () => {
  const page = await lab.open("failing.html#offsets");
  assert.equal(await marks(page).count(), 0);
  assert.deepEqual(said(page), []);
});

test("an API that never answers holds nothing up, and destroy ends the waiting", async () => {
  const page = await lab.open("failing.html#hang", { annotated: false });
  await page.waitForFunction(() => window.postil);
  await page.evaluate(() => window.postil.destroy());
  assert.equal(await marks(page).count(), 0);
  assert.deepEqual(said(page), []);
});

test("an endpoint that refuses connections", async () => {
  const page = await lab.open("failing.html", { annotated: false });
  await page.route("**/v1/annotate*", (route) => route.abort());
  await page.goto(lab.host.url + "/failing.html#broken");
  await page.reload();
  await event(page, "error");
  assert.equal(await marks(page).count(), 0);
  assert.equal(said(page).length, 1);
});

test("a card whose module cannot be had is tried again the next time", async () => {
  const page = await lab.open("plain.html");
  await page.route("**/card-*.js", (route) => route.abort(), { times: 1 });
  await marks(page, "antitrust").click();
  await event(page, "error");
  assert.equal(said(page).length, 1);
  await marks(page, "microsoft").click();
  await page.waitForFunction(() => window.log.events.some(({ name }) => name == "open" || name == "error"));
});
