import { listen } from "./listen.ts";

/** How long the page has to be quiet before what came late is marked, and how long that may be put off, in milliseconds. */
const pause = 250;
const longest = 2000;

/** What following a page takes. */
export interface Followed {
  findRoots(): Element[];
  annotate(roots: Element[]): Promise<void>;
  /** Called when content has changed, before it is marked. */
  settle(): void;
  warn(problem: unknown): void;
  signal: AbortSignal;
}

/**
 * Marks what comes late: only the part that has changed, once the page is
 * quiet. Where the page has gone to another path without being loaded
 * anew, everything is looked at again. Returns what takes the page's changes.
 */
export default function follow({ findRoots, annotate, settle, warn, signal }: Followed): (records: MutationRecord[]) => void {
  const changed = new Set<Element>();
  let { pathname } = location;
  let timer = 0;
  let first = 0;

  const flush = () => {
    if (signal.aborted) return;
    first = 0;
    const isElsewhere = pathname != location.pathname;
    const parts = [...changed];
    changed.clear();
    ({ pathname } = location);
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
    if (pathname != location.pathname) schedule();
  };
  // Without the Navigation API, a page that goes elsewhere is known by its going back, or by its changes.
  // An element with the id "navigation" is a property of the window, too, but not its own.
  const navigation = Object.hasOwn(window, "navigation") && (window as { navigation?: EventTarget }).navigation;
  listen(signal, navigation || window, navigation ? "navigatesuccess" : "popstate", navigated);

  return (records) => {
    for (const { addedNodes, target } of records) {
      const whole = target instanceof Element ? target : target.parentElement;
      if (!addedNodes.length && whole) changed.add(whole);
      for (const node of addedNodes) {
        const part = node instanceof Element ? node : whole;
        if (part) changed.add(part);
      }
    }
    if (changed.size) schedule();
  };
}

/** The part of the roots that is in an element: itself, or the roots inside. */
function within(part: Element, roots: Element[]): Element[] {
  if (!part.isConnected) return [];
  return roots.some((root) => root.contains(part)) ? [part] : roots.filter((root) => part.contains(root));
}

function outermost(parts: Element[]): Element[] {
  const all = new Set(parts);
  const isIn = (element: Element | null): boolean => !!element && (all.has(element) || isIn(element.parentElement));
  return [...all].filter((part) => !isIn(part.parentElement));
}
