import { listen, type Undo } from "../listen.ts";

/** How far a sheet is pulled down, in pixels, to close it. */
const enough = 60;

/** Lets a finger pull a sheet down and away. */
export function swipe(sheet: HTMLElement, close: () => void): Undo {
  let from: number | undefined;
  const pull = (event: PointerEvent) => (from === undefined || sheet.scrollTop > 0 ? 0 : Math.max(0, event.clientY - from));
  const undo = [
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
