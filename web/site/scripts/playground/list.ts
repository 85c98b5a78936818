import { element } from "../../../embed/card/element.ts";
import type { Found, Result } from "./api.ts";

/** Renders the annotations as a list: form, term, score, other senses, reasons. */
export function renderList({ annotations, terms, abbreviations }: Result, own: boolean): Node {
  const list = element("ol", { className: "found" });
  annotations.forEach((found, index) => list.append(entry(found, index, terms[found.term]?.label ?? found.term, own)));
  const out = element("div", {}, list);
  if (abbreviations?.length) {
    const rows = abbreviations.map(({ short, long, term }) =>
      element("div", {}, element("dt", {}, short.text), element("dd", {}, term ? `${long.text} → ${term}` : long.text)),
    );
    out.append(element("h2", { className: "label" }, "Abbreviations that the text defines"), element("dl", { className: "short" }, ...rows));
  }
  return out;
}

function entry(found: Found, index: number, label: string, own: boolean): HTMLElement {
  const { start, end, exact, term, score, candidates, reasons } = found;
  const link = element("a", { href: own ? `#own-${encodeURIComponent(term)}` : `/glossary/${encodeURIComponent(term)}/` }, label);
  const facts = [`${start}–${end}`, term];
  const item = element(
    "li",
    { id: `found-${index}`, tabIndex: -1 },
    element("p", { className: "form" }, element("b", {}, exact), " ", link),
    element("p", { className: "facts" }, facts.join(" · ")),
    gauge(score, "score"),
  );
  if (candidates?.length) {
    const others = candidates.map((other) => element("li", {}, other.term, gauge(other.score, other.term)));
    item.append(element("ul", { className: "others", ariaLabel: "Other senses" }, ...others));
  }
  if (reasons?.length) {
    const rows = reasons.map(({ kind, detail, weight }) =>
      element("li", {}, `${kind} `, detail && element("q", {}, detail), ` ${weight < 0 ? "−" : "+"}${Math.abs(weight).toFixed(2)}`),
    );
    item.append(
      element("details", { className: "reasons" }, element("summary", {}, "Reasons"), element("ul", {}, ...rows)),
    );
  }
  return item;
}

function gauge(score: number, name: string): HTMLElement {
  const meter = element("meter", { min: 0, max: 1, value: score, ariaLabel: name });
  return element("span", { className: "gauge" }, meter, element("span", {}, score.toFixed(2)));
}
