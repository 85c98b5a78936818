import assert from "node:assert/strict";
import { test } from "node:test";
import { annotateWasm, dist, index, load, module, postil, thrown } from "./helpers.mjs";

const text = "The CMA looked at AGI. “Größe” 🙂 AGI";

test("annotates text and HTML, with positions of JavaScript's strings", async () => {
  const p = await load();
  const result = p.annotate(text);
  assert.equal(result.offsets, "utf-16");
  assert.deepEqual(result.annotations.map(({ term }) => term), ["cma", "agi", "agi"]);
  for (const { start, end, exact } of result.annotations) assert.equal(text.slice(start, end), exact);
  assert.equal(result.terms.agi.label, "Artificial general intelligence");
  assert.deepEqual(p.annotate({ text }), result);

  const html = "<p>An <b>AG</b>I &amp; <code>AGI</code></p>";
  const [mention, ...none] = p.annotate({ html }).annotations;
  assert.equal(none.length, 0);
  assert.deepEqual(mention.ranges.map(({ start, end }) => html.slice(start, end)), ["AG", "I"]);
  assert.equal(p.mark("\ufeff<p>None</p>"), "\ufeff<p>None</p>");
  assert.equal(p.mark("<p>An AGI</p>"), '<p>An <span class="postil" data-postil="agi">AGI</span></p>');
  p.dispose();
});

test("says of plain texts in numbers what it says in JSON", async () => {
  const p = await load();
  const article = p.article(p.search("merger", { in: "articles", limit: 1 }).articles[0].id).text;
  const texts = [text, article, article, "", "The CMA\ud83d and AGI", "\ufeffAGI, ".repeat(300)];
  for (const given of texts) {
    for (const options of [{}, { overlaps: "all", minScore: 0 }, { occurrences: "first", language: "en-GB" }, { exclude: ["agi"] }, { offsets: "utf-16" }]) {
      const { abbreviations, ...inJSON } = p.annotate(given, { ...options, abbreviations: true });
      assert.ok(abbreviations);
      assert.equal(JSON.stringify(p.annotate(given, options)), JSON.stringify(inJSON));
    }
  }
  const { agi } = p.annotate(text).terms;
  assert.equal(p.annotate("AGI").terms.agi, agi);
  assert.throws(() => (agi.label = "mine"), TypeError);
  assert.throws(() => agi.sources.push({}), TypeError);
  p.dispose();

  const engine = await postil.loadEngine({ wasm: module });
  const terms = ["__proto__", "10", "9", ...Array.from({ length: 20_000 }, (_, i) => `t${i}`)].map((id) => ({ id, label: `word ${id}` }));
  const many = engine.open(engine.compile({ terms }));
  const named = `${terms.map(({ label }) => label).join(". ")}.`;
  for (let i = 0; i < 2; i++) {
    const result = many.annotate(named, { minScore: 0 });
    assert.equal(result.annotations.length, terms.length);
    assert.deepEqual(Object.keys(result.terms), ["9", "10", ...terms.map(({ id }) => id).filter((id) => !/^\d/.test(id))]);
    assert.equal(result.terms.t7.label, "word t7");
  }
  assert.throws(() => many.annotate(named, { candidates: 0 }), thrown("ArgumentError", "bad-option"));
  engine.dispose();
});

test("takes the options of the HTTP interface in camel case", async () => {
  const p = await load();
  assert.equal(p.annotate(text, { occurrences: "first" }).annotations.length, 2);
  assert.equal(p.annotate(text, { exclude: ["agi"], minScore: undefined }).annotations.length, 1);
  assert.equal(p.annotate(text, { offsets: "utf-32" }).annotations.at(-1).start, [...text.slice(0, text.lastIndexOf("AGI"))].length);
  assert.ok(p.annotate(text, { minScore: 0.9 }).annotations.every(({ score }) => score >= 0.9));
  const [mention] = p.explain(text).annotations;
  assert.ok(mention.reasons.length > 0);
  assert.deepEqual(p.annotate("Natural Language Understanding (NLU)", { abbreviations: true }).abbreviations[0].short.text, "NLU");
  p.dispose();
});

test("searches, suggests, and tells of terms and articles", async () => {
  const p = await load();
  const { articles, total } = p.search("merger", { in: "articles", limit: 1 });
  assert.equal(articles.length, 1);
  assert.ok(total > 1);
  const article = p.article(articles[0].id);
  assert.ok(article.text.length > 1000);
  assert.ok(p.related(article.id).articles.length > 0);
  assert.ok(p.mentions(article.terms[0]).total > 0);
  assert.ok(p.suggest("artificial gen").terms.some(({ id }) => id == "agi"));
  assert.equal(p.term("agi").id, "agi");
  assert.equal(p.term("nothing of the kind"), undefined);
  assert.equal(p.article("nothing of the kind"), undefined);
  const page = p.terms({ limit: 2 });
  assert.equal(page.terms.length, 2);
  assert.equal(p.terms({ limit: 2, cursor: page.next }).terms.length, 2);
  assert.equal(p.info().index, page.index);
  p.verify();
  p.dispose();
});

