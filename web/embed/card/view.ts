import type { Mention, Term } from "../types.ts";
import { element } from "./element.ts";
import type { Strings } from "./strings.ts";

/** What the view calls when the reader does something. */
export interface Actions {
  close(): void;
  hide(): void;
  back: (() => void) | undefined;
  go(id: string): void;
}

/** Builds what the card shows of a term; without a term, that there is none (yet). */
export function view(term: Term | undefined, note: string, strings: Strings, { back, close }: Actions): Node[] {
  const bar = element("div", { className: "bar" });
  if (back) bar.append(button("back", "‹", back, strings.back));
  if (term?.kind) bar.append(element("span", { part: "kind" }, term.kind.replace(/[-_]/g, " ")));
  bar.append(button("close", "×", close, strings.close));
  if (!term) return [bar, element("p", { id: "label" }, note)];

  const lang = term.language && { lang: term.language };
  const label = element("p", { id: "label", part: "label", dir: "auto", ...lang }, term.label);
  const short = term.abbreviations?.filter((form) => form != term.label).join(", ");
  if (short) label.append(" ", element("span", { part: "abbreviations" }, short));
  const parts: Node[] = [bar, label];
  if (term.definition) parts.push(element("p", { part: "definition", dir: "auto", ...lang }, term.definition));
  if (term.sources?.length) parts.push(row("sources", strings.source, term.sources.map((source) => link(source, { target: "_blank", rel: "noopener", title: strings.newTab }))));
  return parts;
}

/** The row of related terms, of those that there are. */
export function related(terms: (Term | undefined)[], strings: Strings, { go }: Actions): Node[] {
  const buttons = terms.flatMap((term) => (term ? element("button", { type: "button", onclick: () => go(term.id) }, term.label) : []));
  return buttons[0] ? [row("see-also", strings.seeAlso, buttons)] : [];
}

/** The switch that hides all marks, a card's last line. */
export const hiding = (strings: Strings, { hide }: Actions) => button("hide", strings.hide, hide);

/** Only web addresses become links, whatever a glossary or an article holds. */
export const link = ({ title, url }: Mention, properties = {}) =>
  /^https?:/i.test(`${url}`) ? element("a", { href: `${url}`, ...properties }, title) : element("span", {}, title);

export function row(part: string, head: string, items: HTMLElement[]): HTMLElement {
  return element("div", { className: "row", part }, element("span", { className: "head" }, head), element("span", { className: "items" }, ...items));
}

/** A button that is a word or, with a label, a sign. */
function button(name: string, text: string, onclick: () => void, ariaLabel: string | null = null): HTMLElement {
  return element("button", { part: name, type: "button", ariaLabel, onclick }, text);
}
