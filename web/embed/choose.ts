import type { Options } from "./options.ts";
import { createSections } from "./section.ts";
import type { Limits } from "./types.ts";

/** Limits other than the first mention of each term: how often and how densely mentions are marked. */
export default ({ occurrences, density }: Options): Limits => ({
  sections: occurrences == "section" ? createSections : occurrences == "all" ? () => () => new Map() : undefined,
  crowding: density ? (text) => countWords(text, +density) : undefined,
});

/** Says for one position after the other whether there are as many marks as may be in the hundred words before it; if not, there is one more. */
function countWords(text: string, density: number): (start: number) => boolean {
  const recent: number[] = [];
  let words = 0;
  let counted = 0;
  return (start) => {
    words += text.slice(counted, start).split(/\s+/).length - 1;
    counted = start;
    // While there are fewer, that is no number.
    const isCrowded = words - recent.at(-density)! < 100;
    if (!isCrowded) recent.push(words);
    return isCrowded;
  };
}
