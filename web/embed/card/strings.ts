/** What the card says itself. */
export interface Strings {
  /** The language that this is in. */
  lang: string;
  close: string;
  back: string;
  source: string;
  seeAlso: string;
  also: string;
  loading: string;
  missing: string;
  newTab: string;
  hide: string;
}

/** All that Postil says itself. */
export interface Words extends Strings {
  show: string;
  terms: string;
}

export const english: Strings = {
  lang: "en",
  close: "Close",
  back: "Back",
  source: "Source",
  seeAlso: "See also",
  also: "Also in this publication",
  loading: "Looking it up…",
  missing: "This definition could not be loaded.",
  newTab: "opens in a new tab",
  hide: "Hide definitions on this site",
};

/** What is said elsewhere than in the card. */
export const elsewhere = { lang: "en", show: "Show definitions", terms: "Terms on this page" };
