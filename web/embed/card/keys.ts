/** What the keyboard needs to know of an open card. */
export interface Keyed {
  mark: HTMLElement;
  card: HTMLElement;
  root: ShadowRoot;
  close(): void;
}

/**
 * Keys while a card is open. Esc closes it. Tab leads from the mark into the
 * card and from its last stop on to what follows the mark, as if the card stood
 * right after it; Shift+Tab leads back.
 */
export function handleKey(event: KeyboardEvent, { mark, card, root, close }: Keyed): void {
  if (event.key == "Escape") {
    event.preventDefault();
    event.stopPropagation();
    close();
  }
  if (event.key != "Tab") return;
  const stops = [...card.querySelectorAll<HTMLElement>("a,button")];
  const at = root.activeElement;
  if (!at) {
    if (event.shiftKey || event.composedPath()[0] != mark) return;
    event.preventDefault();
    stops[0]?.focus();
  } else if (event.shiftKey) {
    if (at != card && at != stops[0]) return;
    event.preventDefault();
    close();
  } else if (at == stops.at(-1)) {
    // This puts the focus on the mark, from where the browser's own Tab goes on.
    close();
  }
}
