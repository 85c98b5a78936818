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
type Body<O> = O extends { requestBody: { content: infer C } } ? C : never;
type Content<O> = O extends { responses: { 200: { content: infer C } } } ? C : never;
type MediaOf<O> = keyof Content<O> & string;

/** What an answer in a media type is: JSON as the description has it, or text, which is empty where there is no content. */
export type Answer<O, Media extends string> = [Content<O>] extends [never] ? string : Media extends keyof Content<O> ? Content<O>[Media] : never;

/** The media type of an answer of which nothing was said: a batch is answered in lines, all else in JSON where it can be. */
export type Usual<O, Type = never> = [Type] extends [never] ? JSONOf<O> : Type extends "application/x-ndjson" ? Type & MediaOf<O> : JSONOf<O>;
type JSONOf<O> = "application/json" extends MediaOf<O> ? "application/json" : MediaOf<O>;

/** What stands in a path or behind it; what the description demands is demanded. */
type Demanded<O> = (O extends { parameters: { path: infer V } } ? { path: V } : { path?: never }) &
  (O extends { parameters: { query: infer Q } } ? { query: Q } : O extends { parameters: { query?: infer Q } } ? { query?: NonNullable<Q> } : { query?: never });

/** What a request says: `path` is what the names in braces stand for. */
export type Ask<O, Media extends string> = Demanded<O> & {
  /** The media type of the answer. */
  accept?: Media;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/** An Ask, which may be left out where nothing is demanded, and what follows it. */
type Asked<O, Media extends string, More extends unknown[] = []> = {} extends Demanded<O> ? [ask?: Ask<O, Media>, ...More] : [ask: Ask<O, Media>, ...More];

/** A body in one of the media types that an operation takes. */
export type Sent<O, Type extends keyof Body<O> = keyof Body<O>> = { type: Type; body: Body<O>[Type] | string | Uint8Array<ArrayBuffer> };

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

/** JSON, or what there is instead. */
const usual = "application/json, */*;q=0.1";

/** A client of the service at an address, such as "https://postil.example" or "https://postil.example/s/site". */
export function createClient(address = "", options: ClientOptions = {}) {
  const base = address.replace(/\/+$/, "");

  /** Makes a request and gives the answer as it comes, whatever its status. */
  async function send<P extends PathOf<M>, M extends Method, Media extends MediaOf<Operation<P, M>>>(
    method: M,
    path: P,
    ask: Ask<Operation<P, M>, Media>,
    sent?: Sent<Operation<P, M>>,
  ): Promise<Response> {
    const { accept = usual, signal, path: values = {}, query = {} }: Plain = ask;
    const headers: Record<string, string> = { accept, ...options.headers, ...ask.headers };
    const init: RequestInit = { method: method.toUpperCase(), headers, credentials: "omit" };
    if (signal) init.signal = signal;
    if (sent) {
      headers["content-type"] = String(sent.type);
      init.body = typeof sent.body == "string" || sent.body instanceof Uint8Array ? (sent.body as BodyInit) : JSON.stringify(sent.body);
    }
    return (options.fetch ?? fetch)(base + addressOf(path, values, query), init);
  }

  /** Makes a request and gives what it was answered with; anything but success is an {@link ApiError}. */
  async function call<
    P extends PathOf<M>,
    M extends Method,
    Type extends keyof Body<Operation<P, M>> = never,
    Media extends MediaOf<Operation<P, M>> = Usual<Operation<P, M>, Type>,
  >(method: M, path: P, ...[ask, sent]: Asked<Operation<P, M>, Media, [sent?: Sent<Operation<P, M>, Type>]>): Promise<Answer<Operation<P, M>, Media>> {
    const response = await send(method, path, ask ?? ({} as Ask<Operation<P, M>, Media>), sent as Sent<Operation<P, M>> | undefined);
    const text = await response.text();
    const isJSON = /^application\/([\w.-]+\+)?json\b/.test(response.headers.get("content-type") ?? "");
    if (!response.ok) throw new ApiError(response.status, isJSON ? problemOf(text) : undefined);
    return (isJSON ? JSON.parse(text) : text) as Answer<Operation<P, M>, Media>;
  }

  return {
    send,
    call,
    get: <P extends PathOf<"get">, Media extends MediaOf<Operation<P, "get">> = Usual<Operation<P, "get">>>(path: P, ...asked: Asked<Operation<P, "get">, Media>) =>
      call<P, "get", never, Media>("get", path, ...asked),
    post: <P extends PathOf<"post">, Type extends keyof Body<Operation<P, "post">>, Media extends MediaOf<Operation<P, "post">> = Usual<Operation<P, "post">, Type>>(
      path: P,
      sent: Sent<Operation<P, "post">, Type>,
      ...[ask]: Asked<Operation<P, "post">, Media>
      // Whether it may be left out is not known here.
    ) => call<P, "post", Type, Media>("post", path, ...([ask, sent] as never)),
  };
}

/** A document that came in part says nothing. */
function problemOf(json: string): components["schemas"]["Problem"] | undefined {
  try {
    return JSON.parse(json) as components["schemas"]["Problem"];
  } catch {
    return undefined;
  }
}

type Named = Record<string, string | number | boolean | readonly string[] | undefined>;

/** An Ask, whatever its operation. */
type Plain = { accept?: string; signal?: AbortSignal; path?: Named; query?: Named };

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
