import assert from "node:assert/strict";
import { chmodSync, readdirSync, statSync } from "node:fs";
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
    [["a.html", "--index", index, "--min-score", "high"], /min_score/],
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
