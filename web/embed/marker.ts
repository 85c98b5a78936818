import css from "./mark.css";
import { makeFocusable, wrap, type Uses } from "./mark.ts";
import { createPace } from "./pace.ts";
import type { Undo } from "./listen.ts";
import { rankOf } from "./rank.ts";
import { adoptStyle } from "./style.ts";
import type { Passage } from "./text.ts";
import type { Annotation, Context, Hit } from "./types.ts";

/** The marks of a document: those that were there and those that are made. */
export interface Marker {
  /** Ids of the terms marked so far. */
  terms(): Iterable<string>;
  /** How well a mention's mark in an element would be seen, as `rankOf` says it; 0 where there is to be none. */
  rankAt(element: Element, exact: string): number;
  /** The elements that are or hold marks now, with the marks' terms. */
  marked(): [at: Element, term: string][];
  /** The marks under elements that were not made here. */
  given(roots: Element[]): HTMLElement[];
  /** Makes what is in use a mark that can be pointed at and, where its term has none, a tab stop. */
  use(mark: HTMLElement): void;
  used: Uses;
  /** Marks annotations of a passage, a stretch at a time; says how many. */
  mark(passage: Passage, annotations: Annotation[]): Promise<number>;
  /** The mark that an event is about, if any. */
  find(event: Event): Hit | undefined;
  /** Sees to it that each term has a tab stop, once the page has changed. */
  settle(): void;
}

/** Makes a marker; what it changes can be undone, last things first. */
export type CreateMarker = (context: Context, undo: Undo[]) => Marker;

/** The mark at an event's target, also inside a shadow root. */
export function markAt(event: Event): Hit | undefined {
  const target = event.composedPath()[0];
  const mark = target instanceof Element && target.closest<HTMLElement>("[data-postil]");
  return mark ? { mark } : undefined;
}

const marksIn = (scopes: ParentNode[]) => scopes.flatMap((scope) => [...scope.querySelectorAll<HTMLElement>("[data-postil]")]);

/** A marker that puts elements around mentions. */
export const createMarker: CreateMarker = ({ quietly, signal }, undo) => {
  const styled = new Set<Node & ParentNode>();
  /** The tab stop of each term: the first mark that is rendered or, as long as none is, the first. */
  const stops = new Map<string, HTMLElement>();
  const used: Uses = new WeakMap();
  const all = () => marksIn([...styled]);

  const offer = (mark: HTMLElement) => {
    const term = mark.dataset["postil"]!;
    const rank = rankOf(stops.get(term));
    if (rank > 1 || rank >= rankOf(mark)) return;
    stops.set(term, mark);
    makeFocusable(mark);
    // A button is named after all of its term.
    const whole = used.get(mark)?.whole;
    if (whole && whole.length > mark.textContent!.length) mark.ariaLabel = whole;
  };
  const use = (mark: HTMLElement) => {
    const scope = mark.getRootNode() as Document;
    if (!styled.has(scope)) {
      styled.add(scope);
      undo.push(adoptStyle(scope, css));
    }
    mark.tabIndex = -1;
    offer(mark);
  };

  undo.push(() => all().reverse().forEach((mark) => used.get(mark)?.()));

  return {
    find: markAt,
    terms: () => stops.keys(),
    rankAt(element, exact) {
      // Each piece of a text that a mark parts would be an item of its own there.
      const isTorn = /flex|grid/.test(getComputedStyle(element).display) && element.textContent!.trim() != exact;
      return isTorn ? 0 : rankOf(element);
    },
    settle() {
      for (const [term, stop] of stops) {
        if (stop.isConnected) continue;
        stops.delete(term);
        for (const mark of all()) if (used.has(mark) && mark.dataset["postil"] == term) offer(mark);
      }
    },
    marked: () => all().map((mark) => [mark, mark.dataset["postil"]!]),
    use,
    used,
    given: (roots) => marksIn(roots).filter((mark) => !used.get(mark)?.whole),
    async mark(passage, annotations) {
      const pace = createPace(32);
      for (const annotation of annotations) {
        await pace();
        if (signal.aborted) break;
        quietly(() => wrap(passage, annotation, used).forEach(use));
      }
      return annotations.length;
    },
  };
};
