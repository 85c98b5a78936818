import { listen, type Undo } from "./listen.ts";
import type { Card, Context, CreateCard, Wish } from "./types.ts";

/** A pointer that rests this long on a mark, in milliseconds, is likely to stay: the card is fetched. */
const hint = 80;
/** A pointer that rests this long on a mark, in milliseconds, asks for the card. */
const rest = 400;

/** The mark at an event's target, if any. */
const markAt = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>("[data-postil]") : null;

/**
 * Watches for readers who want a card: a pointer that rests on a mark, a tap or
 * click, keyboard focus, Enter. Fetches the card's module when it is first
 * likely to be needed.
 */
export function watch(context: Context, loadCard: () => Promise<CreateCard>, fail: (error: unknown) => void): Undo {
  let card: Promise<Card> | undefined;
  let hovered: HTMLElement | null = null;
  let wished: Wish | undefined;
  let pointer = "";
  let x = 0;
  let y = 0;
  let timers: number[] = [];

  const load = () =>
    (card ??= loadCard().then(
      (create) => create(context),
      (error) => {
        card = undefined;
        throw error;
      },
    ));
  const cancel = () => {
    timers.forEach(clearTimeout);
    timers = [];
  };
  const open = (wish: Wish) => {
    cancel();
    wished = wish;
    load().then((ready) => {
      if (wished == wish && (!wish.hover || hovered == wish.mark)) ready.open(wish);
    }, fail);
  };

  const move = (event: PointerEvent) => {
    // After scrolling, browsers report a pointer that has not moved: that is no wish.
    const still = event.screenX == x && event.screenY == y;
    x = event.screenX;
    y = event.screenY;
    const mark = event.pointerType == "touch" || event.buttons ? null : markAt(event);
    if (still || mark == hovered) return;
    cancel();
    hovered = mark;
    if (!mark) return;
    const wish = { mark, hover: true, pointer: event.pointerType, x: event.clientX, y: event.clientY };
    timers = [setTimeout(() => void load().catch(() => 0), hint), setTimeout(open, rest, wish)];
  };
  const leave = (event: PointerEvent) => {
    if (event.relatedTarget) return;
    hovered = null;
    cancel();
  };

  const undo = [
    listen(document, "pointermove", move, { passive: true }),
    listen(document, "pointerout", leave, { passive: true }),
    listen(document, "scroll", cancel, { passive: true, capture: true }),
    listen<PointerEvent>(document, "pointerdown", (event) => {
      pointer = event.pointerType;
      if (markAt(event)) load().catch(() => 0);
    }),
    listen<MouseEvent>(document, "click", (event) => {
      const mark = markAt(event);
      // A click without a pointer is a press by assistive technology.
      const type = event.detail ? pointer : "";
      // One that ends a selection of text is no wish for a card.
      if (mark && (!type || getSelection()!.isCollapsed)) open({ mark, pointer: type, x: event.clientX, y: event.clientY, enter: !type });
    }),
    listen<KeyboardEvent>(document, "keydown", (event) => {
      const mark = markAt(event);
      if (!mark || (event.key != "Enter" && event.key != " ")) return;
      event.preventDefault();
      open({ mark, pointer: "", x: 0, y: 0, enter: true });
    }),
    listen<FocusEvent>(document, "focusin", (event) => {
      const mark = markAt(event);
      if (mark?.matches(":focus-visible") && !context.quiet) open({ mark, pointer: "", x: 0, y: 0 });
    }),
  ];
  return () => {
    cancel();
    wished = undefined;
    undo.forEach((end) => end());
    void card?.then((ready) => ready.destroy());
  };
}
