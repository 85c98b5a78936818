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

/**
 * Watches for readers who want a card: a pointer that rests on a mark, a tap or
 * click, keyboard focus, Enter. Fetches the card's module when it is first
 * likely to be needed. Returns what closes a card whose mark is gone.
 */
export function watch(context: Context, undo: Undo[], loadCard: (low: boolean) => Promise<CreateCard>, fail: (error: unknown) => void): () => void {
  const { find, signal } = context;
  let card: Promise<Card> | undefined;
  let hovered: Hit | undefined;
  let wished: Wish | undefined;
  let isLow = false;
  let pointer = "";
  let x = 0;
  let y = 0;
  let timers: number[] = [];

  const drop = () => void card?.then((ready) => ready.close(), () => 0);
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
  const leave = () => {
    cancel();
    hovered = undefined;
  };
  const open = (hit: Hit, pointer: string, { clientX: x = 0, clientY: y = 0 }: Partial<PointerEvent>, enter?: boolean, hover?: boolean) => {
    cancel();
    const wish = (wished = { ...hit, pointer, x, y, enter, hover });
    load(pointer)
      .then((ready) => {
        // The page may have taken the mark away in the meantime.
        if (wished == wish && wish.mark.isConnected && (!hover || same(hovered, wish))) ready.open(wish);
      })
      .catch(fail);
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
    timers = [setTimeout(open, rest, hit, event.pointerType, event, false, true)];
    if (!thrifty()) timers.push(setTimeout(() => void load("").catch(() => 0), hint));
  };
  const on = <E extends Event>(type: string, handler: (event: E) => void, first?: true) => listen(signal, document, type, handler, first);

  on("pointermove", move);
  on<PointerEvent>("pointerout", (event) => event.relatedTarget || leave());
  on("scroll", leave, true);
  on<PointerEvent>("pointerdown", (event) => {
    pointer = event.pointerType;
    if (find(event)) load(pointer).catch(() => 0);
  });
  on<PointerEvent>("click", (event) => {
    const hit = find(event);
    // A click without a pointer is a press by assistive technology.
    const type = event.detail ? pointer : "";
    // One that ends a selection of text is no wish for a card.
    if (hit && (!type || getSelection()!.isCollapsed)) open(hit, type, event, !type);
  });
  on<KeyboardEvent>("keydown", (event) => {
    const hit = find(event);
    if (!hit || (event.key != "Enter" && event.key != " ")) return;
    event.preventDefault();
    open(hit, "", {}, true);
  });
  on("focusin", (event) => {
    const hit = find(event);
    if (hit?.mark.matches(":focus-visible") && !context.quiet) open(hit, "", {});
  });
  undo.push(() => {
    cancel();
    wished = undefined;
    drop();
  });
  return () => void card?.then((ready) => ready.check(), () => 0);
}

const same = (a: Hit | undefined, b: Hit | undefined) => a?.mark == b?.mark && a?.range == b?.range;
