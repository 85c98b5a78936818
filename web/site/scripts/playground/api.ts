import { ApiError, createClient, type components, type paths } from "../../../client/client.ts";

/** An answer of POST /v1/annotate. */
export type Result = components["schemas"]["Answer"];

export type Found = components["schemas"]["Annotation"];

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

/** Path and parameters of the request. */
export const address = ({ options }: Query) => "/v1/annotate" + (options.size ? "?" + options : "");
export const type = ({ html }: Query) => (html ? "text/html" : "text/plain");

type Parameters = NonNullable<paths["/v1/annotate"]["post"]["parameters"]["query"]>;

const { send } = createClient();

/** Asks the interface. An error's message says what is wrong with the request. */
export async function annotate(query: Query, signal: AbortSignal): Promise<Reply> {
  const start = performance.now();
  const parameters = Object.fromEntries(query.options) as Parameters;
  const response = await send("post", "/v1/annotate", { query: parameters, signal }, { type: type(query), body: query.text });
  const json = await response.text();
  const elapsed = performance.now() - start;
  if (!response.ok) throw new ApiError(response.status, problem(json));
  const stages = (response.headers.get("server-timing") ?? "").split(",").flatMap((entry): [string, number][] => {
    const [, name, duration] = /^\s*([\w-]+).*;dur=([\d.]+)/.exec(entry) ?? [];
    return name && duration ? [[name, +duration]] : [];
  });
  return { result: JSON.parse(json) as Result, json, stages, elapsed };
}

function problem(json: string): components["schemas"]["Problem"] | undefined {
  try {
    return JSON.parse(json) as components["schemas"]["Problem"];
  } catch {
    return undefined;
  }
}
