/** What the card says itself. */
export interface Strings {
  close: string;
  back: string;
  source: string;
  seeAlso: string;
  also: string;
  loading: string;
  missing: string;
  newTab: string;
}

export const english: Strings = {
  close: "Close",
  back: "Back",
  source: "Source",
  seeAlso: "See also",
  also: "Also in this publication",
  loading: "Looking it up…",
  missing: "This definition could not be loaded.",
  newTab: "opens in a new tab",
};
