import { element } from "./card/element.ts";
import { english, type Strings } from "./card/strings.ts";
import { listen, type Undo } from "./listen.ts";
import css from "./off.css";

/**
 * The way back for readers who hid the marks: a button at the end of the page,
 * which is seen when the keyboard comes to it or when the page is scrolled to its
 * end. With `focus` it takes the focus, which the card had.
 */
export default function offerBack(local: Partial<Strings>, focus: boolean, show: () => void): Undo {
  const host = element("div");
  host.style.cssText = "all:initial!important";
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const strings = { ...english, ...local };
  const button = element("button", { type: "button", part: "show", lang: strings.lang, onclick: show }, strings.show);
  root.append(button);
  document.documentElement.append(host);
  if (focus) button.focus();

  const look = () => {
    const { scrollTop, clientHeight, scrollHeight } = document.scrollingElement ?? document.documentElement;
    button.className = scrollTop + clientHeight > scrollHeight - 40 ? "end" : "";
  };
  look();
  const stop = listen(document, "scroll", look, { passive: true });
  return () => {
    stop();
    host.remove();
  };
}
