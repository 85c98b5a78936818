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
  if (term.sources?.length) parts.push(row("sources", strings.source, term.sources.map((s) => source(s, strings))));
  const related = term.see_also?.flatMap((id) => {
    const name = actions.label(id);
    return name === undefined ? [] : element("button", { type: "button", onclick: () => actions.go(id) }, name);
  });
  if (related?.length) parts.push(row("see-also", strings.seeAlso, related));
  return parts;
}

/** Only web addresses become links, whatever a glossary holds. */
function source({ title, url }: { title: string; url?: string }, strings: Strings): HTMLElement {
  return url && /^https?:/i.test(url)
    ? element("a", { href: url, target: "_blank", rel: "noopener", title: strings.newTab }, title)
    : element("span", {}, title);
}

function row(part: string, head: string, items: HTMLElement[]): HTMLElement {
  return element("div", { className: "row", part }, element("span", { className: "head" }, head), element("span", { className: "items" }, ...items));
}

function button(name: string, sign: string, label: string, onclick: () => void): HTMLElement {
  return element("button", { className: name, part: name, type: "button", ariaLabel: label, onclick }, sign);
}
