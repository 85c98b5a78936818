import type { Choose } from "./types.ts";

/** Chooses the first mention of each term that has no mark yet, one at a place. */
export const chooseFirst: Choose = (annotations, { text }, { isMarked }) => {
  const taken = new Set<string>();
  let free = 0;
  return annotations.filter(({ start, end, exact, term }) => {
    if (start < free || text.slice(start, end) != exact || taken.has(term) || isMarked(term)) return false;
    taken.add(term);
    free = end;
    return true;
  });
};
