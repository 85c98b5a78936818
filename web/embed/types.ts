/** One term as the API describes it. Fields that a glossary leaves out are absent. */
export interface Term {
  id: string;
  label: string;
  abbreviations?: string[];
  kind?: string;
  definition?: string;
  sources?: { title: string; url?: string }[];
  see_also?: string[];
  language?: string;
}

/** An article that mentions a term; the url may be relative to the page. */
export interface Mention {
  title: string;
  url?: string;
}

/** One annotation: `exact` is the text between the UTF-16 positions `start` and `end`. */
export interface Annotation {
  start: number;
  end: number;
  exact: string;
  term: string;
  score: number;
}

/** The part of the API's answer that a page needs. */
export interface Answer {
  annotations: Annotation[];
  terms: Record<string, Term>;
}

/** What the loader shares with the card, which is fetched on the first sign of interest. */
export interface Context {
  /** Terms known so far, by id; the card adds those that it looks up. */
  terms: Map<string, Term>;
  /** Prefix of API addresses, without a final slash. */
  endpoint: string;
  /** The card's theme; undefined if it follows the page. */
  theme: string | undefined;
  /** True while focus returns to a mark, which must not open the card again. */
  quiet: boolean;
  emit(event: string, target: EventTarget, detail: object): void;
}

/** How the reader asked for a card. */
export interface Wish {
  mark: HTMLElement;
  /** The pointer's type, or "" for the keyboard. */
  pointer: string;
  /** Where the pointer was, in viewport pixels; 0, 0 for the keyboard. */
  x: number;
  y: number;
  /** Whether the pointer merely rested on the mark. */
  hover?: boolean;
  /** Whether the card takes the focus (Enter does that, mere focus does not). */
  enter?: boolean;
}

/** The card, as the loader sees it. */
export interface Card {
  open(wish: Wish): void;
  close(): void;
  destroy(): void;
}

/** The default export of the card's module. */
export type CreateCard = (context: Context) => Card;
