import type { Context, Term } from "../types.ts";

/** Finds a term among those known, or asks the API. Undefined if there is none to be had. */
export async function findTerm({ terms, endpoint }: Context, id: string): Promise<Term | undefined> {
  const known = terms.get(id);
  if (known) return known;
  try {
    const response = await fetch(`${endpoint}/v1/terms/${encodeURIComponent(id)}`, {
      headers: { accept: "application/json" },
      credentials: "omit",
    });
    if (!response.ok) return undefined;
    const term = (await response.json()) as Term;
    if (term.label) terms.set(id, term);
    return terms.get(id);
  } catch {
    return undefined;
  }
}
