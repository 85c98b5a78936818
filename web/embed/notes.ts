import { element } from "./card/element.ts";
import { elsewhere } from "./card/strings.ts";
import { listen, type Undo } from "./listen.ts";
import { adoptStyle } from "./style.ts";
import css from "./notes.css";
import type { Context } from "./types.ts";

/** The last root; none where the selector is wrong, which was said when the page was annotated. */
function lastOf(findRoots: () => Element[]): Element | undefined {
  try {
    return findRoots().at(-1);
  } catch {
    return undefined;
  }
}

/** The last piece of a mark. Where there are several, the first is labelled with the text of all. */
function lastPiece(mark: HTMLElement, marks: HTMLElement[]): HTMLElement {
  let at = marks.indexOf(mark);
  let left = mark.ariaLabel?.length ?? 0;
  while ((left -= marks[at]!.textContent!.length) > 0 && marks[at + 1]) at++;
  return marks[at]!;
}

/**
 * Puts the definitions of the marked terms at the end of the article while the page is printed. Where no mark is an element
 * of the page, they have no numbers, which would stand nowhere in the text.
 */
export default function printNotes({ terms, quietly, strings, signal }: Context, findRoots: () => Element[], marked: () => Iterable<string> | undefined): Undo[] {
  let words = elsewhere;
  let added: Undo[] = [];
  void strings().then((local) => (words = { ...elsewhere, ...local }));

  const add = () => {
    const root = lastOf(findRoots);
    const marks = [...document.querySelectorAll<HTMLElement>("[data-postil]")];
    const noted = marks.filter((mark) => mark.tabIndex == 0 && terms.get(mark.dataset["postil"]!)?.definition);
    const found = (noted[0] ? noted.map((mark) => mark.dataset["postil"]!) : [...(marked() ?? [])]).flatMap((id) => terms.get(id) ?? []);
    const rows = found.flatMap(({ label, definition }) => (definition ? [element("li", {}, element("b", {}, label), " ", definition, " ")] : []));
    if (!root || !rows[0]) return;
    const list = element(noted[0] ? "ol" : "ul", {}, ...rows);
    const notes = element("section", { className: "postil-notes postil-ignore" }, element("h2", {}, words.terms), list);
    quietly(() => root.append(notes));
    const last = noted.map((mark) => lastPiece(mark, marks));
    last.forEach((mark, i) => (mark.dataset["note"] = `${i + 1}`));
    added = [() => notes.remove(), ...last.map((mark) => () => delete mark.dataset["note"])];
  };
  const remove = () => {
    added.forEach((undo) => undo());
    added = [];
  };
  listen(signal, window, "beforeprint", add);
  listen(signal, window, "afterprint", remove);
  return [adoptStyle(document, css), remove];
}
