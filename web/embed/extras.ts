import { enterFrames } from "./frames.ts";
import printNotes from "./notes.ts";
import type { Options } from "./options.ts";
import type followShadows from "./shadows.ts";
import type { Undo } from "./listen.ts";
import type { Context } from "./types.ts";

/** Address of what only pages with shadow roots need, relative to this module; set by the build. */
declare const SHADOWS: string;

/** The shadow roots that the article may be in. */
export type Scopes = () => ShadowRoot[];

/**
 * Adds what only some pages ask for: notes in print, frames, shadow roots.
 * Returns what finds the last, which are observed and marked as they come.
 */
export default async function addExtras(
  context: Context,
  { notes, frames, shadow }: Options,
  tag: HTMLScriptElement | undefined,
  findRoots: () => Element[],
  undo: Undo[],
  observe: (root: ShadowRoot) => void,
  annotate: (roots: Element[]) => unknown,
  marked: () => Iterable<string> | undefined,
): Promise<Scopes> {
  const { signal } = context;
  const module = shadow == "open" ? ((await import(SHADOWS)) as { default: typeof followShadows }) : undefined;
  if (signal.aborted) return () => [];
  if (notes == "print") undo.push(...printNotes(context, findRoots, marked));
  if (frames == "same-origin" && tag) undo.push(enterFrames(tag));
  return module ? module.default({ findRoots, annotate, observe, signal }) : () => [];
}
