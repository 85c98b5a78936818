import type { Card, Context, Hit, MakeShape, Term, Wish } from "../types.ts";
import css from "./card.css";
import { element } from "./element.ts";
import { handleKey } from "./keys.ts";
import { themeFor } from "./theme.ts";
import { english, type Strings } from "./strings.ts";
import { findTerm } from "./terms.ts";
import { related, hiding, view, type Actions } from "./view.ts";

/** Address of what a card gets once it is open, relative to this module; set by the build. */
declare const MORE: string;

/**
 * The card: one popover in a shadow root, so that neither the page's style nor
 * its own reaches across, filled with text nodes only. It is a dialog that is
 * not modal: the page stays usable, Esc or any turn away closes it, and the
 * focus goes back to the mark that it came from.
 */
export function createCard(makeShape: MakeShape, shapeCss: string, context: Context, local: Partial<Strings>): Card {
  const strings = { ...english, ...local };
  const host = element("div");
  const root = host.attachShadow({ mode: "open" });
  const card = element("div", { className: "card", part: "card", popover: "manual", role: "dialog", tabIndex: -1 });
  // Without it, a card names no other articles.
  const more = (import(MORE) as Promise<typeof import("./more.ts")>).then((module) => module.default, () => undefined);
  let opened: AbortController | undefined;
  let position: (() => void) | undefined;
  let wish: Wish | undefined;
  /** Terms shown since the card opened, the current one last. */
  let trail: string[] = [];

  // Inline and important: the page's style sheets cannot overrule it.
  host.style.cssText = "all:initial!important;display:contents!important";
  context.adoptStyle(root, css + shapeCss);
  card.setAttribute("aria-labelledby", "label");
  root.append(card);

  function open(wanted: Wish): void {
    if (wish && isWished(wanted)) wish.hover &&= wanted.hover;
    else {
      close();
      appear(wanted);
    }
    if (wanted.enter) card.focus();
  }

  function appear(wanted: Wish): void {
    const { mark } = (wish = wanted);
    const term = mark.dataset["postil"]!;
    trail = [term];
    const from = origin(wanted);
    const { direction, color } = getComputedStyle(from);
    card.dir = direction;
    card.lang = strings.lang;
    context.quietly(() => placeFor(from).append(host));
    card.style.colorScheme = context.theme ?? themeFor(color, card);
    card.showPopover();
    const { signal } = (opened = new AbortController());
    const on = <E extends Event>(type: string, handler: (event: E) => void) => context.listen(signal, document, type, handler, true);
    position = makeShape(context, card, wanted, { close, isInside, signal });
    on<KeyboardEvent>("keydown", (event) => handleKey(event, { mark, card, root, close }));
    on("pointerdown", closeOutside);
    on("focusin", closeOutside);
    void show();
    if (mark.role) mark.ariaExpanded = "true";
    context.emit("open", from, { term });
  }

  function close(): void {
    if (!wish) return;
    const { mark } = wish;
    const from = origin(wish);
    const focused = root.activeElement;
    wish = undefined;
    opened?.abort();
    if (focused) {
      context.quiet = true;
      mark.focus({ preventScroll: true });
      context.quiet = false;
    }
    card.hidePopover();
    host.remove();
    if (mark.role) mark.ariaExpanded = "false";
    context.emit("close", from, { term: mark.dataset["postil"] });
  }

  /**
   * Shows the last term of the trail, and more of it as it comes in, always at
   * the end: nothing that a pointer may be on its way to moves down. So the
   * switch, which is last, comes last.
   */
  async function show(): Promise<void> {
    const shown = wish;
    const id = trail.at(-1)!;
    const shows = () => wish == shown && trail.at(-1) == id;
    const mentions = more.then((find) => find?.(context, id, strings));
    let term = context.terms.get(id);
    render(term, strings.loading);
    if (!term) {
      term = await findTerm(context, id);
      if (!shows()) return;
      render(term, strings.missing);
    }
    const found = await Promise.all(term?.see_also?.map((other) => findTerm(context, other)) ?? []);
    if (!shows()) return;
    card.append(...related(found, strings, actions()));
    position?.();
    const articles = await mentions;
    if (!shows()) return;
    if (articles) card.append(articles);
    if (term) card.append(hiding(strings, actions()));
    position?.();
  }

  function render(term: Term | undefined, note: string): void {
    const focused = root.activeElement;
    card.replaceChildren(...view(term, note, strings, actions()));
    if (focused) card.focus();
    position?.();
  }

  function actions(): Actions {
    return {
      close,
      hide() {
        close();
        context.hide();
      },
      back: trail[1] ? () => turn(() => trail.pop()) : undefined,
      go: (to) => turn(() => trail.push(to)),
    };
  }

  function turn(step: () => void): void {
    step();
    card.focus();
    card.scrollTop = 0;
    void show();
  }

  const isWished = (hit: Hit | undefined) => hit?.mark == wish?.mark && hit?.range == wish?.range;
  const isInside = (event: Event) => event.composedPath().includes(host) || isWished(context.find(event));
  const closeOutside = (event: Event) => {
    if (!isInside(event)) close();
  };

  const check = () => {
    if (wish && !origin(wish).isConnected) close();
  };

  return { open, close, check };
}

/**
 * Where the card of an element's text can be used: in a modal dialog of the page, whatever lies outside it is inert. It may
 * be in another tree, around the shadow root or the slot that the text is in. A field that is named like what leads up from
 * its form leads back down: no loop, which would never end.
 */
const placeFor = (at: Element | null): Element =>
  !at || at.matches?.("dialog,[popover],:fullscreen")
    ? (at ?? document.documentElement)
    : placeFor(at.assignedSlot ?? ((at.parentNode ?? (at as unknown as ShadowRoot).host) as Element | null));

/** The element whose text the card explains. */
const origin = ({ mark, range }: Wish) => range?.startContainer.parentElement ?? mark;
