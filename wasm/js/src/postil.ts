import { checked, glossaryOf, inputOf, isPlain, optionsOf, textOf } from "./arguments.ts";
import { Cards } from "./cards.ts";
import { errorOf, NotFoundError } from "./errors.ts";
import type { Call, Program } from "./program.ts";
import type * as t from "./types.ts";

/** All that an index answers; `await` works for it wherever it runs. */
export interface Answers {
  annotate(input: t.Input, options?: t.AnnotateOptions): t.AnnotateResult;
  explain(input: t.Input, options?: t.AnnotateOptions): t.AnnotateResult;
  mark(html: string, options?: t.AnnotateOptions): string;
  search(query: string, options?: t.SearchOptions): t.SearchResult;
  suggest(typed: string, options?: { limit?: number }): t.Suggestions;
  mentions(term: string, options?: t.MentionOptions): t.MentionResult;
  related(article: string, options?: { limit?: number }): { index: string; articles: t.ArticleHit[] };
  article(id: string): t.Article | undefined;
  term(id: string): t.GlossaryTerm | undefined;
  terms(options?: t.TermOptions): t.TermList;
  info(): t.Info;
  verify(): void;
  compile(glossary: t.Glossary): Uint8Array<ArrayBuffer>;
}

/** An open index. Its calls are synchronous, so that none can come between another's beginning and end. */
export class Postil implements Answers {
  #program: Program;
  #handle: number;
  #release: () => void;
  #disposed = false;
  #info: t.Info | undefined;
  #cards = new Cards((numbers) => this.#text("cards", numbers));

  private constructor(program: Program, handle: number, release: () => void) {
    this.#program = program;
    this.#handle = handle;
    this.#release = release;
  }

  /** @internal What load() and Engine.open() return. */
  static of(program: Program, handle: number, release: () => void): Postil {
    return new Postil(program, handle, release);
  }

  /** Finds the terms of the index in a text, or in what an HTML source shows. */
  annotate(input: t.Input, options: t.AnnotateOptions = {}): t.AnnotateResult {
    const { call, text } = inputOf(input);
    return call == "annotate" && isPlain(checked(options)) ? this.#annotate(text, options) : this.#json(call, text, options);
  }

  /** Annotates a text, of which the module has to say numbers only. */
  #annotate(text: string, options: t.AnnotateOptions): t.AnnotateResult {
    const numbers = this.#numbers(text, options);
    const terms = this.#cards.of(numbers);
    this.#info ??= this.info();
    const annotations: t.Annotation[] = [];
    for (let i = 0; i < numbers.length; i += 4) {
      const start = numbers[i]!;
      const end = numbers[i + 1]!;
      annotations.push({ start, end, exact: text.slice(start, end), term: terms.get(numbers[i + 2]!)!.id, score: numbers[i + 3]! / 10_000 });
    }
    const { index, language } = this.#info;
    const byId = Object.fromEntries(Array.from(terms.values(), (term) => [term.id, term]));
    return { index, language: options.language || language, offsets: "utf-16", annotations, terms: byId };
  }

  /** Annotates with the reasons for each score and the other senses considered. */
  explain(input: t.Input, options: t.AnnotateOptions = {}): t.AnnotateResult {
    return this.annotate(input, { ...checked(options), explain: true, candidates: true });
  }

  /** Returns the HTML source with every mention inside `<span class="postil" data-postil="ID">`. */
  mark(html: string, options: t.AnnotateOptions = {}): string {
    return this.#text("mark_html", html, options);
  }

  /** Finds articles and terms, by bleve's query-string syntax. */
  search(query: string, options: t.SearchOptions = {}): t.SearchResult {
    return this.#json("search", query, options);
  }

  /** Finds terms by name and articles by title, from what someone has typed so far. */
  suggest(typed: string, options: { limit?: number } = {}): t.Suggestions {
    return this.#json("suggest", typed, options);
  }

  /** Lists the articles that mention a term, each with the sentence. */
  mentions(term: string, options: t.MentionOptions = {}): t.MentionResult {
    return this.#json("mentions", term, options);
  }

  /** Lists the articles most like one. */
  related(article: string, options: { limit?: number } = {}): { index: string; articles: t.ArticleHit[] } {
    return this.#json("related", article, options);
  }

  /** Returns an article, or undefined if there is none with this id. */
  article(id: string): t.Article | undefined {
    return orUndefined(() => this.#json<t.Article>("article", id));
  }

  /** Returns a term, or undefined if there is none with this id. */
  term(id: string): t.GlossaryTerm | undefined {
    return orUndefined(() => this.#json<t.GlossaryTerm>("term", id));
  }

  /** Lists the terms in the order of their labels. */
  terms(options: t.TermOptions = {}): t.TermList {
    return this.#json("terms", "", options);
  }

  /** Says what the index holds. */
  info(): t.Info {
    return this.#json("info", "");
  }

  /** Reads all of the index and throws an IndexError if any of it is damaged. */
  verify(): void {
    this.#text("verify", "");
  }

  /** Makes an index of a glossary. */
  compile(glossary: t.Glossary): Uint8Array<ArrayBuffer> {
    this.#check();
    return this.#program.bytes("compile", 0, "", glossaryOf(glossary));
  }

  /** Size of the module's memory in bytes. */
  get memory(): number {
    return this.#program.memory;
  }

  /** Gives back what the index occupies. Later calls throw a DisposedError. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#release();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #numbers(text: string, options: object): Uint32Array {
    this.#check();
    return new Uint32Array(this.#program.bytes("annotate_numbers", this.#handle, optionsOf(options), text).buffer);
  }

  #json<T>(call: Call, text: string, options: object = {}): T {
    return JSON.parse(this.#text(call, text, options)) as T;
  }

  #text(call: Call, text: string, options: object = {}): string {
    this.#check();
    return this.#program.text(call, this.#handle, optionsOf(options), textOf(text));
  }

  #check(): void {
    if (this.#disposed) throw errorOf("disposed", "this Postil was disposed of");
  }
}

function orUndefined<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
