/** Postil at work on a document. */
export interface Page {
  /** Marks what has been added under an element, by default everywhere. Settles when done. */
  refresh(root?: Element): Promise<void>;
  /** Takes back everything: marks, card, listeners, styles. */
  destroy(): void;
}

/** Options, by their names in JSON; unknown ones are ignored, wrong values named on the console. */
export interface Settings {
  /** The server's address. */
  endpoint: string;
  /** A site on it. */
  site?: string;
  /** A key of a private service, for the pages of one origin: whoever reads the page can read it. */
  key?: string;
  /** Selector of the elements that hold the article. */
  root?: string;
  /** Selector of what is never marked. */
  skip?: string;
  mode?: "element" | "highlight" | "adopt";
  engine?: "endpoint" | "local";
  /** The index for the local engine, by default the server's. */
  index?: string;
  /** Whom to ask where the local engine cannot run. */
  fallback?: "none" | "endpoint";
  theme?: "auto" | "light" | "dark";
  occurrences?: "first" | "section" | "all";
  overlaps?: "longest" | "no-sub" | "all";
  min_score?: number;
  density?: number;
  kinds?: string | string[];
  terms?: string | string[];
  exclude?: string | string[];
  language?: string;
  notes?: "off" | "print";
  shadow?: "off" | "open";
}

/** What the events postil:annotated, postil:open, postil:close and postil:error carry as their detail. */
export interface PostilEvents {
  "postil:annotated": CustomEvent<{ count: number; terms: { id: string; label?: string }[] }>;
  "postil:open": CustomEvent<{ term: string }>;
  "postil:close": CustomEvent<{ term: string }>;
  "postil:error": CustomEvent<{ error: unknown }>;
}

declare global {
  interface DocumentEventMap extends PostilEvents {}
}

/** Starts Postil on the document; it never throws. */
export function start(settings: Settings): Page;
