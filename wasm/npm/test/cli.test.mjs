import assert from "node:assert/strict";
import { chmodSync, linkSync, lstatSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { index, project } from "./project.mjs";

const mark = (id, text) => `<span class="postil" data-postil="${id}">${text}</span>`;

test("postil-annotate marks a folder of pages, once", async () => {
  const p = project({
    "dist/index.html": "<!doctype html><title>AGI</title><p>An AGI, then an AGI. <code>AGI</code>\n",
    "dist/deep/er/page.htm": "\ufeff<p>The CMA</p>\r\n",
    "dist/plain.html": "<p>Nothing.</p>",
    "dist/app.js": "const AGI = 1;",
  });
  chmodSync(join(p.dir, "dist/index.html"), 0o640);
  const first = await p.run("npx", "--no-install", "postil-annotate", "dist", "--index", index);
  assert.equal(first.code, 0, first.stderr);
  assert.equal(first.stdout, "dist: 2 marks added in 2 of 3 files\n");
  assert.equal(p.read("dist/index.html"), `<!doctype html><title>AGI</title><p>An ${mark("agi", "AGI")}, then an AGI. <code>AGI</code>\n`);
  assert.equal(p.read("dist/deep/er/page.htm"), `\ufeff<p>The ${mark("cma", "CMA")}</p>\r\n`);
  assert.equal(p.read("dist/plain.html"), "<p>Nothing.</p>");
  assert.equal(statSync(join(p.dir, "dist/index.html")).mode & 0o777, 0o640);
  assert.deepEqual(readdirSync(join(p.dir, "dist")).sort(), ["app.js", "deep", "index.html", "plain.html"]);
  const second = await p.run("npx", "--no-install", "postil-annotate", "dist", "--index", index);
  assert.equal(second.stdout, "dist: 0 marks added in 0 of 3 files\n");
});

test("it takes options, and single files", async () => {
  const p = project({ "a.html": "<p>An AGI, an AGI, the CMA.", "b.html": "<p>AGI" });
  const { stdout, stderr } = await p.run("npx", "--no-install", "postil-annotate", "a.html", "--index", index, "--occurrences", "all", "--exclude", "cma,gpu");
  assert.equal(stdout, "a.html: 2 marks added in 1 of 1 files\n", stderr);
  assert.equal(p.read("b.html"), "<p>AGI");
});

test("it says what is wrong, and changes nothing", async () => {
  const p = project({ "a.html": "<p>AGI", "latin.html": Buffer.from([0x3c, 0x70, 0x3e, 0xe9]), "bad.postil": "no index" });
  for (const [args, message] of [
    [["a.html"], /--index is missing/],
    [["--index", index], /no folder/],
    [["a.html", "--index", "none.postil"], /ENOENT/],
    [["a.html", "--index", "bad.postil"], /bad-index/],
    [["none", "--index", index], /ENOENT/],
    [["a.html", "--index", index, "--overlaps", "some"], /longest.*bad-option/s],
    [["a.html", "--index", index, "--min-score", "high"], /--min-score is "high", want a number/],
    [["a.html", "--index", index, "--min-score="], /--min-score is "", want a number/],
    [["a.html", "--index", index, "--min-score", "2"], /--min-score is "2"/],
    [["latin.html", "--index", index], /not UTF-8/],
    [["--nonsense"], /nonsense/],
  ]) {
    const { code, stderr } = await p.run("npx", "--no-install", "postil-annotate", ...args);
    assert.equal(code, 1, args.join(" "));
    assert.match(stderr, message);
    assert.match(stderr, /^postil-annotate: /);
  }
  assert.equal(p.read("a.html"), "<p>AGI");
});

const annotate = (p, ...args) => p.run("npx", "--no-install", "postil-annotate", ...args, "--index", index);

test("it goes through all files, and says at the end which it could not annotate", async () => {
  const latin = Buffer.from([0x3c, 0x70, 0x3e, 0xe9]);
  const p = project({ "dist/a.html": "<p>AGI", "dist/b.html": latin, "dist/c/d.html": latin, "dist/e.html": "<p>AGI", "other.html": "<p>AGI" });
  chmodSync(join(p.dir, "dist/e.html"), 0o444);
  const { code, stdout, stderr } = await annotate(p, "dist", "none", "other.html");
  assert.equal(code, 1);
  assert.equal(stdout, "dist: 1 marks added in 1 of 4 files\nother.html: 1 marks added in 1 of 1 files\n");
  assert.match(stderr, /^postil-annotate: 3 files are not annotated:\n {2}dist\/b\.html is not UTF-8\n {2}dist\/c\/d\.html is not UTF-8\n {2}dist\/e\.html is read-only: .*\npostil-annotate: ENOENT.*none.*\n$/);
  assert.equal(p.read("dist/a.html"), `<p>${mark("agi", "AGI")}`);
  assert.equal(p.read("dist/e.html"), "<p>AGI");
  assert.equal(statSync(join(p.dir, "dist/e.html")).mode & 0o777, 0o444);
  assert.deepEqual(readdirSync(join(p.dir, "dist")).sort(), ["a.html", "b.html", "c", "e.html"]);
});

test("a read-only file in which there is nothing to mark is no error", async () => {
  const p = project({ "a.html": "<p>Nothing." });
  chmodSync(join(p.dir, "a.html"), 0o444);
  const { code, stdout } = await annotate(p, "a.html");
  assert.deepEqual([code, stdout], [0, "a.html: 0 marks added in 0 of 1 files\n"]);
});

test("files keep their modes, whatever the umask, and links that are named stay links", async () => {
  const p = project({ "real/a.html": "<p>AGI", "real/b.html": "<p>AGI", "real/c.html": "<p>AGI", "out.html": "<p>AGI" });
  const at = (name) => join(p.dir, name);
  chmodSync(at("real/a.html"), 0o666);
  symlinkSync("real/b.html", at("b.html"));
  symlinkSync("../out.html", at("real/out.html"));
  linkSync(at("real/c.html"), at("c.html"));
  p.write("run.sh", `umask 077; npx --no-install postil-annotate real b.html --index ${index}`);
  const { code, stdout, stderr } = await p.run("sh", "run.sh");
  assert.equal(code, 0, stderr);
  assert.equal(stdout, "real: 3 marks added in 3 of 3 files\nb.html: 0 marks added in 0 of 1 files\n");
  assert.equal(statSync(at("real/a.html")).mode & 0o777, 0o666);
  assert.ok(lstatSync(at("b.html")).isSymbolicLink());
  assert.equal(p.read("out.html"), "<p>AGI", "a link leads out of the folder");
  assert.equal(p.read("c.html"), "<p>AGI", "a hard link is a file of its own afterwards");

  writeFileSync(at("real/b.html"), "<p>The CMA");
  assert.equal((await annotate(p, "b.html")).stdout, "b.html: 1 marks added in 1 of 1 files\n");
  assert.ok(lstatSync(at("b.html")).isSymbolicLink());
  assert.equal(p.read("real/b.html"), `<p>The ${mark("cma", "CMA")}`);
});

test("it takes the language of the files", async () => {
  const p = project({ "a.html": "<p>AGI" });
  assert.equal((await annotate(p, "a.html", "--language", "en-GB")).stdout, "a.html: 1 marks added in 1 of 1 files\n");
  assert.match((await p.run("npx", "--no-install", "postil-annotate", "--help")).stdout, /--language TAG/);
});
