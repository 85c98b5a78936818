/**
 * The HTTP interface as its description has it: the paths, the parameters and
 * the answers' types are made from docs/openapi.yaml, so that what is asked for
 * or read wrongly does not compile. In use it is `fetch` and little more.
 */
import type { components, paths } from "../../build/client/api.d.ts";

export type { components, paths };

type Method = "get" | "post" | "put" | "delete";

/** The paths that take a method. */
export type PathOf<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never }[keyof paths];

type Operation<P extends keyof paths, M extends Method> = M extends keyof paths[P] ? paths[P][M] : never;
type Query<O> = O extends { parameters: { query?: infer Q } } ? NonNullable<Q> : never;
type Values<O> = O extends { parameters: { path: infer V } } ? V : never;
type Body<O> = O extends { requestBody: { content: infer C } } ? C : never;
type Content<O> = O extends { responses: { 200: { content: infer C } } } ? C : never;

/** What an answer in a media type is: JSON as the description has it, or text. */
export type Answer<O, Media extends string> = Media extends keyof Content<O> ? Content<O>[Media] : never;

/** What a request says. */
export type Ask<O, Media extends string> = {
  /** What the names in braces of the path stand for. */
  path?: Values<O>;
  query?: Query<O>;
  /** The media type of the answer; by default JSON. */
  accept?: Media;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/** A body in one of the media types that an operation takes. */
export type Sent<O> = { [Media in keyof Body<O>]: { type: Media; body: Body<O>[Media] | string | Uint8Array<ArrayBuffer> } }[keyof Body<O>];

/** An answer that was none: `problem` says why, if the service could. */
export class ApiError extends Error {
  override name = "ApiError";
  readonly status: number;
  readonly problem: components["schemas"]["Problem"] | undefined;

  constructor(status: number, problem: components["schemas"]["Problem"] | undefined) {
    super(problem?.detail ?? `the service answers ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

export interface ClientOptions {
  /** Headers of every request, such as Authorization. */
  headers?: Record<string, string>;
  /** What makes the requests; by default the global fetch. */
  fetch?: typeof fetch;
}

/** A client of the service at an address, such as "https://postil.example" or "https://postil.example/s/site". */
export function createClient(address = "", options: ClientOptions = {}) {
  const base = address.replace(/\/$/, "");

  /** Makes a request and gives the answer as it comes, whatever its status. */
  async function send<P extends PathOf<M>, M extends Method, Media extends string>(
    method: M,
    path: P,
    ask: Ask<Operation<P, M>, Media>,
    sent?: Sent<Operation<P, M>>,
  ): Promise<Response> {
    const headers: Record<string, string> = { accept: ask.accept ?? "application/json", ...options.headers, ...ask.headers };
    const init: RequestInit = { method: method.toUpperCase(), headers, credentials: "omit" };
    if (ask.signal) init.signal = ask.signal;
    if (sent) {
      headers["content-type"] = String(sent.type);
      init.body = typeof sent.body == "string" || sent.body instanceof Uint8Array ? (sent.body as BodyInit) : JSON.stringify(sent.body);
    }
    return (options.fetch ?? fetch)(base + addressOf(path, (ask.path ?? {}) as Named, (ask.query ?? {}) as Named), init);
  }

  /** Makes a request and gives what it was answered with; anything but success is an {@link ApiError}. */
  async function call<P extends PathOf<M>, M extends Method, Media extends string = "application/json">(
    method: M,
    path: P,
    ask: Ask<Operation<P, M>, Media> = {},
    sent?: Sent<Operation<P, M>>,
  ): Promise<Answer<Operation<P, M>, Media>> {
    const response = await send(method, path, ask, sent);
    const text = await response.text();
    const json = /^application\/([\w.-]+\+)?json\b/.test(response.headers.get("content-type") ?? "");
    if (!response.ok) throw new ApiError(response.status, json ? JSON.parse(text) : undefined);
    return (json ? JSON.parse(text) : text) as Answer<Operation<P, M>, Media>;
  }

  return {
    send,
    call,
    get: <P extends PathOf<"get">, Media extends string = "application/json">(path: P, ask: Ask<Operation<P, "get">, Media> = {}) =>
      call<P, "get", Media>("get", path, ask),
    post: <P extends PathOf<"post">, Media extends string = "application/json">(
      path: P,
      sent: Sent<Operation<P, "post">>,
      ask: Ask<Operation<P, "post">, Media> = {},
    ) => call<P, "post", Media>("post", path, ask, sent),
  };
}

type Named = Record<string, string | number | boolean | readonly string[] | undefined>;

/** Puts values into a path and parameters behind it. */
function addressOf(path: string, values: Named, query: Named): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === "") throw new TypeError(`${path} needs a value for ${name}`);
    return encodeURIComponent(String(value));
  });
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, Array.isArray(value) ? value.join(",") : String(value));
  }
  return parameters.size ? `${filled}?${parameters}` : filled;
}
