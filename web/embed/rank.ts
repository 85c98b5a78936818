import type { Passage } from "./text.ts";

/**
 * How well readers see what is in an element: 2 where it is rendered, 1 where it
 * is not, as in a panel that is closed, 0 where it has left the page.
 */
export const rankOf = (element: Element | null | undefined): number => (element?.isConnected ? 1 + +element.checkVisibility() : 0);

/** The element that holds the text at a position; none if it has left the page. */
export const elementAt = ({ runs }: Passage, start: number): Element | null => runs[lastBefore(runs, start + 1)]!.node.parentElement;

/** Index of the last run that starts before a position. */
export function lastBefore(runs: Passage["runs"], position: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle]!.start < position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
