import type { CreateCard, MakeShape } from "../types.ts";
import { createCard } from "./card.ts";
import { followSeen } from "./seen.ts";
import css from "./sheet.css";

/** How far a sheet is pulled down, in pixels, to close it. */
const enough = 60;

/** Makes a card a sheet at the bottom of what is seen of a narrow screen, which a finger can pull down and away. */
const makeSheet: MakeShape = ({ listen }, sheet, _, { close, signal }) => {
  // No number while no finger is down, and then nothing is pulled.
  let from = NaN;
  const pull = (event: PointerEvent) => (sheet.scrollTop > 0 ? 0 : Math.max(0, event.clientY - from));
  const rest = () => {
    sheet.style.translate = "";
    from = NaN;
  };
  rest();
  followSeen(sheet, signal, listen);
  listen<PointerEvent>(signal, sheet, "pointerdown", (event) => (from = event.clientY));
  listen<PointerEvent>(signal, sheet, "pointermove", (event) => (sheet.style.translate = `0 ${pull(event)}px`));
  listen<PointerEvent>(signal, sheet, "pointerup", (event) => {
    if (pull(event) > enough) close();
    rest();
  });
  listen(signal, sheet, "pointercancel", rest);
  return undefined;
};

const createSheet: CreateCard = (context, strings) => createCard(makeSheet, css, context, strings);

export default createSheet;
