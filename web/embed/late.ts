import { listen, type Undo } from "./listen.ts";

/** How long the page has to be quiet before what came late is marked, and how long that may be put off, in milliseconds. */
const pause = 250;
const longest = 2000;

/** What following a page takes. */
export interface Followed {
  findRoots(): Element[];
  annotate(roots: Element[]): Promise<void>;
  /** Called when content has changed, before it is marked. */
  settle(): void;
  /** What the page's marks leave to be taken back. */
  undo: Undo[];
  warn(problem: unknown): void;
}

/** Follows a page from its first change on. */
export interface Follower {
  take(records: MutationRecord[]): void;
  end: Undo;
}

/**
 * Marks what comes late: only the part that has changed, once the page is
 * quiet. Where the page has gone to another address without being loaded
 * anew, everything is looked at again.
 */
export default function follow({ findRoots, annotate, settle, undo: marks, warn }: Followed): Follower {
  const changed = new Set<Element>();
  let address = place();
  let timer = 0;
  let first = 0;

  const flush = () => {
    clearTimeout(timer);
    timer = first = 0;
    const isElsewhere = address != place();
    const parts = [...changed];
    address = place();
    changed.clear();
    // What a page has left behind is not kept alive.
    if (isElsewhere) marks.splice(0, marks.length, ...marks.filter(({ mark }) => mark?.isConnected != false));
    settle();
    try {
      const roots = findRoots();
      const late = isElsewhere ? roots : outermost(parts.flatMap((part) => within(part, roots)));
      if (late.length) void annotate(late);
    } catch (error) {
      // The selector of the roots is wrong.
      warn(error);
    }
  };
  const schedule = () => {
    first ||= performance.now();
    clearTimeout(timer);
    timer = setTimeout(flush, Math.max(0, Math.min(pause, first + longest - performance.now())));
  };
  const navigated = () => {
    if (address != place()) schedule();
  };
  // Without the Navigation API, a page that goes elsewhere is known by its going back, or by its changes.
  const { navigation } = window as { navigation?: EventTarget };
  const undo = [navigation ? listen(navigation, "navigatesuccess", navigated) : listen(window, "popstate", navigated)];

  return {
    take(records) {
      for (const { addedNodes, target } of records) {
        const whole = target instanceof Element ? target : target.parentElement;
        if (!addedNodes.length && whole) changed.add(whole);
        for (const node of addedNodes) {
          const part = node instanceof Element ? node : whole;
          if (part) changed.add(part);
        }
      }
      if (changed.size) schedule();
    },
    end() {
      clearTimeout(timer);
      undo.forEach((stop) => stop());
    },
  };
}

const place = () => location.pathname + location.search;

/** The part of the roots that is in an element: itself, or the roots inside. */
function within(part: Element, roots: Element[]): Element[] {
  if (!part.isConnected) return [];
  return roots.some((root) => root.contains(part)) ? [part] : roots.filter((root) => part.contains(root));
}

function outermost(parts: Element[]): Element[] {
  const all = [...new Set(parts)];
  return all.filter((part) => !all.some((other) => other != part && other.contains(part)));
}
