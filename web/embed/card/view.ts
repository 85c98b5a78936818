import type { Term } from "../types.ts";
import { element } from "./element.ts";
import type { Strings } from "./strings.ts";

/** What the view calls when the reader does something. */
export interface Actions {
  close(): void;
  back: (() => void) | undefined;
  go(id: string): void;
  /** The label of a term that is known already. */
  label(id: string): string | undefined;
}

/** Builds what the card shows of a term; without a term, that there is none (yet). */
export function view(term: Term | undefined, note: string, strings: Strings, actions: Actions): Node[] {
  const bar = element("div", { className: "bar" });
  if (actions.back) bar.append(button("back", "‹", strings.back, actions.back));
  if (term?.kind) bar.append(element("span", { className: "kind", part: "kind" }, term.kind.replace(/[-_]/g, " ")));
  bar.append(button("close", "×", strings.close, actions.close));
  if (!term) return [bar, element("p", { id: "label" }, note)];

  const label = element("p", { id: "label", part: "label", dir: "auto" }, term.label);
  const short = term.abbreviations?.filter((form) => form != term.label).join(", ");
  if (short) label.append(" ", element("span", { className: "short", part: "abbreviations" }, short));
  const parts: Node[] = [bar, label];
  if (term.definition) parts.push(element("p", { className: "definition", part: "definition", dir: "auto" }, term.definition));
  if (term.language) for (const part of parts) (part as HTMLElement).lang = term.language;
  if (term.sources?.length) parts.push(sources(term.sources, strings));
  const related = term.see_also?.filter((id) => actions.label(id) !== undefined) ?? [];
  if (related.length) {
    const list = element("div", { className: "row", part: "see-also" }, element("span", { className: "head" }, strings.seeAlso));
    for (const id of related) list.append(element("button", { type: "button", onclick: () => actions.go(id) }, actions.label(id)!));
    parts.push(list);
  }
  return parts;
}

function sources(list: NonNullable<Term["sources"]>, strings: Strings): Node {
  const row = element("div", { className: "row", part: "sources" }, element("span", { className: "head" }, strings.source));
  for (const { title, url } of list) {
    // Only web addresses become links, whatever a glossary holds.
    if (url && /^https?:/i.test(url)) {
      row.append(element("a", { href: url, target: "_blank", rel: "noopener", title: strings.newTab }, title));
    } else row.append(element("span", {}, title));
  }
  return row;
}

function button(name: string, sign: string, label: string, onclick: () => void): HTMLElement {
  return element("button", { className: name, part: name, type: "button", ariaLabel: label, onclick }, sign);
}
