import type { Wish } from "../types.ts";

/** The line of a mark that is nearest to the pointer: a term may wrap over two. */
export function lineOf(marked: Element | Range, { x, y }: Wish): DOMRect {
  const lines = [...marked.getClientRects()];
  const distance = (r: DOMRect) =>
    Math.hypot(Math.max(r.left - x, x - r.right, 0), Math.max(r.top - y, y - r.bottom, 0));
  const first = lines[0] ?? marked.getBoundingClientRect();
  return x || y ? lines.reduce((best, line) => (distance(line) < distance(best) ? line : best), first) : first;
}

/**
 * Puts the anchor over a line of text, in viewport pixels. Where the page moves
 * or scales the coordinate system, the difference is measured and made good.
 */
export function place(anchor: HTMLElement, { left, top, width, height }: DOMRect): void {
  const put = (x: number, y: number) => (anchor.style.cssText = `left:${x}px;top:${y}px;width:${width}px;height:${height}px`);
  put(0, 0);
  const origin = anchor.getBoundingClientRect();
  put(left - origin.left, top - origin.top);
}
