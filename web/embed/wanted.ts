import type { AnnotateOptions } from "../../wasm/js/src/types.ts";

/** Options that the API and the module understand. */
export const forwarded = ["overlaps", "occurrences", "min-score", "kinds", "terms", "exclude", "language"] as const;

/** Options by their names in the HTTP interface, as the module takes them. */
export function annotateOptions(named: Iterable<readonly [name: string, value: string]>): AnnotateOptions {
  const out: Record<string, unknown> = {};
  for (const [name, value] of named) {
    if (name == "min-score") out["minScore"] = Number(value);
    else if (/^(kinds|terms|exclude)$/.test(name)) out[name] = value.split(",").map((id) => id.trim()).filter(Boolean);
    else out[name] = value == "true" ? true : value;
  }
  return out as AnnotateOptions;
}
