import type { Options } from "./options.ts";
import type { Choose } from "./types.ts";

/** Chooses which annotations of a passage become marks: one at a place, as often and as densely as wished. */
export default function chooser({ occurrences, density }: Options): Choose {
  return (annotations, { text, runs }, isMarked) => {
    const taken = new Set<string>();
    const recent: number[] = [];
    let free = 0;
    let run = 0;
    let words = 0;
    let counted = 0;
    return annotations.filter(({ start, end, exact, term }) => {
      if (start < free || text.slice(start, end) != exact) return false;
      while (runs[run + 1] && runs[run + 1]!.start <= start) run++;
      const place = occurrences == "section" ? term + " " + runs[run]!.section : term;
      if (occurrences != "all" && (taken.has(place) || (occurrences != "section" && isMarked(term)))) return false;
      if (density) {
        words += text.slice(counted, start).split(/\s+/).length - 1;
        counted = start;
        if (recent.length >= +density && words - recent.at(-density)! < 100) return false;
        recent.push(words);
      }
      taken.add(place);
      free = end;
      return true;
    });
  };
}
