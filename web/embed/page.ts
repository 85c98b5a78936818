import { choose } from "./choose.ts";
import { engineFor } from "./engine.ts";
import { watch } from "./intent.ts";
import { createMarker } from "./marker.ts";
import { readOptions } from "./options.ts";
import { collect } from "./text.ts";
import type { Undo } from "./listen.ts";
import type { Context, CreateCard } from "./types.ts";

/** Address of the card's module, relative to this one; set by the build. */
declare const CARD: string;

/** Postil at work on a document. */
export interface Page {
  refresh(root?: Element): Promise<void>;
  destroy(): void;
}

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
  const marker = createMarker(undo, abort.signal);
  const engine = engineFor(endpoint, options, abort.signal);

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

  const annotate = async (roots: Element[]) => {
    const { given, fresh } = marker.adopt(roots);
    // A page that the server marked is not asked about again.
    if (given || options.mode == "adopt") return fresh;
    let count = 0;
    for (const passage of collect(roots, options.skip)) {
      const answer = await engine(passage.text);
      for (const term of Object.values(answer.terms)) context.terms.set(term.id, term);
      count += await marker.mark(passage, choose(answer.annotations, passage, options, marker.isMarked));
    }
    return count;
  };

  const refresh = async (root?: Element) => {
    try {
      const count = await annotate(root ? [root] : findRoots(options.root));
      const terms = [...marker.terms()].map((id) => context.terms.get(id) ?? { id });
      if (!abort.signal.aborted) context.emit("annotated", document, { count, terms });
    } catch (error) {
      fail(error);
    }
  };

  undo.push(watch(context, async () => ((await import(CARD)) as { default: CreateCard }).default, fail));
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
