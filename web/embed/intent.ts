import { listen, type Undo } from "./listen.ts";
import type { Card, Context, CreateCard, Hit, Wish } from "./types.ts";

/** A pointer that rests this long on a mark, in milliseconds, is likely to stay: the card is fetched. */
const hint = 80;
/** A pointer that rests this long on a mark, in milliseconds, asks for the card. */
const rest = 400;

/** Readers who want no more fetched, or no more told, than they ask for. */
const thrifty = () => {
  const { globalPrivacyControl, connection } = navigator as { globalPrivacyControl?: boolean; connection?: { saveData?: boolean } };
  return globalPrivacyControl || connection?.saveData;
};

/** What goes on between a reader and the marks. */
export interface Watch {
  /** Closes a card whose mark is gone. */
  check(): void;
  end: Undo;
}

/**
 * Watches for readers who want a card: a pointer that rests on a mark, a tap or
 * click, keyboard focus, Enter. Fetches the card's module when it is first
 * likely to be needed.
 */
export function watch(context: Context, loadCard: (low: boolean) => Promise<CreateCard>, fail: (error: unknown) => void): Watch {
  const { find } = context;
  let card: Promise<Card> | undefined;
  let hovered: Hit | undefined;
  let wished: Wish | undefined;
  let isLow = false;
  let pointer = "";
  let x = 0;
  let y = 0;
  let timers: number[] = [];

  const drop = () => void card?.then((ready) => ready.destroy(), () => 0);
  /** A finger on a narrow screen gets a sheet. Most readers only ever see one of the two. */
  const load = (type: string) => {
    const low = type == "touch" && matchMedia("(max-width:600px)").matches;
    if (low != isLow) {
      drop();
      card = undefined;
      isLow = low;
    }
    return (card ??= Promise.all([loadCard(low), context.strings()]).then(
      ([create, strings]) => create(context, strings),
      (error) => {
        card = undefined;
        throw error;
      },
    ));
  };
  const cancel = () => {
    timers.forEach(clearTimeout);
    timers = [];
  };
  const open = (wish: Wish) => {
    cancel();
    wished = wish;
    load(wish.pointer).then((ready) => {
      if (wished == wish && (!wish.hover || same(hovered, wish))) ready.open(wish);
    }, fail);
  };

  const move = (event: PointerEvent) => {
    // After scrolling, browsers report a pointer that has not moved: that is no wish.
    const still = event.screenX == x && event.screenY == y;
    x = event.screenX;
    y = event.screenY;
    if (still) return;
    const hit = event.pointerType == "touch" || event.buttons ? undefined : find(event);
    if (same(hit, hovered)) return;
    cancel();
    hovered = hit;
    if (!hit) return;
    timers = [setTimeout(open, rest, { ...hit, hover: true, pointer: event.pointerType, x: event.clientX, y: event.clientY })];
    if (!thrifty()) timers.push(setTimeout(() => void load("").catch(() => 0), hint));
  };
  const leave = (event: PointerEvent) => {
    if (event.relatedTarget) return;
    hovered = undefined;
    cancel();
  };

  const undo = [
    listen(document, "pointermove", move),
    listen(document, "pointerout", leave),
    listen(document, "scroll", cancel, true),
    listen<PointerEvent>(document, "pointerdown", (event) => {
      pointer = event.pointerType;
      if (find(event)) load(pointer).catch(() => 0);
    }),
    listen<MouseEvent>(document, "click", (event) => {
      const hit = find(event);
      // A click without a pointer is a press by assistive technology.
      const type = event.detail ? pointer : "";
      // One that ends a selection of text is no wish for a card.
      if (hit && (!type || getSelection()!.isCollapsed)) open({ ...hit, pointer: type, x: event.clientX, y: event.clientY, enter: !type });
    }),
    listen<KeyboardEvent>(document, "keydown", (event) => {
      const hit = find(event);
      if (!hit || (event.key != "Enter" && event.key != " ")) return;
      event.preventDefault();
      open({ ...hit, pointer: "", x: 0, y: 0, enter: true });
    }),
    listen<FocusEvent>(document, "focusin", (event) => {
      const hit = find(event);
      if (hit?.mark.matches(":focus-visible") && !context.quiet) open({ ...hit, pointer: "", x: 0, y: 0 });
    }),
  ];
  return {
    check: () => void card?.then((ready) => ready.check(), () => 0),
    end() {
      cancel();
      wished = undefined;
      undo.forEach((end) => end());
      drop();
    },
  };
}

const same = (a: Hit | undefined, b: Hit | undefined) => a?.mark == b?.mark && a?.range == b?.range;
