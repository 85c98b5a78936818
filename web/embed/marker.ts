import css from "./mark.css";
import { makeFocusable, wrap } from "./mark.ts";
import { createPace } from "./pace.ts";
import type { Undo } from "./listen.ts";
import { adoptStyle } from "./style.ts";
import type { Passage } from "./text.ts";
import type { Annotation, Context, Hit } from "./types.ts";

/** The marks of a document: those that were there and those that are made. */
export interface Marker {
  /** Ids of the terms marked so far. */
  terms(): Iterable<string>;
  /** Whether a term has a mark in the document now. */
  isMarked(term: string): boolean;
  /** All that can be pointed at now. */
  hits(): Hit[];
  /** Takes over marks that the server wrote; says how many there are, and how many are new. */
  adopt(roots: Element[]): { given: number; fresh: number };
  /** Marks annotations of a passage, a stretch at a time; says how many. */
  mark(passage: Passage, annotations: Annotation[]): Promise<number>;
  /** The mark that an event is about, if any. */
  find(event: Event): Hit | undefined;
}

/** Makes a marker; what it changes can be undone, last things first. */
export type CreateMarker = (context: Context, undo: Undo[], signal: AbortSignal) => Marker;

/** The mark at an event's target, also inside a shadow root. */
export function markAt(event: Event): Hit | undefined {
  const target = event.composedPath()[0];
  const mark = target instanceof Element && target.closest<HTMLElement>("[data-postil]");
  return mark ? { mark } : undefined;
}

const marksIn = (scopes: ParentNode[]) => scopes.flatMap((scope) => [...scope.querySelectorAll<HTMLElement>("[data-postil]")]);

/** A marker that puts elements around mentions. */
export const createMarker: CreateMarker = ({ quietly }, undo, signal) => {
  const styled = new Set<Node & ParentNode>();
  /** The tab stop of each term. */
  const stops = new Map<string, HTMLElement>();
  /** Marks in use: whether they were made here. */
  const used = new WeakMap<Element, boolean>();
  const isMarked = (term: string) => !!stops.get(term)?.isConnected;

  const use = (mark: HTMLElement, isMade: boolean) => {
    const scope = mark.getRootNode() as Document;
    if (!styled.has(scope)) {
      styled.add(scope);
      undo.push(adoptStyle(scope, css));
    }
    const term = mark.dataset["postil"]!;
    const first = !isMarked(term);
    if (first) stops.set(term, mark);
    undo.push(makeFocusable(mark, first));
    used.set(mark, isMade);
  };

  return {
    find: markAt,
    terms: () => stops.keys(),
    isMarked,
    hits: () => marksIn([...styled]).map((mark) => ({ mark })),
    adopt(roots) {
      let given = 0;
      let fresh = 0;
      for (const mark of marksIn(roots)) {
        if (!used.has(mark)) {
          // A copy of a mark, known by its tab index, is text like any other: in a clone, from the clipboard.
          if (mark.matches("[tabindex]")) {
            quietly(() => mark.replaceWith(...mark.childNodes));
            continue;
          }
          mark.classList.add("postil");
          use(mark, false);
          fresh++;
        }
        if (!used.get(mark)) given++;
      }
      return { given, fresh };
    },
    async mark(passage, annotations) {
      const pace = createPace(32);
      for (const annotation of annotations) {
        const pause = pace();
        if (pause) await pause;
        if (signal.aborted) break;
        quietly(() => {
          const pieces = wrap(passage, annotation, undo);
          for (const mark of pieces) use(mark, true);
          // A button is named after all of its term.
          if (pieces[1] && pieces[0]!.role) pieces[0]!.ariaLabel = annotation.exact;
        });
      }
      return annotations.length;
    },
  };
};
