import AhoCorasick from "modern-ahocorasick";
import { forms } from "./terms.json";

const matcher = new AhoCorasick(forms.map(({ form, term }) => ({ pattern: form, data: term })));

export function search(text) {
  return matcher
    .search(text.toLowerCase(), { strategy: "leftmost-longest" })
    .map(({ start, end, data }) => ({ start, end, term: data }));
}
