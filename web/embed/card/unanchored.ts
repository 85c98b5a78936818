const gap = 6;

/** How far the card's edge stands out beside its mark, so that their texts are below each other. */
const out = 14;

/** Puts a card beside a line of text, below it or, where it does not fit, above, for browsers without anchor positioning. */
export default function placeUnanchored(card: HTMLElement, line: DOMRect): void {
  const { width, height } = card.getBoundingClientRect();
  const start = getComputedStyle(card).direction == "rtl" ? line.right + out - width : line.left - out;
  const below = line.bottom + gap;
  const fits = below + height <= innerHeight || line.top < height + gap;
  card.style.left = Math.max(8, Math.min(start, innerWidth - width - 8)) + "px";
  // In a window too short for it on either side, the card covers its mark.
  card.style.top = Math.max(8, Math.min(fits ? below : line.top - gap - height, innerHeight - height - 8)) + "px";
}
