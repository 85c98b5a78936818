import type { CreateCard, MakeShape } from "../types.ts";
import { createCard } from "./card.ts";
import css from "./sheet.css";

/** How far a sheet is pulled down, in pixels, to close it. */
const enough = 60;

/** Makes a card a sheet at the bottom of a narrow screen, which a finger can pull down and away. */
const makeSheet: MakeShape = ({ listen, adoptStyle }, sheet, _, close) => {
  let from: number | undefined;
  const pull = (event: PointerEvent) => (from === undefined || sheet.scrollTop > 0 ? 0 : Math.max(0, event.clientY - from));
  const rest = () => {
    sheet.style.translate = "";
    from = undefined;
  };
  const undo = [
    adoptStyle(sheet.parentNode as ShadowRoot, css),
    listen<PointerEvent>(sheet, "pointerdown", (event) => (from = event.clientY)),
    listen<PointerEvent>(sheet, "pointermove", (event) => (sheet.style.translate = `0 ${pull(event)}px`)),
    listen<PointerEvent>(sheet, "pointerup", (event) => {
      if (pull(event) > enough) close();
      rest();
    }),
    listen(sheet, "pointercancel", rest),
    rest,
  ];
  return { undo };
};

const createSheet: CreateCard = (context, strings) => createCard(makeSheet, context, strings);

export default createSheet;
