import type { paths } from "../../build/client/api.d.ts";
import type { Answer } from "./types.ts";

/**
 * What answers a page's questions: the API, or the WASM module in the page.
 */
export interface Engine {
  /** Annotates a text; positions are in UTF-16 units. */
  annotate(text: string, signal: AbortSignal): Promise<Answer>;
  /** Asks about a term, by its path below the list of terms; undefined where there is nothing to be had. */
  about(path: string, signal: AbortSignal): Promise<unknown>;
}

/** Pauses before a repeated request, in milliseconds. */
const pauses = [1000, 5000];

/** The longest pause that a service may ask for. */
const longest = 6e4;

/** How long an answer may take, in milliseconds. */
const patience = 2e4;

/** The API at an address, as an engine; `query` holds further parameters, `key` is for a private service. */
export function connect(endpoint: string, query: string, key?: string): Engine {
  const headers: HeadersInit = key ? { authorization: "Bearer " + key } : {};
  const call = (path: string, init?: RequestInit) => fetch(endpoint + path, { headers, credentials: "omit", ...init });

  return {
    /**
     * A request that failed for want of a network or of a server's capacity is
     * repeated, not sooner than the service says; any other failure is thrown at
     * once. The body is plain text, so that no browser asks for permission first.
     */
    async annotate(text, signal) {
      for (let attempt = 0; ; attempt++) {
        const limit = AbortSignal.timeout(patience);
        // Once there are no more, it is no number.
        let pause = pauses[attempt]!;
        try {
          const response = await call(`${"/v1/annotate" satisfies keyof paths}?offsets=utf-16${query}`, { method: "POST", body: text, signal: AbortSignal.any([signal, limit]) });
          if (response.ok) {
            const answer = (await response.json()) as Answer;
            if (!Array.isArray(answer.annotations)) throw Error("no annotations");
            return answer;
          }
          const problem = Error(`${response.status} ${await response.text()}`.slice(0, 200));
          pause = Math.max(pause, +response.headers.get("retry-after")! * 1000 || 0);
          if (response.status < 429 || !(pause <= longest)) throw problem;
        } catch (error) {
          const temporary = error instanceof TypeError || limit.aborted;
          if (signal.aborted || !temporary || !pause) throw error;
        }
        await new Promise((done) => setTimeout(done, pause));
        signal.throwIfAborted();
      }
    },
    async about(path, signal) {
      try {
        const response = await call(`${"/v1/terms" satisfies keyof paths}/${path}`, { signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) });
        if (response.ok) return await response.json();
      } catch {
        // What cannot be had is left out.
      }
    },
  };
}
