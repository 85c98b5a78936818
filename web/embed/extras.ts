import { enterFrames, shadowRoots } from "./deep.ts";
import printNotes from "./notes.ts";
import type { Options } from "./options.ts";
import type { Undo } from "./listen.ts";
import type { Context } from "./types.ts";

/** The shadow roots that the article may be in. */
export type Scopes = () => ShadowRoot[];

/** Adds what only some pages ask for: notes in print, frames. Returns what finds the shadow roots, which is the third. */
export default function addExtras(context: Context, { notes, frames, shadow }: Options, tag: HTMLScriptElement | undefined, findRoots: () => Element[], undo: Undo[]): Scopes {
  if (notes == "print") undo.push(...printNotes(context, findRoots));
  if (frames == "same-origin" && tag) undo.push(enterFrames(tag));
  return shadow == "open" ? () => shadowRoots() : () => [];
}
