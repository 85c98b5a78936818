// The pane with one's own glossary: the text, its mistakes, a form that adds a
// term, and the file to take away.
import { element } from "../../../../embed/card/element.ts";
import type { Result } from "../api.ts";
import { addTerm, GlossaryMistakes } from "./client.ts";
import { firstGlossary } from "./first.ts";
import type { Mistake } from "./messages.ts";

const get = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;

export interface Editor {
  /** Whether the text is annotated with it. */
  isOn(): boolean;
  text(): string;
  /** Takes a glossary from elsewhere into use. */
  use(text: string): void;
  /** Shows what is wrong; nothing, if nothing is. */
  showMistakes(error?: unknown): void;
}

export function makeEditor(changed: (delay: number) => void, pause: number): Editor {
  const pane = get("own");
  const field = get<HTMLTextAreaElement>("glossary");
  const list = get("mistakes");
  const [site, own] = [get<HTMLInputElement>("with-site"), get<HTMLInputElement>("with-own")];

  const follow = () => {
    pane.hidden = !own.checked;
    if (own.checked && !field.value) field.value = firstGlossary;
  };
  const point = ({ line, column }: Mistake) => {
    const before = field.value.split("\n").slice(0, line - 1);
    const start = before.reduce((sum, text) => sum + text.length + 1, column - 1);
    field.focus();
    field.setSelectionRange(start, Math.max(start + 1, start + (/^\S*/.exec(field.value.slice(start))?.[0].length ?? 0)));
  };
  const showMistakes = (error?: unknown) => {
    const mistakes = error instanceof GlossaryMistakes ? error.mistakes : [];
    list.replaceChildren(
      ...mistakes.map((mistake) => {
        const place = element("button", { type: "button" }, `Line ${mistake.line}, column ${mistake.column}`);
        place.addEventListener("click", () => point(mistake));
        return element("li", {}, place, ": ", mistake.message);
      }),
    );
    field.setAttribute("aria-invalid", String(mistakes.length > 0));
  };

  for (const radio of [site, own]) {
    radio.addEventListener("change", () => {
      follow();
      changed(0);
    });
  }
  field.addEventListener("input", () => changed(pause));
  get("add").addEventListener("click", async () => {
    const [label, names, definition] = ["new-label", "new-names", "new-definition"].map((id) => get<HTMLInputElement>(id)) as [HTMLInputElement, HTMLInputElement, HTMLInputElement];
    if (!label.value.trim()) return label.focus();
    const abbreviations = names.value.split(",").map((name) => name.trim()).filter(Boolean);
    const about = definition.value.trim();
    try {
      field.value = await addTerm(field.value, { id: idOf(label.value), label: label.value.trim(), ...(abbreviations.length ? { abbreviations } : {}), ...(about ? { definition: about } : {}) });
    } catch (error) {
      return showMistakes(error);
    }
    for (const input of [label, names, definition]) input.value = "";
    field.scrollTop = field.scrollHeight;
    label.focus();
    changed(0);
  });
  get("download").addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([field.value], { type: "application/yaml" }));
    element("a", { href: address, download: "glossary.yaml" }).click();
    setTimeout(() => URL.revokeObjectURL(address));
  });

  return {
    isOn: () => own.checked,
    text: () => field.value,
    use(text) {
      field.value = text;
      own.checked = true;
      follow();
    },
    showMistakes,
  };
}

/** An id as glossaries have them: the label's words in lower case. */
function idOf(label: string): string {
  const plain = label.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "term";
}

/** The terms that were found, as a list that the marks lead to. */
export function renderTerms({ terms }: Result): Node {
  const entries = Object.values(terms).map(({ id, label, abbreviations, definition, sources }) => {
    const links = (sources ?? []).flatMap(({ title, url }) => [" ", url && /^https?:/.test(url) ? element("a", { href: url }, title) : title]);
    return element(
      "div",
      { id: `own-${id}`, tabIndex: -1 },
      element("dt", {}, label, abbreviations?.length ? ` (${abbreviations.join(", ")})` : ""),
      element("dd", {}, definition ?? "No definition.", ...links),
    );
  });
  return entries.length ? element("dl", { className: "own-terms" }, ...entries) : new Text();
}
