import { ArgumentError, type Postil } from "postil";

/*
 * What adapters are given, looked at before it is used. Nothing here is of Node,
 * since the adapter of markdown-it works in a page as well.
 */

/** Options that were given, or none. */
export const object = <T extends object>(options: T | null | undefined): Partial<T> => Object(options) as Partial<T>;

/** Whether this is an open index, also of another copy of the package. */
export const isPostil = (given: unknown): given is Postil => typeof (Object(given) as Partial<Postil>).annotate == "function";

/** The error for an option that has to be given, and is not or is something else. */
export function missing(name: string, want: string, got: unknown): ArgumentError {
  const detail = `want \`${name}\` among the options: ${want}; got ${got === "" ? "an empty string" : got === null ? "null" : typeof got}`;
  return new ArgumentError("bad-option", detail, { causes: [{ detail, pointer: `/${name}` }] });
}
