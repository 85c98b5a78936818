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
      /** Marks what has been added under an element, by default everywhere. Settles when done. */
      refresh(root?: Element): Promise<void>;
      /** Takes back everything: marks, card, listeners, styles. Settles when done. */
      destroy(): Promise<void>;
    };
  }
}

const warn = (problem: unknown) => console.warn("postil:", String(problem));

// An element with the id "postil" is a property of the window, too.
if (window.postil && "refresh" in window.postil) warn("this page has more than one tag, the first one counts");
else {
  const tag = document.currentScript as HTMLScriptElement;
  const parsed = new Promise<unknown>((done) => {
    if (document.readyState == "loading") document.addEventListener("DOMContentLoaded", done);
    else done(0);
  });
  // To a script of another origin, browsers do not tell its own address.
  const page: Promise<Page | undefined> = import(new URL(PAGE, tag.src).href).then(async (module: { start: typeof start }) => {
    await parsed;
    return module.start(tag);
  });
  page.catch(warn);
  window.postil = {
    refresh: async (root) => (await page)?.refresh(root),
    destroy: async () => {
      delete window.postil;
      (await page)?.destroy();
    },
  };
}
