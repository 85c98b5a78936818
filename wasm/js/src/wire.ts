import type { Cause, Code } from "./errors.ts";
import type { Progress } from "./load.ts";

/** What connect() and the Worker tell each other. */
export interface ToWorker {
  /** Names the question; 0 wants no answer. */
  id: number;
  method: string;
  args: unknown[];
}

export type FromWorker = { id: number; value: unknown } | { id: number; error: WireError } | { id: number; progress: Progress };

/** An error that goes from one thread to another. */
export interface WireError {
  code: Code | undefined;
  message: string;
  causes: Cause[];
}
