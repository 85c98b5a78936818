import { spaced, type Passage, type Run } from "./text.ts";
import type { Annotation } from "./types.ts";
import type { Undo } from "./listen.ts";

/**
 * Makes a mark reachable: the first of its term is a button in the tab order,
 * the others can be pointed at only.
 */
export function makeFocusable(mark: HTMLElement, first: boolean): Undo {
  mark.tabIndex = first ? 0 : -1;
  if (first) {
    mark.role = "button";
    mark.ariaHasPopup = "dialog";
    mark.ariaExpanded = "false";
  }
  const undo = () => {
    for (const name of ["tabindex", "role", "aria-haspopup", "aria-expanded"]) mark.removeAttribute(name);
  };
  return Object.assign(undo, { mark });
}

/**
 * Wraps one annotation's text. Where tags interrupt it, each piece gets its own
 * mark. Calls for one passage go from its start to its end: what is left of a
 * run after a mark takes the run's place. A piece that the page has changed
 * since is left alone. Returns the marks, in document order.
 */
export function wrap({ text, runs }: Passage, { start, end, term }: Annotation, undo: Undo[]): HTMLElement[] {
  const marks: HTMLElement[] = [];
  for (let i = lastBefore(runs, end); i >= 0; i--) {
    const run = runs[i]!;
    const from = Math.max(start - run.start, 0);
    const to = Math.min(end - run.start, run.node.length);
    if (from < to && run.node.isConnected) {
      const wanted = text.slice(run.start + from, run.start + to);
      if (spaced(run.node.data.slice(from, to)) == wanted) marks.unshift(enclose(run, from, to, term, undo));
    }
    if (run.start <= start) break;
  }
  return marks;
}

/** Index of the last run that starts before a position. */
export function lastBefore(runs: Passage["runs"], position: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle]!.start < position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function enclose(run: Run, from: number, to: number, term: string, undo: Undo[]): HTMLElement {
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
  undo.push(Object.assign(unwrap, { mark }));
  return mark;
}

/** Joins what a mark parted, if nothing has come between. */
function join(text: Text, next: Text): void {
  if (text.nextSibling != next) return;
  text.appendData(next.data);
  next.remove();
}
