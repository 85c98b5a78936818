import type { Context, Term } from "../types.ts";

/** Finds a term among those known, or asks for it. Undefined if there is none to be had. */
export async function findTerm({ terms, engine, signal }: Context, id: string): Promise<Term | undefined> {
  if (!terms.has(id)) {
    const term = (await (await engine).about(encodeURIComponent(id), signal)) as Term | undefined;
    if (term?.label) terms.set(id, term);
  }
  return terms.get(id);
}
