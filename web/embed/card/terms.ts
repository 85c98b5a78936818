import type { Context, Term } from "../types.ts";

/** Finds a term among those known, or asks for it. Undefined if there is none to be had. */
export async function findTerm({ terms, engine }: Context, id: string): Promise<Term | undefined> {
  const known = terms.get(id);
  if (known) return known;
  const term = await (await engine).term(id);
  if (term?.label) terms.set(id, term);
  return terms.get(id);
}
