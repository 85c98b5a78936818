import type { Page, start } from "./page.ts";

/**
 * The loader, all that a page fetches from an address that never changes. It
 * fetches the rest, whose names carry their content's hash, and starts it once
 * the document has been read.
 */

/** Address of the page's module, relative to this script; set by the build. */
declare const PAGE: string;

declare global {
  interface Window {
    /** The running Postil, from the moment its script ran. */
    postil?: {
      /** The script tag that started it. */
      tag: HTMLScriptElement;
      /** Marks what has been added under an element, by default everywhere. Settles when done. */
      refresh(root?: Element): Promise<void>;
      /** Takes back everything: marks, card, listeners, styles. Settles when done. */
      destroy(): Promise<void>;
    };
  }
}

const warn = (problem: unknown) => console.warn("postil:", String(problem));

// An element named "currentScript", which readers may have written, is a property of the document, too, and
// comes before this one: its address is not to be imported from.
const tag = Reflect.get(Document.prototype, "currentScript", document) as HTMLScriptElement | null;
// An element with the id "postil" is a property of the window, too.
const other = window.postil && "refresh" in window.postil ? window.postil : undefined;

if (!tag) warn("use <script async src> or embed.mjs");
else if (other?.tag.isConnected) warn("this page has more than one tag, the first one counts");
else {
  // A page that was written anew has lost its first tag and all listeners.
  void other?.destroy();
  const parsed = new Promise<unknown>((done) => {
    if (document.readyState == "loading") document.addEventListener("DOMContentLoaded", done);
    else done(0);
  });
  // To a script of another origin, browsers do not tell its own address.
  const page: Promise<Page | undefined> = import(new URL(PAGE, tag.src).href).then(async (module: { start: typeof start }) => {
    await parsed;
    return window.postil == running ? module.start(tag) : undefined;
  });
  page.catch(warn);
  const running = (window.postil = {
    tag,
    refresh: async (root) => (await page)?.refresh(root),
    destroy: async () => {
      if (window.postil == running) delete window.postil;
      (await page)?.destroy();
    },
  });
}
