/**
 * The theme that suits a page, by the colour of its text: light text is on dark
 * ground. Where the colour's notation is none that is understood here, the
 * card follows the reader's system.
 */
export function themeFor(color: string): string {
  const [red, green, blue] = /^rgb/.test(color) ? color.match(/[\d.]+/g)!.map(Number) : [];
  if (red === undefined) return "light dark";
  return 0.3 * red + 0.6 * green! + 0.1 * blue! > 140 ? "dark" : "light";
}
