/** Takes back one change to the page. */
export type Undo = () => void;

/** Listens on a target until the signal ends it; with `first`, before what is below the target. */
export function listen<E extends Event>(signal: AbortSignal, target: EventTarget, type: string, handler: (event: E) => void, first?: true): void {
  target.addEventListener(type, handler as EventListener, { signal, capture: !!first });
}
