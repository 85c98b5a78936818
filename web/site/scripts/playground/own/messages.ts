import type { AnnotateOptions, AnnotateResult, GlossaryTerm } from "../../../../../wasm/js/src/types.ts";
import type { Mistake } from "./place.ts";

export type { Mistake };

/** A text to annotate with a glossary as it was written. */
export interface Annotating {
  glossary: string;
  text: string;
  html: boolean;
  options: AnnotateOptions;
}

/** A term to write into a glossary. */
export interface Adding {
  glossary: string;
  term: GlossaryTerm;
}

export type Question = { id: number } & ({ annotate: Annotating } | { add: Adding });

export interface Annotated {
  result: AnnotateResult;
  /** Milliseconds. */
  compiling: number;
  annotating: number;
}

export type Reply = { id: number } & ({ annotated: Annotated } | { glossary: string } | { mistakes: Mistake[] } | { failure: string });
