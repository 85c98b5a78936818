import { errorOf, type Code } from "./errors.ts";
import type { Call } from "./program.ts";
import type { AnnotateOptions, Glossary, Input } from "./types.ts";

/*
 * What callers give, checked before it goes to the module: whatever throws on the
 * way there ends the instance.
 */

/** What a value is, for messages: Null, Undefined, Number, Blob, Uint8Array. */
export const kindOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** The text of a call. */
export function textOf(text: unknown, want = "a string"): string {
  if (typeof text != "string") throw errorOf("bad-text", `want ${want}, got ${kindOf(text)}`);
  return text;
}

/** The call that annotates an input, and its text. */
export function inputOf(input: Input): { call: Call; text: string } {
  const { html, text } = Object(input) as { html?: unknown; text?: unknown };
  if ((html === undefined) == (text === undefined)) return { call: "annotate", text: textOf(input, "a string, or { text } or { html }") };
  return html === undefined ? { call: "annotate", text: textOf(text) } : { call: "annotate_html", text: textOf(html) };
}

/** Whether an answer is annotations, in units of JavaScript's strings, and nothing more. */
export function isPlain({ offsets = "utf-16", candidates, explain, abbreviations }: AnnotateOptions): boolean {
  return offsets == "utf-16" && !candidates && !explain && !abbreviations;
}

/** Returns options that are an object, and refuses others. */
export function checked<T extends object>(options: T): T {
  if (typeof options != "object" || !options || Array.isArray(options)) {
    throw errorOf("bad-option", `want options as an object, got ${kindOf(options)}`);
  }
  return options;
}

/** Options as the module takes them: JSON with its names, undefined ones left out; nothing if there are none. */
export function optionsOf(options: object): string {
  let out: Record<string, unknown> | undefined;
  for (const [name, value] of Object.entries(checked(options))) {
    if (value === undefined) continue;
    if (typeof value == "function") throw errorOf("bad-option", `${name} is a function`); // which JSON leaves out without a word
    out ??= {};
    out[name == "minScore" ? "min_score" : name] = value; // the one of two words
  }
  return out ? jsonOf(out, "bad-option") : "";
}

/** A glossary as the module takes it: an object, or the array of its terms. */
export function glossaryOf(glossary: Glossary): string {
  const { terms = glossary, articles } = Object(glossary) as Partial<Glossary>;
  if (Array.isArray(terms) || Array.isArray(articles)) return jsonOf(glossary, "bad-glossary");
  const detail = `want { language, terms, articles } with an array of terms, got ${kindOf(glossary)}`;
  throw errorOf("bad-glossary", detail, { causes: [{ detail, pointer: "/terms" }] });
}

function jsonOf(value: object, code: Code): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw errorOf(code, `not to be written as JSON: ${cause}`, { cause });
  }
}
