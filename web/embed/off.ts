import { element } from "./card/element.ts";
import { followSeen } from "./card/seen.ts";
import { elsewhere, type Words } from "./card/strings.ts";
import { listen, type Undo } from "./listen.ts";
import css from "./off.css";
import { adoptStyle } from "./style.ts";

/**
 * The way back for readers who hid the marks: a button at the end of the page,
 * which is seen when the keyboard comes to it or when the page is scrolled to its
 * end. With `focus` it takes the focus, which the card had.
 */
export default async function offerBack(local: Promise<Partial<Words>>, focus: boolean, turn: (wish: string) => unknown): Promise<Undo> {
  const host = element("div");
  host.style.cssText = "all:initial!important;display:contents!important";
  const root = host.attachShadow({ mode: "open" });
  adoptStyle(root, css);
  const strings = { ...elsewhere, ...(await local) };
  const button = element("button", { type: "button", part: "show", lang: strings.lang, onclick: () => turn("") }, strings.show);
  root.append(button);
  document.documentElement.append(host);
  if (focus) button.focus();

  const look = () => {
    const { pageTop, height } = visualViewport!;
    const { scrollHeight } = document.scrollingElement ?? document.documentElement;
    button.className = pageTop + height > scrollHeight - 40 ? "end" : "";
  };
  look();
  const abort = new AbortController();
  for (const target of [document, visualViewport!]) listen(abort.signal, target, "scroll", look);
  followSeen(button, abort.signal, listen);
  return () => {
    abort.abort();
    host.remove();
  };
}

/** Keeps a reader's wish, the only thing that is kept; an empty one is forgotten. */
export function remember(wish: string): void {
  try {
    if (wish) localStorage.setItem("postil", wish);
    else localStorage.removeItem("postil");
  } catch {
    // A browser that keeps nothing takes the wish for this page only.
  }
}
