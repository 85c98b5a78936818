import { connect } from "./client.ts";
import { watch } from "./intent.ts";
import { createMarker, type CreateMarker, type Marker } from "./marker.ts";
import { belongs } from "./owned.ts";
import { pick } from "./pick.ts";
import { adoptStyle } from "./style.ts";
import { collect } from "./text.ts";
import type adopt from "./adopt.ts";
import type addExtras from "./extras.ts";
import type { Scopes } from "./extras.ts";
import { listen, type Undo } from "./listen.ts";
import type { Options, Tuned } from "./options.ts";
import type { Context, CreateCard, Limits } from "./types.ts";

/** Addresses of modules that are fetched when they are needed, relative to this one; set by the build. */
declare const ADOPT: string;
declare const CARD: string;
declare const SHEET: string;
declare const OPTIONS: string;
declare const HIGHLIGHT: string;
declare const LATE: string;
declare const OFF: string;
declare const EXTRAS: string;
declare const LOCALES: string;

/** Postil at work on a document. */
export interface Page {
  /** Marks what has been added under an element, by default everywhere. Settles when done. */
  refresh(root?: Element): Promise<void>;
  /** Takes back everything: marks, card, listeners, styles. */
  destroy(): void;
}

/** Options as in a JSON script tag, with the address of the server. */
export type Settings = { endpoint: string } & Record<string, string | number | string[]>;

/**
 * Starts Postil on the document, with the options of its script tag or with
 * settings. It never throws, and reports through events and the console.
 */
export function start(source: HTMLScriptElement | Settings): Page {
  const told = new Set<string>();
  const warn = (problem: unknown) => {
    const line = String(problem);
    // What is wrong is wrong again with every change of the page: it is said once.
    if (!told.has(line)) console.warn("postil:", line);
    told.add(line);
  };
  const tag = source instanceof Element ? source : undefined;
  const isPlain = tag && !Object.keys(tag.dataset).length && !document.querySelector('[type="application/postil+json"]');
  const tuned: Promise<Tuned> = isPlain
    ? Promise.resolve({ options: {}, query: "", limits: {} })
    : fetchModule<typeof import("./options.ts").default>(OPTIONS).then((tune) => tune(source, warn));

  /** Starts again, after what the reader wished has been remembered. */
  const turn = async (wish: string) => {
    const off = await (import(OFF) as Promise<typeof import("./off.ts")>);
    if (!ended) {
      running.destroy();
      off.remember(wish);
      running = show(wish, true);
    }
  };
  const show = (wish: unknown, focus = false): Page => {
    if (!wish) return work(tuned, tag, warn, () => void turn("off").catch(warn));
    const offered = fetchModule<typeof import("./off.ts").default>(OFF).then((offer) => offer(strings(), focus, turn)).catch(warn);
    return { refresh: async () => {}, destroy: () => void offered.then((end) => end?.()) };
  };
  let ended: boolean | undefined;
  let running = show(isOff());
  return { refresh: (root) => running.refresh(root), destroy: () => ((ended = true), running.destroy()) };
}

