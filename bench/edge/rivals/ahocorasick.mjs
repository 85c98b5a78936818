// What one would write without Postil: an Aho–Corasick library over the same
// surface forms, whole words only, leftmost longest, each term's object once.
import { search } from "#search";
import { terms } from "./terms.json";

const inWord = /[\p{L}\p{N}]/u;

export function annotate(text) {
  const annotations = [];
  const named = {};
  let last = 0;
  for (const { start, end, term } of search(text)) {
    if (start < last || inWord.test(text[start - 1] ?? "") || inWord.test(text[end] ?? "")) continue;
    last = end;
    annotations.push({ start, end, exact: text.slice(start, end), term });
    named[term] = terms[term];
  }
  return { offsets: "utf-16", annotations, terms: named };
}

export default {
  async fetch(request) {
    return Response.json(annotate(await request.text()));
  },
};
