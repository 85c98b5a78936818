import { listen, type Undo } from "../listen.ts";
import type { Card, Context, Term, Wish } from "../types.ts";
import { adoptStyle } from "../style.ts";
import css from "./card.css";
import { element } from "./element.ts";
import { handleKey } from "./keys.ts";
import { lineOf, place } from "./place.ts";
import { createStay } from "./stay.ts";
import { themeFor } from "./theme.ts";
import { english, type Strings } from "./strings.ts";
import { findMentions, findTerm } from "./terms.ts";
import { addMentions, addRelated, view, type Actions } from "./view.ts";

/** Addresses of what only some browsers and screens need, relative to this module; set by the build. */
declare const SHEET: string;
declare const UNANCHORED: string;

/**
 * The card: one popover in a shadow root, so that neither the page's style nor
 * its own reaches across, filled with text nodes only. It is a dialog that is
 * not modal: the page stays usable, Esc or any turn away closes it, and the
 * focus goes back to the mark that it came from.
 */
export default async function createCard(context: Context, local: Partial<Strings>): Promise<Card> {
  // Browsers with anchor positioning flip the card themselves.
  const adjust = CSS.supports("position-area:top") ? undefined : ((await import(UNANCHORED)) as typeof import("./unanchored.ts")).default;
  let makeSheet: typeof import("./sheet.ts").default | undefined;
  let pending: Wish | undefined;
  const strings = { ...english, ...local };
  const host = element("div");
  const root = host.attachShadow({ mode: "open" });
  const anchor = element("div", { className: "anchor" });
  const card = element("div", { part: "card", popover: "manual", role: "dialog", tabIndex: -1, hidden: true });
  const stay = createStay(close);
  let wish: Wish | undefined;
  /** Terms shown since the card opened, the current one last. */
  let trail: string[] = [];
  let undo: Undo[] = [];

  // Inline and important: the page's style sheets cannot overrule it.
  host.style.cssText = "all:initial!important";
  adoptStyle(root, css);
  card.setAttribute("aria-labelledby", "label");
  root.append(anchor, card);

  const isLow = ({ pointer }: Wish) => pointer == "touch" && matchMedia("(max-width:600px)").matches;

  function open(wanted: Wish): void {
    pending = wanted;
    if (isLow(wanted) && !makeSheet) {
      void (import(SHEET) as Promise<typeof import("./sheet.ts")>).then((module) => {
        makeSheet = module.default;
        if (pending == wanted) open(wanted);
      });
      return;
    }
    if (wish?.mark == wanted.mark && wish.range == wanted.range) wish.hover &&= !!wanted.hover;
    else {
      close();
      appear(wanted);
    }
    if (wanted.enter) card.focus();
  }

  function appear(wanted: Wish): void {
    const { mark } = (wish = wanted);
    const term = mark.dataset["postil"]!;
    const low = isLow(wanted);
    trail = [term];
    const from = origin(wanted);
    const { direction, color } = getComputedStyle(from);
    card.className = `card ${low ? "sheet" : ""} ${context.theme ?? themeFor(color)}`;
    card.dir = direction;
    card.lang = strings.lang;
    // In a modal dialog of the page, whatever lies outside it is inert.
    context.quietly(() => (from.closest("dialog,[popover]") ?? document.documentElement).append(host));
    card.hidden = false;
    card.showPopover?.();
    void show();
    stay.rest(wanted.x, wanted.y);
    undo = low ? [makeSheet!(root, card, close)] : floating();
    undo.push(
      listen<KeyboardEvent>(document, "keydown", (event) => handleKey(event, { mark, card, root, close }), { capture: true }),
      listen(document, "pointerdown", closeOutside, { capture: true, passive: true }),
      listen(document, "focusin", closeOutside, { capture: true }),
    );
    if (mark.role) mark.ariaExpanded = "true";
    context.emit("open", from, { term });
  }

  function close(): void {
    if (!wish) return;
    const { mark } = wish;
    const from = origin(wish);
    const focused = root.activeElement;
    wish = undefined;
    stay.end();
    undo.forEach((end) => end());
    if (focused) {
      context.quiet = true;
      mark.focus({ preventScroll: true });
      context.quiet = false;
    }
    card.hidePopover?.();
    card.hidden = true;
    host.remove();
    if (mark.role) mark.ariaExpanded = "false";
    context.emit("close", from, { term: mark.dataset["postil"] });
  }

  /** Shows the last term of the trail, and more of it as it comes in. */
  async function show(): Promise<void> {
    const shown = wish;
    const id = trail.at(-1)!;
    const shows = () => wish == shown && trail.at(-1) == id;
    const mentions = findMentions(context, id);
    let term = context.terms.get(id);
    render(term, strings.loading);
    if (!term) {
      term = await findTerm(context, id);
      if (!shows()) return;
      render(term, strings.missing);
    }
    const missing = term?.see_also?.filter((other) => !context.terms.has(other)) ?? [];
    const found = await Promise.all(missing.map((other) => findTerm(context, other)));
    if (shows()) addRelated(card, found.filter((other) => !!other), strings, actions());
    const articles = await mentions;
    if (shows()) addMentions(card, articles, strings);
    position();
  }

  function render(term: Term | undefined, note: string): void {
    const focused = root.activeElement;
    card.replaceChildren(...view(term, note, strings, actions()));
    const known = term?.see_also?.map((id) => context.terms.get(id)) ?? [];
    addRelated(card, known.filter((other) => !!other), strings, actions());
    if (focused) card.focus();
    position();
  }

  function actions(): Actions {
    return {
      close,
      hide() {
        close();
        context.hide();
      },
      back: trail.length > 1 ? () => turn(() => trail.pop()) : undefined,
      go: (to) => turn(() => trail.push(to)),
    };
  }

  function turn(step: () => void): void {
    step();
    card.focus();
    card.scrollTop = 0;
    void show();
  }

  function position(): void {
    if (!wish) return;
    const line = lineOf(wish);
    place(anchor, line);
    if (!isLow(wish)) adjust?.(card, line);
  }

  const isInside = (event: Event) =>
    event.composedPath().some((at) => at == host || at == wish?.mark) || (!!wish?.range && context.find(event)?.range == wish.range);
  const closeOutside = (event: Event) => {
    if (!isInside(event)) close();
  };

  /** What a card beside its mark watches, unlike a sheet. */
  function floating(): Undo[] {
    const move = (event: PointerEvent) => {
      const { clientX: x, clientY: y } = event;
      if (isInside(event)) stay.rest(x, y);
      else if (wish?.hover) stay.stray(x, y, card.getBoundingClientRect());
    };
    const scroll = (event: Event) => {
      if (!wish || event.target == card) return;
      const { bottom, top } = (wish.range ?? wish.mark).getBoundingClientRect();
      if (bottom < 0 || top > innerHeight) close();
      else position();
    };
    return [
      listen(document, "pointermove", move, { passive: true }),
      listen(document, "scroll", scroll, { capture: true, passive: true }),
      listen(window, "resize", position),
    ];
  }

  const check = () => {
    if (wish && !origin(wish).isConnected) close();
  };

  return { open, close, check, destroy: close };
}

/** The element whose text the card explains. */
const origin = ({ mark, range }: Wish) => range?.startContainer.parentElement ?? mark;
