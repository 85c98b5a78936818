// The example for WordPress, in a real one.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { missing, startWordPress, visitor } from "./helpers/wordpress.mjs";

const skip = missing();
let site;
let visit;
before(async () => {
  if (skip) return;
  site = await startWordPress();
  visit = visitor(site.url);
});
after(() => site?.stop());

/** The tag in a page, as its attributes; nothing if there is none. */
function tagOf(html) {
  const [tag] = html.match(/<script[^>]*embed\.js[^>]*>/) ?? [];
  return tag && Object.fromEntries([...tag.matchAll(/([\w-]+)(?:="([^"]*)"|='([^']*)')?(?=[\s>])/g)].slice(1).map(([, name, value = "", other]) => [name, other ?? value]));
}

const post = async () => tagOf((await visit(`/?p=${site.post}`)).text);

/** Fills in the settings page as one who is logged in, and returns what the page then says. */
async function save(values) {
  const { text } = await visit("/wp-admin/options-general.php?page=postil");
  const [, nonce] = text.match(/name="_wpnonce" value="(\w+)"/);
  const form = { option_page: "postil", action: "update", _wpnonce: nonce, _wp_http_referer: "/wp-admin/options-general.php?page=postil" };
  for (const [name, value] of Object.entries(values)) form[`postil[${name}]`] = value;
  const { status, to } = await visit("/wp-admin/options.php", form);
  assert.equal(status, 302);
  return (await visit(to)).text;
}

test("without a host there is no tag", { skip }, async () => {
  assert.equal(await post(), undefined);
});

test("the settings page is for those who may change settings", { skip }, async () => {
  const { status, to } = await visit("/wp-admin/options-general.php?page=postil");
  assert.equal(status, 302);
  assert.match(to, /wp-login\.php/);
});

test("what the settings page saves stands in the tag of a post, and of no list of posts", { skip }, async () => {
  await visit("/wp-login.php");
  assert.equal((await visit("/wp-login.php", { log: "admin", pwd: "secret", testcookie: "1" })).status, 302);
  const said = await save({ host: "https://glossary.example.org/", root: "main", occurrences: "section", density: "4", notes: "" });
  assert.match(said, /Settings saved/);
  const tag = await post();
  assert.equal(tag.src, "https://glossary.example.org/embed.js");
  assert.ok("async" in tag);
  const options = Object.fromEntries(Object.entries(tag).filter(([name]) => /^data-(?!wp)/.test(name)));
  assert.deepEqual(options, { "data-root": "main", "data-occurrences": "section", "data-density": "4" });
  assert.equal(tagOf((await visit("/")).text), undefined);
});

const wrong = { host: "javascript:alert(1)", occurrences: "often", density: "101" };
for (const [name, value] of Object.entries(wrong)) {
  test(`a wrong ${name} is named, and what was saved stays`, { skip }, async () => {
    const before = await post();
    const said = await save({ host: "https://glossary.example.org", root: "main", occurrences: "section", density: "4", [name]: value });
    assert.match(said, /was not changed to what you wrote/);
    assert.deepEqual(await post(), before);
  });
}

test("markup in a setting is text", { skip }, async () => {
  const said = await save({ host: "https://glossary.example.org", root: `main"><img src=x onerror=alert(1)>` });
  assert.doesNotMatch(said, /<img src=x/);
  assert.match((await post())["data-root"], /^main/);
  assert.doesNotMatch((await visit(`/?p=${site.post}`)).text, /<img src=x/);
});

test("a host in wp-config.php counts before the settings", { skip }, async () => {
  site.configure("define('POSTIL_HOST', 'https://other.example');");
  assert.equal((await post()).src, "https://other.example/embed.js");
  assert.match((await visit("/wp-admin/options-general.php?page=postil")).text, /counts before this/);
  site.configure();
});

test("PHP has nothing to say about the plugin", { skip }, () => {
  const log = site.folder + "/debug.log";
  const lines = existsSync(log) ? readFileSync(log, "utf8").split("\n") : [];
  assert.deepEqual(lines.filter((line) => line.includes("plugins/postil/")), []);
});

test("a plugin that is deleted leaves nothing behind", { skip }, () => {
  assert.equal(site.remove(), '"nothing"');
});
