import type { Undo } from "./listen.ts";

/** Gives a document or shadow root a style; a constructed sheet passes any style-src. */
export function adoptStyle(scope: DocumentOrShadowRoot, css: string): Undo {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  scope.adoptedStyleSheets.push(sheet);
  return () => {
    scope.adoptedStyleSheets = scope.adoptedStyleSheets.filter((other) => other != sheet);
  };
}
