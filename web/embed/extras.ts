import { enterFrames, shadowRoots } from "./deep.ts";
import printNotes from "./notes.ts";
import type { Options } from "./options.ts";
import type { Undo } from "./listen.ts";
import type { Context } from "./types.ts";

/** What only some pages ask for: notes in print, frames, shadow roots. */
export interface Extras {
  /** The shadow roots that the article may be in. */
  scopes(): ShadowRoot[];
  undo: Undo[];
}

export default function addExtras(context: Context, { notes, frames, shadow }: Options, tag: HTMLScriptElement | undefined, findRoots: () => Element[]): Extras {
  const undo: Undo[] = [];
  if (notes == "print") undo.push(printNotes(context, findRoots));
  if (frames == "same-origin" && tag) undo.push(enterFrames(tag));
  return { undo, scopes: shadow == "open" ? () => shadowRoots() : () => [] };
}
