import { forwarded, type Options } from "./options.ts";
import type { Answer } from "./types.ts";

/** Pauses before a repeated request, in milliseconds. */
const pauses = [1000, 5000];

/**
 * Asks the API about a text. A request that failed for want of a network or of
 * a server's capacity is repeated; any other failure is thrown at once.
 * The body is plain text, so that no browser asks for permission first.
 */
export async function ask(endpoint: string, text: string, options: Options, signal: AbortSignal): Promise<Answer> {
  const query = new URLSearchParams({ offsets: "utf-16" });
  for (const name of forwarded) if (options[name]) query.set(name, options[name]);
  if (options.occurrences == "section") query.set("occurrences", "all");
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await fetch(`${endpoint}/v1/annotate?${query}`, {
        method: "POST",
        body: text,
        headers: { accept: "application/json" },
        credentials: "omit",
        signal,
      });
      if (response.ok) {
        const answer = (await response.json()) as Answer;
        if (!Array.isArray(answer.annotations)) throw Error("the answer holds no annotations");
        return answer;
      }
      const problem = Error(`${response.status} ${await response.text()}`.slice(0, 200));
      if (response.status < 429) throw problem;
      if (attempt >= pauses.length) throw problem;
    } catch (error) {
      if (!(error instanceof TypeError) || attempt >= pauses.length) throw error;
    }
    await new Promise((done) => setTimeout(done, pauses[attempt]));
    signal.throwIfAborted();
  }
}
