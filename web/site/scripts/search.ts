// The search: what was asked stands in the address, so that back, forward and
// links work as they do anywhere.
import { ApiError, createClient } from "../../client/client.ts";
import { makeCombobox, type Choice } from "./search/combobox.ts";
import { renderArticle, renderTerm, renderChoice, addressOfArticle, addressOfTerm } from "./search/hits.ts";

/** The most hits of a kind on a page. */
const limit = 10;

/** The most terms above the articles, where both are searched. */
const foremost = 3;

const get = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
const form = get<HTMLFormElement>("seek");
const query = get<HTMLInputElement>("query");
const part = get<HTMLSelectElement>("in");
const status = get("status");
const more = get<HTMLButtonElement>("more");
const sections = { terms: get("terms"), articles: get("articles"), instead: get("instead") };

const { get: ask } = createClient();
let current: AbortController | undefined;
let next: string | undefined;

const combobox = makeCombobox(query, get("suggestions"), {
  async suggest(typed, signal): Promise<Choice[]> {
    const { terms, articles } = await ask("/v1/suggest", { query: { q: typed, limit: 5 }, signal });
    return [
      ...terms.map(({ id, label }) => ({ text: label, note: "Term", address: addressOfTerm(id) })),
      ...articles.map((hit) => ({ text: hit.title ?? hit.id, note: "Article", address: addressOfArticle(hit) })),
    ];
  },
});

/** Shows what the address asks for. */
async function show(): Promise<void> {
  const asked = new URLSearchParams(location.search);
  query.value = asked.get("q") ?? "";
  part.value = asked.get("in") ?? "all";
  if (!part.value) part.value = "all";
  await run(false);
}

/** Asks for the first page, or for the next one below it. */
async function run(further: boolean): Promise<void> {
  current?.abort();
  const { signal } = (current = new AbortController());
  const q = query.value.trim();
  document.title = q ? `${q} – Search – Postil` : "Search – Postil";
  if (!further) next = undefined;
  if (!q) {
    clear();
    return say("");
  }
  more.disabled = true;
  try {
    const wanted = { q, in: part.value as "all", limit, ...(next ? { cursor: next } : {}) };
    const found = await ask("/v1/search", { query: wanted, signal });
    if (!further) clear();
    const first = [add("terms", (found.terms ?? []).slice(0, part.value == "all" ? foremost : limit).map(renderTerm)), add("articles", (found.articles ?? []).map(renderArticle))].find(Boolean);
    if (!further) offerAll(q, part.value == "all" ? (found.total_terms ?? 0) : 0);
    next = found.next;
    more.hidden = !next;
    if (further) first?.querySelector("a")?.focus();
    else {
      say(counts(found.total_terms, found.total) ?? `Nothing matches ${q}.`);
      if (!first) await offerOthers(q, signal);
    }
  } catch (error) {
    if (signal.aborted) return;
    // What is there already stays, and so does the way to try again.
    if (!further) clear();
    say(explain(error), true);
  } finally {
    if (!signal.aborted) more.disabled = false;
  }
}

function clear(): void {
  for (const section of Object.values(sections)) {
    section.hidden = true;
    section.querySelector(".hits")!.replaceChildren();
  }
  more.hidden = true;
}

/** Adds hits to a section and returns the first. */
function add(name: keyof typeof sections, hits: HTMLElement[]): HTMLElement | undefined {
  if (hits.length) sections[name].hidden = false;
  sections[name].querySelector(".hits")!.append(...hits);
  return hits[0];
}

/** Names near what found nothing. */
async function offerOthers(q: string, signal: AbortSignal): Promise<void> {
  const { terms, articles } = await ask("/v1/suggest", { query: { q, limit: 3 }, signal });
  add("instead", [
    ...terms.map(({ id, label }) => renderChoice(label, addressOfTerm(id))),
    ...articles.map((hit) => renderChoice(hit.title ?? hit.id, addressOfArticle(hit))),
  ]);
}

/** A link to all terms, if these are not all. */
function offerAll(q: string, total: number): void {
  const link = get<HTMLAnchorElement>("all-terms");
  link.hidden = total <= foremost;
  link.textContent = `All ${total} terms`;
  link.href = `?${new URLSearchParams({ q, in: "terms" })}`;
}

function counts(terms: number | undefined, articles: number | undefined): string | undefined {
  const named = (count: number, one: string) => (count ? [`${count} ${count == 1 ? one : one + "s"}`] : []);
  return [...named(terms ?? 0, "term"), ...named(articles ?? 0, "article")].join(" and ") || undefined;
}

function explain(error: unknown): string {
  if (error instanceof ApiError) {
    if (error.status < 500) return `This cannot be searched: ${error.message.replace(/^q: /, "")}.`;
    return `The search does not answer just now (${error.status}). Try again in a moment.`;
  }
  return "The search cannot be reached. Check the connection and try again.";
}

function say(message: string, wrong = false): void {
  status.textContent = message;
  status.classList.toggle("wrong", wrong);
}

/** Puts the form into the address and shows the answer. */
function submit(): void {
  combobox.close();
  const asked = new URLSearchParams();
  if (query.value.trim()) asked.set("q", query.value.trim());
  if (part.value != "all") asked.set("in", part.value);
  const address = asked.size ? `?${asked}` : location.pathname;
  if (address != (location.search || location.pathname)) history.pushState(null, "", address);
  void run(false);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
part.addEventListener("change", () => query.value.trim() && submit());
more.addEventListener("click", () => void run(true));
addEventListener("popstate", () => void show());
await show();
if (!query.value) query.focus();
