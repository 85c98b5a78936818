import type { components } from "../../build/client/api.d.ts";
import type { Strings, Words } from "./card/strings.ts";
import type { Engine } from "./client.ts";
import type { listen } from "./listen.ts";
import type { adoptStyle } from "./style.ts";

type Schemas = components["schemas"];

/** One term as the API describes it. Fields that a glossary leaves out are absent. */
export type Term = Schemas["Card"];

/** An article that mentions a term, as the API describes it; the url may be relative to the page. */
export type Mentioning = Pick<Schemas["Mentions"]["mentions"][number], "title" | "url">;

/** An article that mentions a term, as the card shows it. */
export interface Mention {
  title: string;
  url?: string | URL;
}

/** One annotation: `exact` is the text between the UTF-16 positions `start` and `end`. */
export type Annotation = Pick<Schemas["Annotation"], "start" | "end" | "exact" | "term" | "score">;

/** The part of the API's answer that a page needs. */
export interface Answer extends Pick<Schemas["Answer"], "terms"> {
  annotations: Annotation[];
}

/** What limits how many annotations become marks. */
export interface Limits {
  /** Makes what gives the terms that are marked in an element's section, and how well readers see those marks; by default the whole page is one. */
  sections?: (() => (at: Element) => Map<string, number>) | undefined;
  /** Makes what says of a place in a text, for one after the other, whether there are too many marks before it. */
  crowding?: ((text: string) => (start: number) => boolean) | undefined;
}

/** What the loader shares with the card, which is fetched on the first sign of interest. */
export interface Context {
  /** Terms known so far, by id; the card adds those that it looks up. */
  terms: Map<string, Term>;
  engine: Promise<Engine>;
  /** Aborts when all is taken back. */
  signal: AbortSignal;
  /** The card's theme; undefined if it follows the page. */
  theme?: string | undefined;
  /** True while focus returns to a mark, which must not open the card again. */
  quiet?: boolean;
  /** The mark that an event is about, if any. */
  find(event: Event): Hit | undefined;
  /** Changes the page without taking it for a change that the page made. */
  quietly(change: () => void): void;
  /** Takes all marks away for this reader on this site. */
  hide(): void;
  /** Words in the page's language; none for English. */
  strings(): Promise<Partial<Words>>;
  emit(event: string, target: EventTarget, detail: object): void;
  /** What modules share that are fetched later. */
  listen: typeof listen;
  adoptStyle: typeof adoptStyle;
}

/** A mention that can be pointed at. */
export interface Hit {
  /** The element that stands for it: its mark or, where text is only highlighted, its entry in a list. */
  mark: HTMLElement;
  /** Its text, where the mark does not hold it. */
  range?: Range | undefined;
}

/** How the reader asked for a card. */
export interface Wish extends Hit {
  /** The pointer's type, or "" for the keyboard. */
  pointer: string;
  /** Where the pointer was, in viewport pixels; 0, 0 for the keyboard. */
  x: number;
  y: number;
  /** Whether the pointer merely rested on the mark. */
  hover?: boolean | undefined;
  /** Whether the card takes the focus (Enter does that, mere focus does not). */
  enter?: boolean | undefined;
}

/** The card, as the loader sees it. */
export interface Card {
  open(wish: Wish): void;
  close(): void;
  /** Closes the card if its mark is no longer in the page. */
  check(): void;
}

/** What a card tells its shape of being open. */
export interface Opened {
  close(): void;
  /** Whether an event is about the card or its mark. */
  isInside(event: Event): boolean;
  /** Aborts when the card closes. */
  signal: AbortSignal;
}

/**
 * Gives a card that opens its shape: beside its mark, or as a sheet. What it returns puts the card in its place, again
 * whenever its content has changed.
 */
export type MakeShape = (context: Context, card: HTMLElement, wish: Wish, opened: Opened) => (() => void) | undefined;

/** Makes a card of one shape; the default export of the modules of both. */
export type CreateCard = (context: Context, strings: Partial<Strings>) => Card;
