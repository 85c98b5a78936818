import type { listen } from "../listen.ts";

/**
 * Tells an element's style which part of the window is seen. What is fixed
 * stands where the window's edges would be were nothing scaled: of a page that
 * is wider than the screen, or that a reader has pinched, much of that is out
 * of sight, and what a keyboard covers is, too.
 */
export function followSeen(element: HTMLElement, signal: AbortSignal, on: typeof listen): void {
  const follow = () => {
    const { offsetLeft, offsetTop, width, height, scale } = visualViewport!;
    // Of a page that is zoomed by its style, lengths here are as well.
    const zoom = element.currentCSSZoom ?? 1;
    const lengths = { left: offsetLeft, bottom: offsetTop + height, width, height };
    for (const [name, length] of Object.entries(lengths)) element.style.setProperty("--" + name, length / zoom + "px");
    // Text is never smaller than on a page that fits, and grows with the page to
    // twice its size: after that, a line would hold too few letters.
    element.style.setProperty("--scale", `${Math.min(scale, Math.max(1, scale / 2))}`);
  };
  for (const type of ["resize", "scroll"]) on(signal, visualViewport!, type, follow);
  follow();
}
