import type { Marker } from "./marker.ts";
import type { Context } from "./types.ts";

/**
 * Takes over marks that were not made here. Says how many of them are new; undefined if none was the server's. A copy of a
 * mark, known by its tab index, is text like any other: in a clone, from the clipboard.
 */
export default function adopt({ quietly, signal }: Context, { use, used }: Marker, marks: HTMLElement[]): number | undefined {
  // All may have been taken back while this module was fetched.
  if (signal.aborted) return 0;
  // In what is a button to readers' aids there is no other.
  const given = marks.filter((mark) => used.has(mark) || !(mark.matches("[tabindex]") || mark.closest("[role=button],[role=link],[role=tab],[role=menuitem]")));
  const fresh = given.filter((mark) => !used.has(mark));
  for (const mark of marks) if (!given.includes(mark)) quietly(() => mark.replaceWith(...mark.childNodes));
  for (const mark of fresh) {
    mark.classList.add("postil");
    used.set(mark, () => {
      for (const name of ["tabindex", "role", "aria-haspopup", "aria-expanded"]) mark.removeAttribute(name);
    });
    use(mark);
  }
  return given.length ? fresh.length : undefined;
}
