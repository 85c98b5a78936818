import { ask } from "./client.ts";
import { watch } from "./intent.ts";
import { adoptStyle, makeFocusable, wrap } from "./mark.ts";
import { collect, type Passage } from "./text.ts";
import type { Undo } from "./listen.ts";
import { readOptions, type Options } from "./options.ts";
import type { Annotation, Context, CreateCard } from "./types.ts";

/** Address of the card's module, relative to this one; set by the build. */
declare const CARD: string;

/** Postil at work on a document. */
export interface Page {
  refresh(root?: Element): Promise<void>;
  destroy(): void;
}

/** How long marking may keep the page busy at a stretch, in milliseconds. */
const stretch = 12;

const warn = (problem: unknown) => console.warn("postil:", String(problem));

/**
 * Starts Postil on the document, with the options of its script tag. It never
 * throws, and reports through events and the console.
 */
export function start(tag: HTMLScriptElement): Page {
  const options = readOptions(tag, warn);
  const endpoint = (options.endpoint ?? new URL(tag.src).origin).replace(/\/$/, "");
  const abort = new AbortController();
  const undo: Undo[] = [];
  /** The tab stop of each term. */
  const stops = new Map<string, HTMLElement>();
  const isStopped = (term: string) => !!stops.get(term)?.isConnected;
  /** Marks that are in use, and those of them that were made here. */
  const used = new WeakSet<Element>();
  const made = new WeakSet<Element>();

  const context: Context = {
    terms: new Map(),
    endpoint,
    theme: options.theme == "auto" ? undefined : options.theme,
    quiet: false,
    emit: (event, target, detail) =>
      target.dispatchEvent(new CustomEvent("postil:" + event, { bubbles: true, detail })),
  };

  const fail = (error: unknown) => {
    if (abort.signal.aborted) return;
    warn(error);
    context.emit("error", document, { error });
  };

  const makeReachable = (mark: HTMLElement, term: string) => {
    const first = !isStopped(term);
    if (first) stops.set(term, mark);
    undo.push(makeFocusable(mark, first));
    used.add(mark);
  };

  const markPassage = async (passage: Passage, annotations: Annotation[]) => {
    const groups: HTMLElement[][] = [];
    let deadline = performance.now() + stretch;
    for (const annotation of annotations.reverse()) {
      if (performance.now() > deadline) {
        await new Promise((done) => setTimeout(done));
        deadline = performance.now() + stretch;
      }
      if (abort.signal.aborted) return 0;
      groups.push(wrap(passage, annotation, undo));
    }
    for (const mark of groups.reverse().flat()) {
      made.add(mark);
      makeReachable(mark, mark.dataset["postil"]!);
    }
    return groups.length;
  };

  const refresh = async (root?: Element) => {
    try {
      const roots = root ? [root] : findRoots(options.root);
      // Marks that the server wrote are taken over, and their page not asked about again.
      const given = roots.flatMap((r) => [...r.querySelectorAll<HTMLElement>("[data-postil]")]).filter((m) => !made.has(m));
      const fresh = given.filter((mark) => !used.has(mark));
      for (const mark of fresh) {
        mark.classList.add("postil");
        makeReachable(mark, mark.dataset["postil"]!);
      }
      let count = fresh.length;
      if (!given.length && options.mode != "adopt") {
        for (const passage of collect(roots, options.skip)) {
          const answer = await ask(endpoint, passage.text, options, abort.signal);
          for (const term of Object.values(answer.terms)) context.terms.set(term.id, term);
          count += await markPassage(passage, choose(answer.annotations, passage, options, isStopped));
        }
      }
      const terms = [...stops.keys()].map((id) => context.terms.get(id) ?? { id });
      if (!abort.signal.aborted) context.emit("annotated", document, { count, terms });
    } catch (error) {
      fail(error);
    }
  };

  undo.push(adoptStyle(), watch(context, async () => ((await import(CARD)) as { default: CreateCard }).default, fail));
  void refresh();
  return {
    refresh,
    destroy() {
      abort.abort();
      while (undo.length) undo.pop()!();
    },
  };
}

/** The outermost elements that hold the article. */
function findRoots(selector: string | undefined): Element[] {
  const found = [...document.querySelectorAll(selector ?? "article")];
  const roots = found.length || selector ? found : [document.querySelector("main") ?? document.body];
  return roots.filter((root) => !roots.some((other) => other != root && other.contains(root)));
}

/** Chooses which annotations of a passage become marks: one at a place, as often and as densely as wished. */
function choose(annotations: Annotation[], { text, runs }: Passage, options: Options, isMarked: (term: string) => boolean): Annotation[] {
  const { occurrences = "first", density } = options;
  const taken = new Set<string>();
  const recent: number[] = [];
  let free = 0;
  let run = 0;
  let words = 0;
  let counted = 0;
  return annotations.filter(({ start, end, exact, term }) => {
    if (start < free || text.slice(start, end) != exact) return false;
    while (runs[run + 1] && runs[run + 1]!.start <= start) run++;
    const place = occurrences == "section" ? term + " " + runs[run]!.section : term;
    if (occurrences != "all" && (taken.has(place) || (occurrences == "first" && isMarked(term)))) return false;
    if (density) {
      words += text.slice(counted, start).split(/\s+/).length - 1;
      counted = start;
      if (recent.length >= +density && words - recent.at(-density)! < 100) return false;
      recent.push(words);
    }
    taken.add(place);
    free = end;
    return true;
  });
}
