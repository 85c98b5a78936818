// The library before it looked at grapheme clusters: much faster, and it gives
// the last position and the forms instead of spans.
import AhoCorasick from "modern-ahocorasick-1";
import { forms } from "./terms.json";

const matcher = new AhoCorasick(forms.map(({ form }) => form));
const termOf = new Map(forms.map(({ form, term }) => [form, term]));

export function search(text) {
  const spans = [];
  for (const [last, found] of matcher.search(text.toLowerCase())) {
    for (const form of found) spans.push({ start: last + 1 - form.length, end: last + 1, term: termOf.get(form) });
  }
  return spans.sort((a, b) => a.start - b.start || b.end - a.end);
}
