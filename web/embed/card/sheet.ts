import { adoptStyle } from "../style.ts";
import css from "./sheet.css";
import { listen, type Undo } from "../listen.ts";

/** How far a sheet is pulled down, in pixels, to close it. */
const enough = 60;

/** Makes a card a sheet at the bottom of a narrow screen, which a finger can pull down and away. */
export default function makeSheet(root: ShadowRoot, sheet: HTMLElement, close: () => void): Undo {
  let from: number | undefined;
  const pull = (event: PointerEvent) => (from === undefined || sheet.scrollTop > 0 ? 0 : Math.max(0, event.clientY - from));
  const undo = [
    adoptStyle(root, css),
    listen<PointerEvent>(sheet, "pointerdown", (event) => (from = event.clientY)),
    listen<PointerEvent>(sheet, "pointermove", (event) => (sheet.style.translate = `0 ${pull(event)}px`)),
    listen<PointerEvent>(sheet, "pointerup", (event) => {
      if (pull(event) > enough) close();
      sheet.style.translate = "";
      from = undefined;
    }),
    listen(sheet, "pointercancel", () => {
      sheet.style.translate = "";
      from = undefined;
    }),
  ];
  return () => {
    sheet.style.translate = "";
    undo.forEach((end) => end());
  };
}
