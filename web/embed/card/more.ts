import type { Context, Mention, Mentioning } from "../types.ts";
import type { Strings } from "./strings.ts";
import { link, row } from "./view.ts";

/** How many articles a card names at most. */
const most = 3;

/**
 * The row of the newest other articles that mention a term, which a card gets
 * once it is open. An article of the page's own address is left out; where
 * there is nothing to be had, there is no row.
 */
export default async function findMentions({ engine, signal }: Context, id: string, strings: Strings): Promise<HTMLElement | undefined> {
  const answer = (await (await engine).about(`${encodeURIComponent(id)}/mentions?limit=${most + 1}`, signal)) as { mentions?: Mentioning[] } | undefined;
  const absolute: Mention[] = (answer?.mentions ?? []).flatMap(({ url, title = url }) =>
    url && URL.canParse(url, document.baseURI) ? { title: title!, url: new URL(url, document.baseURI) } : [],
  );
  // Of an address with a query, such as ?p=12, that counts too; pages are read with others' queries.
  const isOwn = ({ pathname, search }: URL) => pathname == location.pathname && (!search || search == location.search);
  const others = absolute.filter(({ url }) => !isOwn(url as URL)).slice(0, most);
  return others.length ? row("mentions", strings.also, others.map((mention) => link(mention))) : undefined;
}
