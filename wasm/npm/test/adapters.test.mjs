// The adapters, each with the tool that it is for.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { createServer as vite } from "vite";
import { findChromium, flags } from "../../../web/test/helpers/chromium.mjs";
import { index, project, tool } from "./project.mjs";

const mark = (id, text) => `<span class="postil" data-postil="${id}">${text}</span>`;

async function output(files) {
  const p = project(files);
  const { code, stdout, stderr } = await p.run("node", "main.mjs");
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

test("rehype: marks a tree of HTML as mark() marks the source", async () => {
  const sources = [
    "<p>An <b>AG</b>I &amp; an AGI, the <code>CMA</code></p>",
    '<p title="a &quot;b&quot;">x &lt; y AGI</p><pre>\nAGI</pre>',
    '<p translate="no">AGI</p><p class="postil-ignore x">AGI</p><p><a href="#">AGI</a> and the CMA 🙂 and AGI</p>',
    "<div data-some-value=1 contenteditable>AGI</div><table><tr><td>The CMA<td>AGI</table><script>AGI</script>",
    "<h2>AGI</h2><svg viewBox='0 0 1 1'><text>AGI</text></svg><ul><li>AGI<li>A <i>graphics</i> processing unit</ul>",
  ];
  const results = await output({
    "main.mjs": `import { unified } from "unified";
import parse from "rehype-parse";
import stringify from "rehype-stringify";
import { load } from "postil";
import rehypePostil from "postil/rehype";
import { readFileSync } from "node:fs";
const postil = await load({ index: readFileSync(${JSON.stringify(index)}) });
const plain = unified().use(parse, { fragment: true }).use(stringify);
const marked = unified().use(parse, { fragment: true }).use(rehypePostil, { index: postil, occurrences: "all" }).use(stringify);
const out = [];
for (const source of ${JSON.stringify(sources)}) {
  const html = String(await plain.process(source));
  out.push([String(await marked.process(source)), String(await plain.process(postil.mark(html, { occurrences: "all" }))), html]);
}
// What only a tree can hold: the tree is left as it was, but for the marks.
for (const source of ["<p>x &#13; AGI</p>", "<pre>\\n\\n\\nx</pre><p>AGI</p>", "<p>a&nbsp;b&lt;AGI&gt;</p>"]) {
  const tree = String(await marked.process(source));
  out.push([tree, tree, String(await plain.process(source))]);
}
console.log(JSON.stringify(out));`,
  });
  for (const [tree, source, plain] of results) {
    assert.equal(tree, source);
    assert.match(tree, /data-postil/);
    assert.equal(tree.replace(/<span class="postil" data-postil="[^"]*">([^<]*)<\/span>/g, "$1"), plain);
  }
});

test("remark: marks Markdown behind remark-rehype, from the path of an index", async () => {
  const [html] = await output({
    "main.mjs": `import { unified } from "unified";
import parse from "remark-parse";
import rehype from "remark-rehype";
import stringify from "rehype-stringify";
import rehypePostil from "postil/rehype";
const run = unified().use(parse).use(rehype).use(rehypePostil, { index: ${JSON.stringify(index)} }).use(stringify);
console.log(JSON.stringify([String(await run.process("An *AGI*, and \`AGI\`, and AGI."))]));`,
  });
  assert.equal(html, `<p>An <em>${mark("agi", "AGI")}</em>, and <code>AGI</code>, and AGI.</p>`);
});

test("markdown-it: marks what is rendered", async () => {
  const [html, inline] = await output({
    "main.mjs": `import markdownIt from "markdown-it";
import { load } from "postil";
import markdownItPostil from "postil/markdown-it";
import { readFileSync } from "node:fs";
const postil = await load({ index: readFileSync(${JSON.stringify(index)}) });
const md = markdownIt().use(markdownItPostil, { postil });
console.log(JSON.stringify([md.render("The *CMA*, \`AGI\` and [AGI](/x)."), md.renderInline("AGI")]));`,
  });
  assert.equal(html, `<p>The <em>${mark("cma", "CMA")}</em>, <code>AGI</code> and <a href="/x">AGI</a>.</p>\n`);
  assert.equal(inline, mark("agi", "AGI"));
});

test("Eleventy: marks the pages that are written, and no other files", async () => {
  const p = project({
    "eleventy.config.js": `import postil from "postil/eleventy";
export default function (config) {
  config.addPlugin(postil, { index: ${JSON.stringify(index)} });
}`,
    "index.md": "# AGI\n\nThe CMA looked at `AGI`.\n",
    "feed.njk": "---\npermalink: feed.xml\n---\n<p>AGI</p>",
  });
  const { code, stderr } = await p.run(tool("eleventy"), "--quiet");
  assert.equal(code, 0, stderr);
  assert.match(p.read("_site/index.html"), new RegExp(`The ${mark("cma", "CMA")} looked at <code>AGI</code>`));
  assert.doesNotMatch(p.read("_site/feed.xml"), /data-postil/);
});

test("Vite: builds a site with the module in it, its pages marked", async () => {
  const p = project({
    "vite.config.js": `import postil from "postil/vite";
// Its warnings of a slow machine's times are not ours.
export default { logLevel: "warn", build: { rolldownOptions: { checks: { bundlerTimings: false } } }, plugins: [postil({ index: ${JSON.stringify(index)} })] };`,
    "index.html": `<!doctype html><title>AGI</title><p>The CMA.</p><script type="module" src="/main.js"></script>`,
    "main.js": `import { connect, load } from "postil";
import wasm from "postil/annotate.wasm?url";
const terms = ({ annotations }) => annotations.map(({ term }) => term);
const here = await load({ wasm, index: "/site.postil" });
const there = await connect({ wasm, index: "/site.postil" });
window.seen = [terms(here.annotate("AGI")), terms(await there.annotate("The CMA")), terms((await load({ index: "/site.postil" })).annotate("AGI"))];`,
  });
  const { code, stdout, stderr } = await p.run(tool("vite"), "build");
  assert.equal(code, 0, stderr);
  assert.equal(stdout + stderr, "");
  const dist = join(p.dir, "dist");
  assert.match(p.read("dist/index.html"), new RegExp(`<p>The ${mark("cma", "CMA")}\\.</p>`));
  assert.ok(readdirSync(join(dist, "assets")).some((name) => /^annotate-.*\.wasm$/.test(name)));

  const types = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
  const server = createServer(({ url }, response) => {
    const path = url == "/site.postil" ? index : join(dist, url == "/" ? "index.html" : url);
    if (!existsSync(path)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" }).end(readFileSync(path));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  try {
    assert.deepEqual(await seen(`http://127.0.0.1:${server.address().port}/`), [["agi"], ["cma"], ["agi"]]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

/** What a page leaves in window.seen. */
async function seen(address) {
  const browser = await chromium.launch({ executablePath: findChromium(), args: flags });
  try {
    const page = await browser.newPage();
    const messages = [];
    page.on("pageerror", (error) => messages.push(String(error)));
    await page.goto(address);
    const found = await page.waitForFunction(() => window.seen, undefined, { timeout: 20_000 }).catch((cause) => assert.fail(`${cause}\n${messages.join("\n")}`));
    return await found.jsonValue();
  } finally {
    await browser.close();
  }
}

test("Vite: the server for development finds module and Worker", async () => {
  const p = project({
    "vite.config.js": `import postil from "postil/vite";
export default { logLevel: "silent", plugins: [postil({ index: ${JSON.stringify(index)} })] };`,
    "index.html": `<!doctype html><title>AGI</title><p>The CMA.</p><script type="module" src="/main.js"></script>`,
    "main.js": `import { connect, load } from "postil";
const terms = ({ annotations }) => annotations.map(({ term }) => term);
const here = await load({ index: "/site.postil" });
const there = await connect({ index: "/site.postil" });
window.seen = [document.querySelector("p").innerHTML, terms(here.annotate("AGI")), terms(await there.annotate("The CMA"))];`,
  });
  mkdirSync(join(p.dir, "public"));
  copyFileSync(index, join(p.dir, "public/site.postil"));
  const server = await vite({ root: p.dir, configFile: join(p.dir, "vite.config.js"), server: { host: "127.0.0.1", port: 0 } });
  try {
    await server.listen();
    // Vite 8 finds them without; 6 and 7, which are not here, need it.
    assert.deepEqual(server.config.optimizeDeps.exclude, ["postil"]);
    assert.deepEqual(await seen(`http://127.0.0.1:${server.httpServer.address().port}/`), [`The ${mark("cma", "CMA")}.`, ["agi"], ["cma"]]);
  } finally {
    await server.close();
  }
});

test("an index that was missing or broken is opened later, and one that is built anew at once", async () => {
  const seen = await output({
    "main.mjs": `import { loadEngine } from "postil";
import vite from "postil/vite";
import { rename, writeFile } from "node:fs/promises";
const engine = await loadEngine();
const index = (label) => engine.compile({ terms: [{ id: label.toLowerCase(), label }] });
const { handler } = vite({ index: "site.postil" }).transformIndexHtml;
const mark = () => handler("<p>A widget, a gizmo.").catch((error) => error.code);
const seen = [await mark()];
await writeFile("site.postil", "no index");
seen.push(await mark());
await writeFile("site.postil", index("Widget"));
seen.push(...await Promise.all([mark(), mark()]));
await writeFile("new.postil", index("Gizmo"));
await rename("new.postil", "site.postil");
seen.push(await mark(), await mark());
console.log(JSON.stringify(seen));`,
  });
  const widget = `<p>A ${mark("widget", "widget")}, a gizmo.`;
  const gizmo = `<p>A widget, a ${mark("gizmo", "gizmo")}.`;
  assert.deepEqual(seen, ["ENOENT", "bad-index", widget, widget, gizmo, gizmo]);
});

test("an adapter that is not told of an index says so", async () => {
  const errors = await output({
    "main.mjs": `import { ArgumentError } from "postil";
import eleventy from "postil/eleventy";
import markdownIt from "markdown-it";
import markdownItPostil from "postil/markdown-it";
import rehype from "postil/rehype";
import vite from "postil/vite";
const adapters = [rehype, vite, (options) => eleventy({}, options), (options) => markdownIt().use(markdownItPostil, options)];
const said = (adapter, options) => {
  try {
    adapter(options);
  } catch (error) {
    return [error instanceof ArgumentError, error.code, error.message];
  }
};
const wrong = [undefined, null, {}, { index: 3 }, { index: "" }, { postil: {} }];
console.log(JSON.stringify(adapters.map((adapter) => wrong.map((options) => said(adapter, options)))));`,
  });
  for (const [i, name] of ["index", "index", "index", "postil"].entries()) {
    for (const error of errors[i]) {
      assert.deepEqual(error?.slice(0, 2), [true, "bad-option"]);
      assert.match(error[2], new RegExp(`^want \`${name}\` among the options: `));
    }
  }
});

test("the adapter of markdown-it takes nothing of Node", async () => {
  const p = project({ "main.mjs": `import postil from "postil/markdown-it";\nconsole.log(postil);` });
  const { code, stderr } = await p.run(tool("esbuild"), "main.mjs", "--bundle", "--platform=browser", "--format=esm", "--outfile=bundle.mjs");
  assert.equal(code, 0, stderr);
});