/** Annotates, marks, and follows reader and page until it is destroyed. */
function work(tuned: Promise<Tuned>, tag: HTMLScriptElement | undefined, warn: (problem: unknown) => void, hide: () => void): Page {
  const abort = new AbortController();
  const { signal } = abort;
  const undo: Undo[] = [];
  let options: Options = {};
  let limits: Limits;
  let isHighlight = false;
  let marker: Marker;
  let scopes: Scopes = () => [];
  let follower: Promise<(records: MutationRecord[]) => void> | undefined;

  const take = (records: MutationRecord[]) => {
    if (records[0]) marker.settle();
    // Scripts that add scripts are no news.
    const news = records.filter(({ type, addedNodes, target }) => (addedNodes[0] || type == "characterData") && target != document.head);
    if (!news[0]) return;
    follower ??= fetchModule<typeof import("./late.ts").default>(LATE).then((follow) => follow({ findRoots, annotate: refreshAll, settle: check, warn, signal }));
    follower.then((follow) => follow(news), warn);
  };
  const observer = new MutationObserver(take);
  const observe = (scope: Node) => observer.observe(scope, { childList: true, subtree: true, characterData: isHighlight });

  const context: Context = {
    terms: new Map(),
    engine: tuned.then(({ options, query, local }) => {
      const remote = connect(options.endpoint ?? new URL(tag!.src).origin, query, options.key);
      return local?.(remote, options, signal) ?? remote;
    }),
    signal,
    hide,
    strings,
    quietly(change) {
      take(observer.takeRecords());
      change();
      observer.takeRecords();
    },
    find: (event) => marker?.find(event),
    listen,
    adoptStyle,
    emit: (event, target, detail) =>
      target.dispatchEvent(new CustomEvent("postil:" + event, { bubbles: true, composed: true, detail })),
  };

  // Who asks for it hears of its failure; nobody may ask.
  context.engine.catch(() => 0);

  const fail = (error: unknown) => {
    if (signal.aborted) return;
    warn(error);
    context.emit("error", document, { error });
  };

  const isOwned = (element: Element) => {
    const owned = !isHighlight && belongs(element);
    if (owned) warn(`a framework owns <${element.localName}>: use data-mode="highlight"`);
    return owned;
  };

  const annotate = async (roots: Element[]) => {
    const given = marker.given(roots);
    const fresh = given[0] && (await fetchModule<typeof adopt>(ADOPT))(context, marker, given);
    // A page that the server marked is not asked about again.
    if (fresh !== undefined || options.mode == "adopt") return fresh ?? 0;
    let count = 0;
    for (const passage of await collect(roots, options.skip, isOwned)) {
      const answer = await (await context.engine).annotate(passage.text, signal);
      for (const term of Object.values(answer.terms)) context.terms.set(term.id, term);
      count += await marker.mark(passage, pick(answer.annotations, passage, marker, limits));
    }
    return count;
  };

  /** One after the other, so that none marks what another is about to. */
  let last = Promise.resolve();
  const refreshAll = (roots?: Element[]): Promise<void> => {
    const next = async () => {
      if (signal.aborted || !marker) return;
      const count = await annotate(roots ?? findRoots());
      const terms = [...marker.terms()].map((id) => context.terms.get(id) ?? { id });
      if (!signal.aborted) context.emit("annotated", document, { count, terms });
    };
    return (last = last.then(next).catch(fail));
  };

  /** The outermost elements that hold the article. */
  const findRoots = (): Element[] => {
    const selector = options.root;
    const inside = scopes();
    const found = [document, ...inside].flatMap((scope) => [...scope.querySelectorAll(selector ?? "article")]);
    const roots = found.length || selector ? found : [document.querySelector("main") ?? document.body, ...inside.flatMap((root) => [...root.children])];
    return roots.filter((root) => !roots.some((other) => other != root && other.contains(root)));
  };

  const check = watch(context, undo, (low) => fetchModule<CreateCard>(low ? SHEET : CARD), fail);

  /** Settles when the first marks are there. */
  const begin = async () => {
    ({ options, limits } = await tuned);
    isHighlight = options.mode == "highlight";
    context.theme = options.theme;
    const create = isHighlight ? await fetchModule<CreateMarker>(HIGHLIGHT) : createMarker;
    const add = (options.notes ?? options.frames ?? options.shadow) && (await fetchModule<typeof addExtras>(EXTRAS));
    const found = add && (await add(context, options, tag, findRoots, undo, observe, refreshAll, () => marker?.terms()));
    if (signal.aborted) return;
    marker = create(context, undo);
    if (found) scopes = found;
    observe(document);
  };
  last = begin().catch(fail);
  void refreshAll();

  return {
    refresh: (root) => refreshAll(root && [root]),
    destroy() {
      abort.abort();
      observer.disconnect();
      while (undo.length) undo.pop()!();
    },
  };
}

const fetchModule = async <T>(address: string): Promise<T> => ((await import(address)) as { default: T }).default;

/** The words of the page's language, if there are any besides English. */
async function strings() {
  const [language] = /^(de|fr|es|ja|ar)\b/.exec(document.documentElement.lang.toLowerCase()) ?? [];
  return language ? fetchModule<object>(`${LOCALES}/${language}.js`).catch(() => ({})) : {};
}

/** Whether the reader wished for no marks, which is kept in the browser. Some browsers refuse to say. */
function isOff(): unknown {
  try {
    return localStorage["postil"];
  } catch {
    return;
  }
}