test("compiles a glossary, in German too", async () => {
  const engine = await postil.loadEngine({ wasm: module });
  const data = engine.compile({ language: "de", terms: [{ id: "b", label: "Regulierungsbehörde" }] });
  const p = engine.open(data);
  assert.equal(p.annotate("Zwei Regulierungsbehörden.").annotations[0].term, "b");
  assert.deepEqual(engine.compile({ language: "de", terms: [{ id: "b", label: "Regulierungsbehörde" }] }), data);
  assert.throws(() => engine.compile({ terms: [{ id: "a", label: "A" }, { id: "a", label: "B" }] }), (error) => {
    assert.deepEqual(error.causes.map(({ pointer }) => pointer), ["/terms/1/id"]);
    return thrown("GlossaryError", "bad-glossary")(error);
  });
  assert.throws(() => engine.compile({ terms: [{ id: "a", label: "A", alias: [] }] }), thrown("GlossaryError", "bad-glossary", "alias"));
  engine.dispose();
});

test("errors name options as they are written here", async () => {
  const p = await load();
  for (const [options, pointer, message] of [
    [{ minScore: 3 }, "/minScore", 'minScore is "3"'],
    [{ minScor: 1 }, "/minScor", /^unknown option "minScor", want one of (?!.*_).*minScore/],
    [{ overlaps: "min_score" }, "/overlaps", 'overlaps is "min_score"'],
  ]) {
    for (const call of [() => p.annotate("AGI", options), () => p.mark("<p>AGI", options)]) {
      assert.throws(call, (error) => {
        if (typeof message == "string") assert.ok(error.message.startsWith(message), error.message);
        else assert.match(error.message, message);
        assert.deepEqual(error.causes, [{ detail: error.message, pointer }]);
        return thrown("ArgumentError", "bad-option")(error);
      });
    }
  }
  p.dispose();
});

test("errors are of a class and have a code", async () => {
  const p = await load();
  assert.throws(() => p.annotate(text, { overlaps: "some" }), thrown("ArgumentError", "bad-option", "longest"));
  assert.throws(() => p.annotate(text, { color: "red" }), thrown("ArgumentError", "bad-option", "color"));
  assert.throws(() => p.annotate(undefined), thrown("ArgumentError", "bad-text"));
  assert.throws(() => p.annotate({ html: 1 }), thrown("ArgumentError", "bad-text"));
  assert.throws(() => p.annotate({ text: "AGI", html: "<p>AGI" }), thrown("ArgumentError", "bad-text", "or { text } or { html }"));
  assert.throws(() => p.search('"open'), thrown("QueryError", "bad-query"));
  assert.throws(() => p.search("a", { cursor: "x" }), thrown("ArgumentError", "bad-cursor"));
  assert.throws(() => p.mentions("x"), thrown("NotFoundError", "not-found"));
  assert.ok(p.annotate("AGI").annotations.length, "an error leaves the instance as it was");
  p.dispose();
});

test("an argument of a wrong type is an error that says so, and the instance goes on", async () => {
  const p = await load();
  const loop = {};
  loop.kinds = [loop];
  const wrong = [undefined, null, 123, [], Buffer.from("AGI"), () => {}, Symbol("AGI"), 1n, { html: 1 }, { text: null }];
  for (const method of ["annotate", "explain", "mark", "search", "suggest", "mentions", "related", "article", "term"]) {
    for (const value of wrong) assert.throws(() => p[method](value), thrown("ArgumentError", "bad-text", "want "), method);
    const options = method == "annotate" || method == "explain" || method == "mark" ? [{ color: 1n }, loop, { kinds() {} }] : [];
    if (!/^(article|term)$/.test(method)) options.push(null, 5, "first", []);
    for (const value of options) assert.throws(() => p[method]("AGI", value), thrown("ArgumentError", "bad-option"), method);
  }
  assert.throws(() => p.mark(Buffer.from("AGI")), thrown("ArgumentError", "bad-text", "want a string, got Uint8Array"));
  assert.throws(() => p.annotate({ html: 1 }), thrown("ArgumentError", "bad-text", "want a string, got Number"));
  assert.throws(() => p.terms(null), thrown("ArgumentError", "bad-option", "got Null"));
  const engine = await postil.loadEngine({ wasm: module });
  for (const compile of [(x) => p.compile(x), (x) => engine.compile(x)]) {
    for (const value of [...wrong.filter((x) => !Array.isArray(x)), {}, { terms: {} }]) {
      assert.throws(() => compile(value), (error) => {
        assert.equal(error.causes[0].pointer, "/terms");
        return thrown("GlossaryError", "bad-glossary", "want { language, terms")(error);
      });
    }
    assert.throws(() => compile({ terms: [{ id: "a", label: 1n }] }), thrown("GlossaryError", "bad-glossary", "JSON"));
  }
  for (const value of [undefined, null, 5, "site.postil", {}]) assert.throws(() => engine.open(value), thrown("ArgumentError", "bad-option", "bytes"));
  assert.equal(p.annotate({ html: undefined, text: "AGI" }).annotations.length, 1);
  assert.equal(engine.open(index).annotate("AGI").annotations.length, 1);
  p.dispose();
  engine.dispose();
});

