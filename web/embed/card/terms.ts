import type { Context, Mention, Term } from "../types.ts";

/** How many articles a card names at most. */
const most = 3;

/**
 * The newest other articles that mention a term. An article of the page's own
 * address is left out; where there is nothing to be had, there is none.
 */
export async function findMentions({ endpoint }: Context, id: string): Promise<Mention[]> {
  const answer = await get<{ mentions?: Mention[] }>(`${endpoint}/v1/terms/${encodeURIComponent(id)}/mentions?limit=${most + 1}`);
  const elsewhere = ({ url }: Mention) =>
    url && URL.canParse(url, document.baseURI) && new URL(url, document.baseURI).pathname != location.pathname;
  return answer?.mentions?.filter(elsewhere).slice(0, most) ?? [];
}

/** Finds a term among those known, or asks the API. Undefined if there is none to be had. */
export async function findTerm({ terms, endpoint }: Context, id: string): Promise<Term | undefined> {
  const known = terms.get(id);
  if (known) return known;
  const term = await get<Term>(`${endpoint}/v1/terms/${encodeURIComponent(id)}`);
  if (term?.label) terms.set(id, term);
  return terms.get(id);
}

async function get<T>(address: string): Promise<T | undefined> {
  try {
    const response = await fetch(address, { headers: { accept: "application/json" }, credentials: "omit" });
    return response.ok ? ((await response.json()) as T) : undefined;
  } catch {
    return undefined;
  }
}
