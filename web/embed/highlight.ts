import { element } from "./card/element.ts";
import { elsewhere } from "./card/strings.ts";
import css from "./highlight.css";
import listCss from "./list.css";
import { makeFocusable } from "./mark.ts";
import { markAt, type CreateMarker } from "./marker.ts";
import { lastBefore, rankOf } from "./rank.ts";
import { adoptStyle } from "./style.ts";
import { spaced, type Passage } from "./text.ts";
import type { Annotation } from "./types.ts";

/** Name under which the browser knows the highlighted ranges. */
const name = "postil";

interface Mention {
  term: string;
  exact: string;
  range: Range;
}

/**
 * A marker for text that a framework owns: it changes no node. Mentions are
 * ranges that the browser paints; the pointer is matched with them by its
 * position, and for the keyboard there is a list of the page's terms.
 */
const createHighlighter: CreateMarker = ({ quietly, strings, terms }, undo) => {
  const painted = new Highlight();
  const mentions = new Set<Mention>();
  const nodes = new WeakMap<Node, Mention[]>();
  const entries = new Map<string, HTMLElement>();
  const list = element("ul");
  const host = createHost(list);

  const isAlive = ({ range, exact }: Mention) => range.startContainer.isConnected && spaced(range.toString()) == exact;
  const prune = () => {
    for (const mention of mentions) {
      if (isAlive(mention)) continue;
      mentions.delete(mention);
      painted.delete(mention.range);
    }
    const left = new Set([...mentions].map(({ term }) => term));
    for (const [term, entry] of entries) {
      if (left.has(term)) continue;
      entry.parentElement!.remove();
      entries.delete(term);
    }
    if (!entries.size) host.remove();
  };
  const addEntry = (term: string) => {
    if (entries.has(term)) return;
    const entry = element("button", { type: "button" }, terms.get(term)?.label ?? term);
    entry.dataset["postil"] = term;
    makeFocusable(entry);
    entries.set(term, entry);
    list.append(element("li", {}, entry));
  };

  CSS.highlights.set(name, painted);
  undo.push(adoptStyle(document, css), () => {
    CSS.highlights.delete(name);
    host.remove();
  });
  void strings().then((local) => list.setAttribute("aria-label", { ...elsewhere, ...local }.terms));

  return {
    terms: () => entries.keys(),
    rankAt: rankOf,
    settle() {},
    marked: () => [...mentions].filter(isAlive).map(({ term, range }) => [range.startContainer.parentElement!, term]),
    given: () => [],
    use() {},
    used: new WeakMap(),
    async mark(passage, annotations) {
      prune();
      let count = 0;
      for (const annotation of annotations) {
        const range = rangeOf(passage, annotation);
        if (!range) continue;
        const mention = { term: annotation.term, exact: spaced(annotation.exact), range };
        if ([...(nodes.get(range.startContainer) ?? [])].some((other) => mentions.has(other) && overlaps(other.range, range))) continue;
        mentions.add(mention);
        painted.add(range);
        for (const node of new Set([range.startContainer, range.endContainer])) nodes.set(node, [...(nodes.get(node) ?? []), mention]);
        addEntry(annotation.term);
        count++;
      }
      if (entries.size) quietly(() => document.documentElement.append(host));
      return count;
    },
    find(event) {
      const listed = markAt(event);
      if (listed || !(event instanceof MouseEvent)) return listed;
      const { clientX: x, clientY: y } = event;
      const [node, offset] = caretAt(x, y);
      const found = node && nodes.get(node)?.find((mention) => mentions.has(mention) && mention.range.isPointInRange(node, offset) && isAlive(mention));
      const mark = found && entries.get(found.term);
      const isOver = (line: DOMRect) => x >= line.left && x <= line.right && y >= line.top && y <= line.bottom;
      return mark && [...found.range.getClientRects()].some(isOver) ? { mark, range: found.range } : undefined;
    },
  };
};

export default createHighlighter;

/** The range of an annotation, unless the page has changed its text since. */
function rangeOf({ runs }: Passage, { start, end, exact }: Annotation): Range | undefined {
  const from = runs[lastBefore(runs, start + 1)];
  const to = runs[lastBefore(runs, end)];
  if (!from || !to || start - from.start > from.node.length || end - to.start > to.node.length) return;
  const range = new Range();
  range.setStart(from.node, start - from.start);
  range.setEnd(to.node, end - to.start);
  return spaced(range.toString()) == spaced(exact) ? range : undefined;
}

const overlaps = (a: Range, b: Range) => a.compareBoundaryPoints(Range.END_TO_START, b) < 0 && a.compareBoundaryPoints(Range.START_TO_END, b) > 0;

/** The text node and offset at a point of the viewport. */
function caretAt(x: number, y: number): [Node | undefined, number] {
  const position = document.caretPositionFromPoint?.(x, y);
  if (position) return [position.offsetNode, position.offset];
  const range = document.caretRangeFromPoint?.(x, y);
  return [range?.startContainer, range?.startOffset ?? 0];
}

/** What holds the list, out of reach of the page's style. */
function createHost(list: HTMLElement): HTMLElement {
  const host = element("div");
  host.style.cssText = "all:initial!important;display:contents!important";
  const root = host.attachShadow({ mode: "open" });
  adoptStyle(root, listCss);
  root.append(list);
  return host;
}
