/** Undo takes back one change to the page. */
export interface Undo {
  (): void;
  /** The mark that this is about: once it is gone, there is nothing to take back. */
  mark?: Element;
}

/** Listens on a target and returns what ends the listening. */
export function listen<E extends Event>(
  target: EventTarget,
  type: string,
  handler: (event: E) => void,
  options?: AddEventListenerOptions | true,
): Undo {
  target.addEventListener(type, handler as EventListener, options);
  return () => target.removeEventListener(type, handler as EventListener, options);
}
