import type createLocal from "./engine.ts";
import type { Limits } from "./types.ts";
import { forwarded } from "./wanted.ts";

/** Address of the module with other limits than the first mention of each term; set by the build. */
declare const CHOOSE: string;
/** Address of the local engine's beginning; set by the build. */
declare const ENGINE: string;

/**
 * Options come from the script tag's data- attributes and from a JSON script
 * tag, `<script type="application/postil+json">`. Both use the names of the
 * HTTP interface: `data-min-score`, `"min_score"`. Attributes win.
 */
export type Options = Partial<Record<Name, string>>;

/** What follows from options. */
export interface Tuned {
  options: Options;
  /** Further parameters of an API call. */
  query: string;
  /** Empty where the first mention of each term is marked. */
  limits: Limits;
  /** Makes the local engine, where that is wanted. */
  local?: typeof createLocal | undefined;
}

type Name = (typeof forwarded)[number] | "root" | "skip" | "mode" | "engine" | "theme" | "endpoint" | "site" | "density" | "notes" | "shadow" | "frames" | "index" | "fallback" | "key";

/** Accepted values: a list of words, or a range "from–to" of numbers. */
const accepted: Options = {
  overlaps: "longest, no-sub, all",
  occurrences: "first, section, all",
  mode: "element, highlight, adopt",
  engine: "endpoint, local",
  fallback: "none, endpoint",
  theme: "auto, light, dark",
  "min-score": "0–1",
  density: "1–100",
  notes: "off, print",
  shadow: "off, open",
  frames: "off, same-origin",
};

/** The names of all options. In attributes others are some other script's, in the JSON script tag they are mistakes. */
const known = [...forwarded, ...Object.keys(accepted), "root", "skip", "endpoint", "site", "index", "key"];

/** How long a page may take to bring its root, in milliseconds. */
const patience = 3000;

/**
 * Reads the options of a script tag and of the page's JSON script tag, or takes
 * them from an object. A wrong value is reported and left out.
 */
export default async function tune(source: HTMLElement | object, report: (problem: string) => void): Promise<Tuned> {
  const options = check(source instanceof HTMLElement ? read(source, report) : named(source), report);
  const query = new URLSearchParams();
  for (const name of forwarded) if (options[name]) query.set(name, options[name]);
  if (options.occurrences == "section") query.set("occurrences", "all");
  if (options.root && options.shadow != "open") lookFor(options.root, report).catch(() => 0);
  if (options.theme == "auto") delete options.theme;
  const { endpoint = new URL((source as HTMLScriptElement).src).origin, site } = options;
  options.endpoint = endpoint.replace(/\/$/, "") + (site ? "/s/" + site : "");
  const isFirst = !options.density && (options.occurrences ?? "first") == "first";
  const limits = isFirst ? {} : ((await import(CHOOSE)) as typeof import("./choose.ts")).default(options);
  const local = options.engine == "local" ? ((await import(ENGINE)) as typeof import("./engine.ts")).default : undefined;
  return { options, query: `&${query}`, limits, local };
}

function read({ dataset }: HTMLElement, report: (problem: string) => void): Options {
  let found: object = {};
  try {
    found = JSON.parse(document.querySelector('script[type="application/postil+json"]')?.textContent ?? "{}") as object;
  } catch (error) {
    report("options: " + error);
  }
  const unknown = Object.keys({ ...found }).filter((key) => !known.includes(dashed(key)));
  if (unknown[0]) report("options: unknown " + unknown.join(", "));
  return named({ ...found, ...dataset });
}

/** An option's name in attributes, whether written min_score or minScore. */
const dashed = (key: string) => key.replace(/_|(?=[A-Z])/g, "-").toLowerCase();

/** Options by their names in attributes, their values as text; null and undefined are none. */
const named = (options: object): Options =>
  Object.fromEntries(
    Object.entries(options)
      .filter(([, value]) => value != null)
      .map(([key, value]) => [dashed(key), String(value)]),
  );

/** Says of a root that there is none, once the page has loaded and had time to bring it. A wrong selector fails when it is used. */
async function lookFor(root: string, report: (problem: string) => void): Promise<void> {
  do await new Promise((done) => setTimeout(done, patience));
  while (document.readyState != "complete");
  if (!document.querySelector(root)) report("data-root: nothing is " + root);
}

/** Reports wrong values and leaves them out. */
function check(options: Options, report: (problem: string) => void): Options {
  for (const [name, want] of Object.entries(accepted) as [Name, string][]) {
    const value = options[name];
    if (value !== undefined && !accepts(want, value)) {
      report(`data-${name} is "${value}", want ${want}`);
      delete options[name];
    }
  }
  return options;
}

function accepts(want: string, value: string): boolean {
  const [from, to] = want.split("–");
  return to ? value !== "" && +value >= +from! && +value <= +to : want.split(", ").includes(value);
}
