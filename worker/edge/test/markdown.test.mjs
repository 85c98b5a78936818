// What makes HTML of Markdown is given to the program that gets the article, even
// if another one ended while it was loaded. The programs are played.
import assert from "node:assert/strict";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root, scripts, startWorkerd, temporary } from "./workerd.mjs";

/** A program that says what it was given; the first one has ended when it is asked about again. */
const played = `let made = 0;
export class Unavailable extends Error {}
export class Instance {
  number = ++made;
  memory = 0;
  get dead() { return this.number === 1; }
  async stream(request) { return new Response(this.number + " " + this.markdown?.(await request.text())); }
}`;

test("Markdown goes to the instance that has what reads it", async (t) => {
  const dir = temporary();
  for (const name of scripts) copyFileSync(join(root, "worker/edge", name), join(dir, name));
  writeFileSync(join(dir, "instance.mjs"), played);
  writeFileSync(join(dir, "markdown.mjs"), "export const toHTML = (text) => `<p>${text}`;");
  writeFileSync(join(dir, "app.wasm"), Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  writeFileSync(join(dir, "site.postil"), "");
  const edge = await startWorkerd(dir);
  t.after(() => edge.stop());
  const put = async (body) => (await edge.ask({ method: "PUT", path: "/v1/articles/a", body: Buffer.from(body) })).body.toString();
  assert.equal(await put("one"), "1 <p>one");
  assert.equal(await put("two"), "2 <p>two");
});
