/** The answers of the module, which are those of the HTTP interface (docs/openapi.yaml). */

/** What to annotate: a plain text, or the source of an HTML page or fragment. */
export type Input = string | { text: string } | { html: string };

export type Offsets = "utf-16" | "utf-8" | "utf-32";

export interface AnnotateOptions {
  /** What to do with overlapping mentions; "longest" if nothing is said. */
  overlaps?: "longest" | "no-sub" | "all";
  /** Which mentions of a term to return; "all" if nothing is said. */
  occurrences?: "all" | "first" | "section";
  /** The unit of positions; "utf-16", that of JavaScript's strings, if nothing is said. */
  offsets?: Offsets;
  /** Drops annotations with a lower score; 0.5 if nothing is said. */
  minScore?: number;
  /** Keep only terms of these kinds, or these ids. */
  kinds?: readonly string[];
  terms?: readonly string[];
  /** Drops terms by id. */
  exclude?: readonly string[];
  /** Adds the other senses of each mention. */
  candidates?: boolean;
  /** Adds the reasons for each score. */
  explain?: boolean;
  /** Adds the abbreviations that the document defines. */
  abbreviations?: boolean;
  /** BCP 47 tag of the document; the index's if nothing is said. */
  language?: string;
}

export interface Range {
  start: number;
  end: number;
}

/** `exact`, from `start` to `end`, names a term. */
export interface Annotation extends Range {
  exact: string;
  term: string;
  /** Estimates the probability that this is right, 0 to 1. */
  score: number;
  /** For HTML, where tags interrupt the mention. */
  ranges?: Range[];
  candidates?: { term: string; score: number }[];
  reasons?: Reason[];
}

export interface Reason {
  kind: "form" | "definition" | "context" | "prior" | "document";
  detail: string;
  weight: number;
}

export interface Abbreviation {
  short: Range & { text: string };
  long: Range & { text: string };
  term?: string;
}

export interface Source {
  title: string;
  url?: string;
}

/** What a card shows of a term. */
export interface Term {
  id: string;
  label: string;
  abbreviations?: string[];
  kind?: string;
  definition?: string;
  sources?: Source[];
  see_also?: string[];
  language?: string;
}

/** A term with all its fields, as a glossary has it. */
export interface GlossaryTerm extends Term {
  aliases?: string[];
  related?: string[];
  context?: string[];
  not_context?: string[];
  case?: "smart" | "exact" | "any";
  plural?: boolean;
  evidence?: boolean;
  prior?: number;
  hidden?: boolean;
}

export interface AnnotateResult {
  /** Digest of the index. */
  index: string;
  language: string;
  offsets: Offsets;
  /** In the order of their positions. */
  annotations: Annotation[];
  abbreviations?: Abbreviation[];
  /** The terms that the annotations name, by id. Answers share them: they may be frozen, and so may be their lists, though these have no such type. */
  terms: Record<string, Readonly<Term>>;
}

export interface SearchOptions {
  in?: "all" | "articles" | "terms";
  limit?: number;
  /** The `next` of the page before. */
  cursor?: string;
  offsets?: Offsets;
}

export interface ArticleHit {
  id: string;
  title?: string;
  url?: string;
  published?: string;
  score: number;
  fragments?: Fragment[];
}

/** A piece of an article; `html` is the same with what was found in <mark>. */
export interface Fragment extends Range {
  field: string;
  text: string;
  html: string;
  marks: Range[];
  cut_before?: boolean;
  cut_after?: boolean;
}

export interface SearchResult {
  index: string;
  offsets: Offsets;
  total?: number;
  articles?: ArticleHit[];
  total_terms?: number;
  terms?: (Term & { score: number })[];
  next?: string;
}

export interface Suggestions {
  index: string;
  terms: { id: string; label: string }[];
  articles: { id: string; title?: string; url?: string; published?: string }[];
}

export interface MentionOptions {
  order?: "date" | "relevance";
  limit?: number;
  cursor?: string;
  offsets?: Offsets;
}

export interface MentionResult {
  index: string;
  offsets: Offsets;
  term: string;
  total: number;
  mentions: { id: string; title?: string; url?: string; published?: string; sentence: string; mark: Range }[];
  next?: string;
}

export interface TermOptions {
  prefix?: string;
  kind?: string;
  cursor?: string;
  limit?: number;
}

export interface TermList {
  index: string;
  terms: GlossaryTerm[];
  next?: string;
}

export interface Article {
  id: string;
  title?: string;
  url?: string;
  published?: string;
  headings: string[];
  /** Ids of the terms that it mentions. */
  terms: string[];
  text: string;
}

export interface Info {
  /** Digest of the index. */
  index: string;
  /** Version of the index's format. */
  version: number;
  language: string;
  analysis: string;
  /** Bytes. */
  size: number;
  terms: number;
  forms: number;
  articles: number;
  kinds: string[];
}

/** What compile() takes. */
export interface Glossary {
  /** BCP 47 tag; "en" if nothing is said. */
  language?: string;
  terms: readonly GlossaryTerm[];
  articles?: readonly { id: string; title?: string; text: string; url?: string; published?: string; headings?: readonly string[] }[];
}
