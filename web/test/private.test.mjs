// A private service answers the pages that hold a key.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { event, marks, said, setUp } from "./helpers/lab.mjs";

const folder = mkdtempSync(join(tmpdir(), "postil-private-"));
after(() => rmSync(folder, { recursive: true }));

const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const keys = join(folder, "keys");
writeFileSync(keys, `${sha256("open")}\n${sha256("elsewhere")}@https://elsewhere.example\n`);

const page = (attributes) => `<!doctype html>
<html lang="en"><title>Private</title>
<script async src="{{BASE}}/embed.js" ${attributes}></script>
<article><p>Some say that AGI is near.</p></article>`;
const lab = setUp(
  { "key.html": page('data-key="open"'), "none.html": page(""), "elsewhere.html": page('data-key="elsewhere"') },
  ["--keys", keys],
);

test("with a key a page has its marks and their cards", async () => {
  const page = await lab.open("key.html");
  assert.equal(await marks(page).count(), 1);
  await marks(page, "agi").evaluate((mark) => mark.click());
  await event(page, "open");
  assert.deepEqual(await said(page), []);
});

for (const [name, status] of Object.entries({ none: 401, elsewhere: 403 })) {
  test(`a page that has no key of its own (${name}) is told ${status} and stays as it was`, async () => {
    const page = await lab.open(name + ".html", { annotated: false });
    const { error } = await event(page, "error");
    assert.match(error, new RegExp(`Error: ${status} `));
    assert.equal(await marks(page).count(), 0);
  });
}
