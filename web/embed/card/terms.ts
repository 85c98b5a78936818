import type { Context, Mention, Term } from "../types.ts";

/** How many articles a card names at most. */
const most = 3;

/**
 * The newest other articles that mention a term. An article of the page's own
 * address is left out; where there is nothing to be had, there is none.
 */
export async function findMentions({ engine }: Context, id: string): Promise<Mention[]> {
  const found = (await (await engine).mentions(id, most + 1)) ?? [];
  const absolute = found.flatMap(({ url, title = url }) =>
    url && URL.canParse(url, document.baseURI) ? { title: title!, url: new URL(url, document.baseURI) } : [],
  );
  return absolute.filter(({ url }) => url.pathname != location.pathname).slice(0, most);
}

/** Finds a term among those known, or asks for it. Undefined if there is none to be had. */
export async function findTerm({ terms, engine }: Context, id: string): Promise<Term | undefined> {
  const known = terms.get(id);
  if (known) return known;
  const term = await (await engine).term(id);
  if (term?.label) terms.set(id, term);
  return terms.get(id);
}