test("a lone surrogate is one unit, as in JavaScript", async () => {
  const p = await load();
  const broken = "\ud83d AGI";
  assert.deepEqual(p.annotate(broken).annotations.map(({ start }) => start), [2]);
  p.dispose();
});

test("calls after dispose fail, and others go on", async () => {
  const [one, two] = await Promise.all([load(), load()]);
  one.dispose();
  one.dispose();
  for (const call of [() => one.annotate("AGI"), () => one.search("a"), () => one.term("agi"), () => one.compile({ terms: [] })]) {
    assert.throws(call, thrown("DisposedError", "disposed"));
  }
  assert.equal(one.memory, 0);
  assert.equal(two.annotate("AGI").annotations.length, 1);
  two.dispose();
});

test("one instance holds many indexes, each closed by itself", async () => {
  const engine = await postil.loadEngine({ wasm: module });
  const glossary = (id) => engine.compile({ terms: [{ id, label: "Widget" }] });
  const opened = Array.from({ length: 20 }, (_, i) => engine.open(glossary("w" + i)));
  opened.forEach((p, i) => assert.equal(p.annotate("A widget.").annotations[0].term, "w" + i));
  opened.slice(0, 10).forEach((p) => p.dispose());
  assert.throws(() => opened[0].annotate("A widget."), thrown("DisposedError", "disposed"));
  assert.equal(opened[19].annotate("A widget.").annotations[0].term, "w19");
  engine.dispose();
  assert.throws(() => opened[19].annotate("A widget."), thrown("DisposedError", "disposed"));
  opened[19].dispose();
});

test("an index is swapped between calls", async () => {
  const engine = await postil.loadEngine({ wasm: module });
  let current = engine.open(engine.compile({ terms: [{ id: "old", label: "Widget" }] }));
  const answers = [];
  for (let i = 0; i < 50; i++) {
    if (i % 10 == 5) {
      const next = engine.open(engine.compile({ terms: [{ id: "new" + i, label: "Widget" }] }));
      current.dispose();
      current = next;
    }
    answers.push(current.annotate("A widget.").annotations[0].term);
  }
  assert.deepEqual([...new Set(answers)], ["old", "new5", "new15", "new25", "new35", "new45"]);
  engine.dispose();
});

test("the globals stay as they were", async () => {
  const before = Object.getOwnPropertyNames(globalThis);
  const p = await load();
  p.annotate("AGI");
  p.dispose();
  assert.deepEqual(Object.getOwnPropertyNames(globalThis), before);
});

test("the module that annotates does just that", async () => {
  const p = await load({ wasm: annotateWasm });
  const full = await load();
  assert.deepEqual(p.annotate(text), full.annotate(text));
  assert.deepEqual(p.term("cma"), full.term("cma"));
  assert.deepEqual(p.terms({ prefix: "a" }), full.terms({ prefix: "a" }));
  assert.equal(p.mark("<p>AGI"), full.mark("<p>AGI"));
  for (const call of [() => p.search("a"), () => p.suggest("a"), () => p.article("a"), () => p.compile({ terms: [] })]) {
    assert.throws(call, thrown("UnsupportedError", "unsupported", "postil.wasm"));
  }
  p.dispose();
  full.dispose();
});

test("loads by itself from beside its script, and at once", async () => {
  const p = await postil.load({ index });
  assert.equal(p.annotate("AGI").annotations.length, 1);
  p.dispose();
  const again = await postil.load({ index: new URL(`file://${dist}/../index/site.postil`) });
  again.dispose();
  const now = postil.loadSync({ wasm: module, index });
  assert.equal(now.annotate("AGI").annotations.length, 1);
  now.dispose();
});
