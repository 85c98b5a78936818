import type { CreateCard, MakeShape } from "../types.ts";
import css from "./beside.css";
import { createCard } from "./card.ts";
import { element } from "./element.ts";
import { lineOf, place } from "./place.ts";
import { createStay } from "./stay.ts";

/** Address of what only some browsers need, relative to this module; set by the build. */
declare const UNANCHORED: string;

// Browsers with anchor positioning flip the card themselves.
const adjust = CSS.supports("position-area:top") ? undefined : ((await import(UNANCHORED)) as typeof import("./unanchored.ts")).default;

/** Puts a card beside its mark, where it stays while the page scrolls and as long as the pointer may be on its way to it. */
const putBeside = (anchor: HTMLElement): MakeShape => ({ listen }, card, wish, { close, isInside, signal }) => {
  const stay = createStay(() => signal.aborted || close());
  const marked = wish.range ?? wish.mark;
  const position = () => {
    const line = lineOf(marked, wish);
    place(anchor, line);
    adjust?.(card, line);
  };
  const move = (event: PointerEvent) => {
    const { clientX: x, clientY: y } = event;
    if (isInside(event)) stay.rest(x, y);
    else if (wish.hover) stay.stray(x, y, card.getBoundingClientRect());
  };
  const scroll = (event: Event) => {
    if (event.target == card) return;
    const { bottom, top } = marked.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight) close();
    else position();
  };
  card.before(anchor);
  listen(signal, document, "pointermove", move);
  listen(signal, document, "scroll", scroll, true);
  listen(signal, window, "resize", position);
  stay.rest(wish.x, wish.y);
  return position;
};

const createBeside: CreateCard = (context, strings) => createCard(putBeside(element("div", { className: "anchor" })), css, context, strings);

export default createBeside;
