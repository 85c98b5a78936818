// What rehype's plugin does with trees, beside mark() with their source.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { unified } from "unified";
import parse from "rehype-parse";
import stringify from "rehype-stringify";
import { root } from "./project.mjs";

let nest, serialize, postil;

before(async () => {
  const dist = (name) => import(join(root, "build/wasm", name));
  ({ serialize } = await dist("hast.js"));
  const engine = await (await dist("index.js")).loadEngine();
  const labels = { court: "Court", appeal: "Court of Appeal", appeals: "Appeal Tribunal", tribunal: "Competition Appeal Tribunal", widget: "Widget" };
  postil = engine.open(engine.compile({ terms: Object.entries(labels).map(([id, label]) => ({ id, label })) }));
  nest = (tree, options) => {
    const page = serialize(tree);
    const { annotations } = postil.annotate({ html: page.html }, options);
    page.mark(annotations.flatMap(({ term, start, end, ranges }) => (ranges ?? [{ start, end }]).map((range) => ({ ...range, term }))));
    return tree;
  };
});

const html = (tree) => unified().use(stringify, { allowDangerousHtml: true }).stringify(tree);
const text = (value) => ({ type: "text", value });
const raw = (value) => ({ type: "raw", value });
const element = (tagName, ...children) => ({ type: "element", tagName, properties: {}, children });
const tree = (...children) => ({ type: "root", children });

test("mentions that overlap are nested as in mark()", () => {
  for (const overlaps of ["all", "no-sub", "longest"]) {
    for (const source of [
      "<p>A Court of Appeal Tribunal, the Competition Appeal Tribunal &amp; the Court of Appeal</p>",
      "<p>Court <b>of Appeal</b> Tribunal</p>",
      "<p>The <i>Competition</i> <b>Appeal</b> Tribunal, <i>a <b>widget</b></i> &lt;Court of Appeal&gt;</p>",
    ]) {
      const marked = html(nest(unified().use(parse, { fragment: true }).parse(source), { overlaps, minScore: 0 }));
      const plain = html(unified().use(parse, { fragment: true }).parse(source));
      assert.equal(marked, postil.mark(plain, { overlaps, minScore: 0 }), overlaps);
      if (overlaps == "all") assert.match(marked, /<span[^>]*><span/);
    }
  }
});

test("a mention in raw HTML is marked, and is the first", () => {
  for (const children of [
    [raw('<div title="widget">'), text("\n"), element("p", text("A "), raw("<b>"), text("widget"), raw("</b>"), text(", a widget")), raw("</div>")],
    [raw("<p>R&amp;D, a widget &lt; <i>b</i>, a widget</p>\n<!-- widget -->"), element("p", text("A widget & a court"))],
    [element("p", raw("A wid"), text("gets"), raw(" <em>"), text("Court of Ap"), raw("peal</em>"))],
  ]) {
    for (const occurrences of ["first", "all"]) {
      const plain = html(tree(...structuredClone(children)));
      const marked = html(nest(tree(...structuredClone(children)), { occurrences }));
      assert.equal(marked.replaceAll(broken, "$1"), postil.mark(plain, { occurrences }));
    }
  }
});

/** A mark that goes from one node to the next. */
const broken = /(<span class="postil" data-postil="(\w+)">[^<]*)<\/span><span class="postil" data-postil="\2">/g;

test("a node with many children is gone through a few times, not once for each", () => {
  const count = 2000;
  let reads = 0;
  const children = Array.from({ length: count }, (_, i) => (i % 2 ? element("br") : text("A widget.")));
  const counting = new Proxy(children, { get: (target, name) => ((reads += /^\d+$/.test(String(name))), Reflect.get(target, name)) });
  const marked = nest({ type: "root", children: counting }, { occurrences: "all" });
  assert.equal(html(marked).match(/data-postil/g).length, count / 2);
  assert.ok(reads < 10 * count, `${reads} reads of ${count} children`);
});
