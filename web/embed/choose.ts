import type { Options } from "./options.ts";
import { createSections } from "./section.ts";
import type { Choose } from "./types.ts";

/** Chooses which annotations of a passage become marks: one at a place, as often and as densely as wished. */
export default function chooser({ occurrences, density }: Options): Choose {
  return (annotations, { text, runs }, { hits }) => {
    const termsAt = createSections();
    /** The terms that are marked in a node's section, or anywhere. */
    const marked = (node: Node) => termsAt(occurrences == "section" ? node : document);
    // What comes late may stand beside marks that were made before.
    for (const { mark, range } of hits()) marked(range?.startContainer ?? mark).add(mark.dataset["postil"]!);
    const recent: number[] = [];
    let free = 0;
    let run = 0;
    let words = 0;
    let counted = 0;
    return annotations.filter(({ start, end, exact, term }) => {
      if (start < free || text.slice(start, end) != exact) return false;
      while (runs[run + 1]?.start! <= start) run++;
      const here = marked(runs[run]!.node);
      if (occurrences != "all" && here.has(term)) return false;
      if (density) {
        words += text.slice(counted, start).split(/\s+/).length - 1;
        counted = start;
        // While there are fewer, that is no number.
        if (words - recent.at(-density)! < 100) return false;
        recent.push(words);
      }
      here.add(term);
      free = end;
      return true;
    });
  };
}
