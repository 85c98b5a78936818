import { lastBefore } from "./rank.ts";
import { spaced, type Passage, type Run } from "./text.ts";
import type { Annotation } from "./types.ts";

/** Takes back what made an element a mark. */
export interface Used {
  (): void;
  /** The whole mention that the mark is, or is a piece of, if it was made here. */
  whole?: string;
}

/** Marks in use. Those that leave the page for good are not kept. */
export type Uses = WeakMap<Element, Used>;

/** Makes a mark a button in the tab order. */
export function makeFocusable(mark: HTMLElement): void {
  mark.tabIndex = 0;
  mark.role = "button";
  mark.ariaHasPopup = "dialog";
  mark.ariaExpanded = "false";
}

/**
 * Wraps one annotation's text. Where tags interrupt it, each piece gets its own
 * mark. Calls for one passage go from its start to its end: what is left of a
 * run after a mark takes the run's place. A piece that the page has changed
 * since is left alone. Returns the marks, in document order.
 */
export function wrap({ text, runs }: Passage, annotation: Annotation, used: Uses): HTMLElement[] {
  const { start, end } = annotation;
  const marks: HTMLElement[] = [];
  for (let i = lastBefore(runs, end); i >= 0; i--) {
    const run = runs[i]!;
    const from = Math.max(start - run.start, 0);
    const to = Math.min(end - run.start, run.node.length);
    if (from < to && run.node.isConnected) {
      const wanted = text.slice(run.start + from, run.start + to);
      if (spaced(run.node.data.slice(from, to)) == wanted) marks.unshift(enclose(run, from, to, annotation, used));
    }
    if (run.start <= start) break;
  }
  return marks;
}

function enclose(run: Run, from: number, to: number, { term, exact: whole }: Annotation, used: Uses): HTMLElement {
  const head = run.node;
  const tail = (run.node = head.splitText(to));
  run.start += to;
  const middle = head.splitText(from);
  const mark = document.createElement("span");
  mark.className = "postil";
  mark.dataset["postil"] = term;
  middle.replaceWith(mark);
  mark.append(middle);
  // The page may have changed its text since: what is there now stays, and is joined only where it was split here.
  const unwrap = () => {
    mark.replaceWith(...mark.childNodes);
    join(middle, tail);
    join(head, middle);
  };
  used.set(mark, Object.assign(unwrap, { whole }));
  return mark;
}

/** Joins what a mark parted, if nothing has come between. */
function join(text: Text, next: Text): void {
  if (text.nextSibling != next) return;
  text.appendData(next.data);
  next.remove();
}
