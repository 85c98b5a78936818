import type { Cause, Code } from "./errors.ts";
import type { Progress } from "./load.ts";

/** What connect() and the Worker tell each other. */
export interface ToWorker {
  /** Names who asks: many lines may go to one Worker, each to an index of its own. */
  line: number;
  /** Names the question; 0 wants no answer. */
  id: number;
  method: string;
  args: unknown[];
}

/** With the id 0, which says nothing else, it ends the line. */
export type FromWorker = { line: number; id: number } & ({ value?: unknown } | { error: WireError } | { progress: Progress });

/** An error that goes from one thread to another. */
export interface WireError {
  code: Code | undefined;
  message: string;
  causes: Cause[];
}
