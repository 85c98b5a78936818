import type { Term } from "../../../embed/types.ts";

/** An answer of POST /v1/annotate with all that the playground asks for. */
export interface Result {
  index: string;
  language: string;
  offsets: string;
  annotations: Found[];
  abbreviations?: { short: Span; long: Span; term?: string }[];
  terms: Record<string, Term>;
}

export interface Found {
  start: number;
  end: number;
  exact: string;
  term: string;
  score: number;
  /** For HTML, the pieces of a mention that tags interrupt. */
  ranges?: { start: number; end: number }[];
  candidates?: { term: string; score: number }[];
  reasons?: { kind: string; detail: string; weight: number }[];
}

interface Span {
  start: number;
  end: number;
  text: string;
}

/** What is sent: the text, what it is, and the options that differ from the interface's defaults. */
export interface Query {
  text: string;
  html: boolean;
  options: URLSearchParams;
}

export interface Reply {
  result: Result;
  json: string;
  /** Time on the server by stage, in milliseconds, and from end to end. */
  stages: [string, number][];
  elapsed: number;
}

const address = ({ options }: Query) => "/v1/annotate" + (options.size ? "?" + options : "");
const type = ({ html }: Query) => (html ? "text/html" : "text/plain") + "; charset=utf-8";

/** Asks the interface. An error's message says what is wrong with the request. */
export async function annotate(query: Query, signal: AbortSignal): Promise<Reply> {
  const start = performance.now();
  const headers = { "content-type": type(query), accept: "application/json" };
  const response = await fetch(address(query), { method: "POST", body: query.text, headers, signal });
  const json = await response.text();
  const elapsed = performance.now() - start;
  if (!response.ok) throw new Error(problem(json) ?? `The server answered ${response.status}.`);
  const stages = (response.headers.get("server-timing") ?? "").split(",").flatMap((entry): [string, number][] => {
    const [, name, duration] = /^\s*([\w-]+).*;dur=([\d.]+)/.exec(entry) ?? [];
    return name && duration ? [[name, +duration]] : [];
  });
  return { result: JSON.parse(json) as Result, json, stages, elapsed };
}

function problem(json: string): string | undefined {
  try {
    const { title, detail } = JSON.parse(json) as { title?: string; detail?: string };
    return detail ?? title;
  } catch {
    return undefined;
  }
}

/** The same request for a shell. */
export function curl(query: Query): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  // The end of a here-document must not occur in the text.
  let end = "END";
  while (query.text.split("\n").includes(end)) end += "_";
  return [
    `curl -s ${quote(location.origin + address(query))} \\`,
    `  -H ${quote("Content-Type: " + type(query))} --data-binary @- <<'${end}'`,
    query.text,
    end,
  ].join("\n");
}
