import { element } from "../../../embed/card/element.ts";
import type { Result } from "./api.ts";

/**
 * Renders the text with its annotations as marks. Overlapping ones are cut
 * where one begins or ends, and each piece belongs to the shortest over it.
 * Marks of the site's terms are those that open cards; of own ones the server
 * knows nothing, so they lead to the list of terms.
 */
export function renderMarked(text: string, html: boolean, { annotations, offsets }: Result, own: boolean): Node {
  const at = positions(text, offsets);
  const pieces = annotations.flatMap(({ start, end, ranges }, index) =>
    (ranges ?? [{ start, end }]).map((range) => ({ start: at(range.start), end: at(range.end), index })),
  );
  const cuts = [...new Set(pieces.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const out = element(html ? "pre" : "div", { className: html ? "source" : "plaintext" });
  let done = 0;
  cuts.forEach((from, i) => {
    const to = cuts[i + 1] ?? from;
    out.append(text.slice(done, from));
    done = to;
    const over = pieces.filter(({ start, end }) => start <= from && to <= end && from < to);
    const piece = over.sort((a, b) => a.end - a.start - (b.end - b.start))[0];
    if (!piece) out.append(text.slice(from, to));
    else {
      const { term, score } = annotations[piece.index]!;
      const exact = text.slice(from, to);
      const mark = own ? element("a", { href: `#own-${encodeURIComponent(term)}` }, exact) : element("span", { className: "postil" }, exact);
      if (!own) mark.dataset["postil"] = term;
      mark.dataset["found"] = String(piece.index);
      const wash = element("span", { className: score >= 0.9 ? "sure" : score >= 0.7 ? "likely" : "perhaps" }, mark);
      out.append(wash);
    }
  });
  out.append(text.slice(done));
  return out;
}

/** Turns positions of the answer's unit into those of a JavaScript string. */
function positions(text: string, unit: string): (position: number) => number {
  if (unit == "utf-16") return (position) => position;
  const table: number[] = [];
  let units = 0;
  for (const character of text) {
    const point = character.codePointAt(0)!;
    const bytes = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (let i = 0; i < (unit == "utf-8" ? bytes : 1); i++) table.push(units);
    units += character.length;
  }
  table.push(units);
  return (position) => table[position] ?? units;
}
