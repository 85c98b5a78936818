/** What went wrong, for programs. Those of the module itself are described in package abi. */
export type Code =
  | "bad-call"
  | "bad-json"
  | "bad-option"
  | "bad-text"
  | "bad-query"
  | "bad-cursor"
  | "not-found"
  | "bad-index"
  | "index-version"
  | "index-language"
  | "bad-glossary"
  | "unsupported"
  | "internal"
  /** The module or the index could not be fetched. */
  | "fetch-failed"
  /** What was loaded is no module of Postil, or no complete one. */
  | "bad-module"
  /** The module speaks another version of the interface than this package. */
  | "module-version"
  /** WebAssembly is missing, or the page's Content-Security-Policy forbids it. */
  | "blocked"
  /** Called after dispose(). */
  | "disposed"
  /** The module ran out of memory; this instance is of no use any longer, a new one works. */
  | "out-of-memory"
  /** The module trapped or ended; this instance is of no use any longer, a new one works. */
  | "crashed";

/** One cause of an error, and a JSON Pointer to where it lies in options or glossary. */
export interface Cause {
  detail: string;
  pointer: string;
}

/** What all errors of this package are. `code` says which kind. */
export class PostilError extends Error {
  // Written out, since bundlers shorten the names of classes.
  override readonly name: string = "PostilError";
  readonly code: Code;
  readonly causes: readonly Cause[];

  constructor(code: Code, message: string, options: { cause?: unknown; causes?: readonly Cause[] } = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.causes = options.causes ?? [];
  }
}

/** Module or index could not be loaded: fetch-failed, bad-module, module-version, blocked. */
export class LoadError extends PostilError {
  override readonly name = "LoadError";
}
/** The index cannot be used: bad-index, index-version, index-language. */
export class IndexError extends PostilError {
  override readonly name = "IndexError";
}
/** An argument is wrong: bad-option, bad-json, bad-text, bad-cursor. */
export class ArgumentError extends PostilError {
  override readonly name = "ArgumentError";
}
/** A search cannot be understood, or costs too much: bad-query. */
export class QueryError extends PostilError {
  override readonly name = "QueryError";
}
/** There is no such term or article: not-found. */
export class NotFoundError extends PostilError {
  override readonly name = "NotFoundError";
}
/** Terms or articles cannot be compiled: bad-glossary. */
export class GlossaryError extends PostilError {
  override readonly name = "GlossaryError";
}
/** This build of the module leaves the call out: unsupported. */
export class UnsupportedError extends PostilError {
  override readonly name = "UnsupportedError";
}
/** Called after dispose(): disposed. */
export class DisposedError extends PostilError {
  override readonly name = "DisposedError";
}
/** The instance is dead: out-of-memory, crashed. */
export class CrashError extends PostilError {
  override readonly name = "CrashError";
}

type ErrorClass = new (...args: ConstructorParameters<typeof PostilError>) => PostilError;

/** Where no class is named, it is PostilError. */
const classes: Partial<Record<Code, ErrorClass>> = {
  "bad-json": ArgumentError,
  "bad-option": ArgumentError,
  "bad-text": ArgumentError,
  "bad-query": QueryError,
  "bad-cursor": ArgumentError,
  "not-found": NotFoundError,
  "bad-index": IndexError,
  "index-version": IndexError,
  "index-language": IndexError,
  "bad-glossary": GlossaryError,
  unsupported: UnsupportedError,
  "fetch-failed": LoadError,
  "bad-module": LoadError,
  "module-version": LoadError,
  blocked: LoadError,
  disposed: DisposedError,
  "out-of-memory": CrashError,
  crashed: CrashError,
};

/** The error of a code, of the class that fits it. */
export function errorOf(code: Code, message: string, options?: { cause?: unknown; causes?: readonly Cause[] }): PostilError {
  return new (classes[code] ?? PostilError)(code, message, options);
}
