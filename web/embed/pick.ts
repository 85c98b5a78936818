import type { Marker } from "./marker.ts";
import { elementAt, rankOf } from "./rank.ts";
import type { Passage } from "./text.ts";
import type { Annotation, Limits } from "./types.ts";

/**
 * Picks the annotations of a passage that become marks: one at a place and, without other limits, the first mention of each
 * term on the page. A mention that is not rendered leaves the next one its turn, so that readers see one of the two.
 */
export function pick(annotations: Annotation[], passage: Passage, { marked, rankAt }: Marker, { sections, crowding }: Limits): Annotation[] {
  const all = new Map<string, number>();
  const ranksAt = sections?.() ?? (() => all);
  const isCrowded = crowding?.(passage.text);
  let free = 0;
  // What comes late may stand beside marks that were made before.
  for (const [at, term] of marked()) if (!(ranksAt(at).get(term)! > 1)) ranksAt(at).set(term, rankOf(at));
  return annotations.filter(({ start, end, exact, term }) => {
    if (start < free || passage.text.slice(start, end) != exact) return false;
    const at = elementAt(passage, start);
    if (!at) return false;
    const ranks = ranksAt(at);
    const rank = rankAt(at, exact);
    if (rank <= (ranks.get(term) ?? 0) || isCrowded?.(start)) return false;
    ranks.set(term, rank);
    free = end;
    return true;
  });
}
