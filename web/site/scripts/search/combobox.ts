import { element } from "../../../embed/card/element.ts";

export interface Choice {
  text: string;
  /** What kind of thing it is. */
  note: string;
  address: string;
}

/** How long typing has to pause before suggestions are asked for, in milliseconds. */
const pause = 120;

/**
 * A field with a list of suggestions below it, as the ARIA pattern of an
 * editable combobox has it: focus stays in the field, the arrows point at an
 * entry, Enter goes to its page. Without an entry, Enter is the form's.
 */
export function makeCombobox(field: HTMLInputElement, list: HTMLElement, { suggest }: { suggest(typed: string, signal: AbortSignal): Promise<Choice[]> }) {
  let choices: Choice[] = [];
  let active = -1;
  let current: AbortController | undefined;
  let timer = 0;

  const open = (found: Choice[]) => {
    choices = found;
    list.replaceChildren(
      ...found.map(({ text, note }, i) => element("li", { id: `suggestion-${i}`, role: "option", ariaSelected: "false" }, text, element("span", { className: "label" }, note))),
    );
    list.hidden = !found.length;
    field.ariaExpanded = String(found.length > 0);
    point(-1);
  };
  const close = () => {
    clearTimeout(timer);
    current?.abort();
    open([]);
  };
  const point = (index: number) => {
    active = index;
    [...list.children].forEach((entry, i) => (entry.ariaSelected = String(i == index)));
    if (index < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", `suggestion-${index}`);
      list.children[index]!.scrollIntoView({ block: "nearest" });
    }
  };
  const ask = async () => {
    current?.abort();
    const { signal } = (current = new AbortController());
    const typed = field.value.trim();
    if (!typed) return open([]);
    try {
      const found = await suggest(typed, signal);
      if (!signal.aborted && document.activeElement == field) open(found);
    } catch {
      // Suggestions are a help: what is wrong with the words, the search itself says.
      if (!signal.aborted) open([]);
    }
  };
  const go = (index: number) => location.assign(choices[index]!.address);

  const keys: Record<string, () => void> = {
    // One step past either end is the field itself.
    ArrowDown: () => (choices.length ? point(active + 1 < choices.length ? active + 1 : -1) : void ask()),
    ArrowUp: () => choices.length && point(active < 0 ? choices.length - 1 : active - 1),
    Enter: () => go(active),
    Escape: close,
  };
  field.addEventListener("keydown", (event) => {
    const { key, isComposing } = event;
    const act = keys[key];
    if (!act || isComposing || (key == "Enter" && active < 0) || (key == "Escape" && !choices.length)) return;
    event.preventDefault();
    act();
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), pause);
  });
  field.addEventListener("blur", close);
  // The pointer must not take the focus before its click has come.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const index = [...list.children].findIndex((entry) => entry.contains(target as Node));
    if (index >= 0) go(index);
  });
  return { close };
}
