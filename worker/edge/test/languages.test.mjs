// An index in another language than English: the program must have been built
// with it, and says so otherwise.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { buildEdge, buildIndex, startNative, startWorkerd } from "./workerd.mjs";

const request = {
  method: "POST",
  path: "/v1/annotate",
  headers: { "content-type": "text/plain" },
  body: Buffer.from("Die Marktüberwachungsbehörden prüfen den Einsatz künstlicher Intelligenz."),
};

describe("an index in German", () => {
  let index;
  const servers = [];
  before(() => {
    index = buildIndex("worker/testdata/german.jsonl", { language: "de", articles: ["worker/testdata/german-articles.jsonl"] });
  });
  after(() => Promise.all(servers.map((s) => s.stop())));

  it("is served by a program that was built with German, as natively", async () => {
    // As is a program that has yet to start.
    const edge = await startWorkerd(buildEdge(index, "german", { started: false }));
    const native = await startNative(index);
    servers.push(edge, native);
    const answer = await edge.ask(request);
    const { language, annotations } = JSON.parse(answer.body);
    assert.equal(language, "de");
    assert.deepEqual(
      annotations.map((a) => [a.exact, a.term]),
      [["Marktüberwachungsbehörden", "behoerde"], ["künstlicher Intelligenz", "ki"]],
    );
    assert.equal(answer.body.toString(), (await native.ask(request)).body.toString());

    // Articles are found by other forms of their words, and not by stop words.
    for (const [query, ids] of [["Haus", ["markt"]], ["marktueberwachungsbehörde", ["aufsicht"]], ["und", []]]) {
      const search = { path: `/v1/search?in=articles&q=${encodeURIComponent(query)}` };
      const found = await edge.ask(search);
      assert.deepEqual(JSON.parse(found.body).articles.map((a) => a.id), ids, query);
      assert.equal(found.body.toString(), (await native.ask(search)).body.toString());
    }
  });

  it("is refused by a program without, which says how to build one", async () => {
    const edge = await startWorkerd(buildEdge(index));
    servers.push(edge);
    const answer = await edge.ask(request);
    assert.equal(answer.status, 503);
    await edge.says(/"german", which this program was built without: build the edge with LANGUAGES=german/);
  });
});
