/**
 * Options come from the script tag's data- attributes and from a JSON script
 * tag, `<script type="application/postil+json">`. Both use the names of the
 * HTTP interface: `data-min-score`, `"min_score"`. Attributes win.
 */
export type Options = Partial<Record<Name, string>>;

/** Options that the API understands, passed on as they are. */
export const forwarded = ["overlaps", "occurrences", "min-score", "kinds", "terms", "exclude", "language"] as const;

type Name = (typeof forwarded)[number] | "root" | "skip" | "mode" | "theme" | "endpoint" | "density" | "engine" | "index" | "fallback";

/** Accepted values: a list of words, or a range "from–to" of numbers. */
const accepted: Options = {
  overlaps: "longest, no-sub, all",
  occurrences: "first, section, all",
  mode: "element, adopt",
  theme: "auto, light, dark",
  engine: "endpoint, local",
  fallback: "none, endpoint",
  "min-score": "0–1",
  density: "1–100",
};

/** Reads the options of a script tag; a wrong value is reported and left out. */
export function readOptions(tag: Element, report: (problem: string) => void): Options {
  const found: Record<string, string> = {};
  const json = document.querySelector('script[type="application/postil+json"]');
  if (json) {
    try {
      for (const [key, value] of Object.entries(JSON.parse(json.textContent!) as object)) {
        found[key.replace(/_/g, "-")] = String(value);
      }
    } catch (error) {
      report("options: " + error);
    }
  }
  for (const { name, value } of tag.attributes) {
    if (name.startsWith("data-")) found[name.slice(5)] = value;
  }
  for (const name of Object.keys(accepted) as Name[]) {
    const value = found[name];
    if (value !== undefined && !accepts(accepted[name]!, value)) {
      report(`data-${name} is "${value}", want ${accepted[name]}`);
      delete found[name];
    }
  }
  return found;
}

function accepts(want: string, value: string): boolean {
  const [from, to] = want.split("–");
  return to ? value !== "" && +value >= +from! && +value <= +to : want.split(", ").includes(value);
}
