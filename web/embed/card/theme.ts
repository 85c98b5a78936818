/**
 * The theme that suits a page, by the colour of its text: light text is on dark
 * ground. The browser turns the colour, in whatever notation, into sRGB by way
 * of a property of the card that does not show.
 */
export function themeFor(color: string, card: HTMLElement): string {
  card.style.caretColor = `color-mix(in srgb,${color},${color})`;
  // It is read as "color(srgb 0.1 0.2 0.3)".
  const [red, green, blue] = getComputedStyle(card).caretColor.slice(11).split(" ").map(parseFloat);
  return 0.3 * red! + 0.6 * green! + 0.1 * blue! > 0.55 ? "dark" : "light";
}
