/** Undo takes back one change to the page. */
export interface Undo {
  (): void;
  /** The mark that this is about: once it is gone, there is nothing to take back. */
  mark?: Element;
}

/** Listens on a target until the signal ends it; with `first`, before what is below the target. */
export function listen<E extends Event>(signal: AbortSignal, target: EventTarget, type: string, handler: (event: E) => void, first?: true): void {
  target.addEventListener(type, handler as EventListener, { signal, capture: !!first });
}
