// What finds the surface forms of a glossary in a text: the module, and the ways
// that one would write in JavaScript alone. Each is made from what a page would
// have fetched, and returns a function from a text to how many it found. This
// file runs in Node and, bundled, in a browser.
import AhoCorasick from "modern-ahocorasick";
import AhoCorasick1 from "modern-ahocorasick-1";

/** The module, which is given as a response or as bytes, or compiled as a browser's cache has it. */
export async function postil({ load }, wasm, index, options) {
  const p = await load({ wasm, index });
  return { search: (text) => p.annotate(text, options).annotations.length, memory: () => p.memory, dispose: () => p.dispose() };
}

const inWord = /[\p{L}\p{N}]/u;
const wordPattern = /[\p{L}\p{N}]+/gu;

/** Keeps whole words, leftmost longest, as spans with their terms: what the module returns, without scores. */
function choose(text, spans) {
  const annotations = [];
  let last = 0;
  for (const { start, end, term } of spans) {
    if (start < last || inWord.test(text[start - 1] ?? "") || inWord.test(text[end] ?? "")) continue;
    last = end;
    annotations.push({ start, end, exact: text.slice(start, end), term });
  }
  return annotations.length;
}

/**
 * The library as it is, but for lines of the text, across which no form goes: from
 * the first character beyond ASCII on it asks Intl.Segmenter for each character,
 * and that of V8 11.3 (Node 20) takes longer for each the longer the text is. Its
 * double array ("modern-ahocorasick/fast") is no faster here.
 */
export function ahocorasick3(json) {
  const matcher = new AhoCorasick(JSON.parse(json).map(([form, term]) => ({ pattern: form, data: term })));
  return {
    search(text) {
      const spans = [];
      for (const { index, 0: line } of text.toLowerCase().matchAll(/.+/g)) {
        for (const { start, end, data } of matcher.search(line, { strategy: "leftmost-longest" })) {
          spans.push({ start: index + start, end: index + end, term: data });
        }
      }
      return choose(text, spans);
    },
  };
}

/** Its first version, which is faster, and gives last positions and forms. */
export function ahocorasick1(json) {
  const forms = JSON.parse(json);
  const matcher = new AhoCorasick1(forms.map(([form]) => form));
  const termOf = new Map(forms);
  return {
    search(text) {
      const spans = [];
      for (const [last, found] of matcher.search(text.toLowerCase())) {
        for (const form of found) spans.push({ start: last + 1 - form.length, end: last + 1, term: termOf.get(form) });
      }
      return choose(text, spans.sort((a, b) => a.start - b.start || b.end - a.end));
    },
  };
}

/** All forms in one regular expression, the longest first. */
export function regexp(json) {
  const termOf = new Map(JSON.parse(json));
  const forms = [...termOf.keys()].sort((a, b) => b.length - a.length);
  const joined = new RegExp(`\\b(?:${forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|")})\\b`, "gi");
  return {
    search(text) {
      const annotations = [];
      for (const found of text.matchAll(joined)) {
        const [exact] = found;
        annotations.push({ start: found.index, end: found.index + exact.length, exact, term: termOf.get(exact.toLowerCase()) });
      }
      return annotations.length;
    },
  };
}

/** By hand: the text's words, looked up as the first words of forms, and on from there. */
export function words(json) {
  const first = new Map();
  for (const [form, term] of JSON.parse(json)) {
    let node;
    let level = first;
    for (const word of form.match(wordPattern) ?? []) {
      node = level.get(word);
      if (!node) level.set(word, (node = { next: undefined, term: undefined }));
      level = node.next ??= new Map();
    }
    if (node) node.term = term;
  }
  return {
    search(text) {
      const annotations = [];
      const tokens = [...text.toLowerCase().matchAll(wordPattern)];
      for (let i = 0; i < tokens.length; i++) {
        let level = first;
        let end = -1;
        let term;
        for (let j = i; j < tokens.length && level; j++) {
          const node = level.get(tokens[j][0]);
          if (!node) break;
          if (node.term !== undefined) [end, term] = [j, node.term];
          level = node.next;
        }
        if (end < 0) continue;
        const start = tokens[i].index;
        const stop = tokens[end].index + tokens[end][0].length;
        annotations.push({ start, end: stop, exact: text.slice(start, stop), term });
        i = end;
      }
      return annotations.length;
    },
  };
}

export const rivals = { ahocorasick3, ahocorasick1, regexp, words };
