import type { components } from "../../../client/client.ts";
import { element } from "../../../embed/card/element.ts";

type Hit = components["schemas"]["Hit"];
type Fragment = components["schemas"]["Fragment"];
type FoundTerm = components["schemas"]["FoundTerm"];

/** The most pieces of an article that are shown of it. */
const pieces = 2;

export const addressOfTerm = (id: string) => `/glossary/${encodeURIComponent(id)}/`;

export const addressOfArticle = ({ id, url }: Hit) => (url && /^(https?:\/)?\//.test(url) ? url : `/articles/${encodeURIComponent(id)}/`);

export function renderTerm({ id, label, abbreviations, kind, definition }: FoundTerm): HTMLElement {
  const names = abbreviations?.length ? [" ", element("abbr", {}, abbreviations.join(", "))] : [];
  const item = element("li", {}, element("h3", {}, element("a", { href: addressOfTerm(id) }, label), ...names));
  if (kind) item.prepend(element("p", { className: "byline" }, kind.replaceAll(/[-_]/g, " ")));
  if (definition) item.append(element("p", {}, definition));
  return item;
}

export function renderArticle(hit: Hit): HTMLElement {
  const { id, title, published, fragments = [] } = hit;
  const named = fragments.find(({ field, cut_before, cut_after }) => field == "title" && !cut_before && !cut_after);
  const heading = named ? marked(named) : [title ?? id];
  const item = element("li", {}, element("h3", {}, element("a", { href: addressOfArticle(hit) }, ...heading)));
  if (published) item.prepend(byline(published));
  for (const fragment of fragments.filter((fragment) => fragment != named).slice(0, pieces)) {
    item.append(element("p", {}, fragment.cut_before ? "… " : "", ...marked(fragment), fragment.cut_after ? " …" : ""));
  }
  return item;
}

export const renderChoice = (text: string, address: string) => element("li", {}, element("h3", {}, element("a", { href: address }, text)));

function byline(published: string): HTMLElement {
  const day = new Date(published);
  const text = isNaN(+day) ? published : day.toLocaleDateString("en-US", { dateStyle: "long", timeZone: "UTC" });
  return element("p", { className: "byline" }, element("time", { dateTime: published }, text));
}

/** A fragment with what was found in <mark>, without the halves of words at its ends; its marks count in the field it was cut from. */
function marked({ text, start, marks, cut_before, cut_after }: Fragment): (Node | string)[] {
  const out: (Node | string)[] = [];
  const [first, last] = [marks[0], marks.at(-1)];
  const head = first ? text.slice(0, first.start - start) : "";
  let done = cut_before ? head.indexOf(" ") + 1 : 0;
  const tail = last ? text.slice(last.end - start).lastIndexOf(" ") : -1;
  const end = cut_after && last && tail >= 0 ? last.end - start + tail : text.length;
  for (const mark of marks) {
    const [from, to] = [mark.start - start, mark.end - start];
    out.push(text.slice(done, from), element("mark", {}, text.slice(from, to)));
    done = to;
  }
  out.push(text.slice(done, end));
  return out;
}
