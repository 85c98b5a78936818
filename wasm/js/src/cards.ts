import { errorOf } from "./errors.ts";
import type { Term } from "./types.ts";

/** How many terms are kept. Glossaries may have hundreds of thousands. */
const MOST = 16_384;

/**
 * The terms of an index that answers have named, by their numbers, so that each is
 * read once. They are frozen, since answers share them.
 */
export class Cards {
  #known = new Map<number, Term>();
  #ask: (numbers: string) => string;

  /** Ask returns terms by their numbers, as JSON. */
  constructor(ask: (numbers: string) => string) {
    this.#ask = ask;
  }

  /** The terms of annotations, every fourth number from the third on, as they first come. */
  of(numbers: Uint32Array): Map<number, Term> {
    if (this.#known.size > MOST) this.#known.clear();
    const terms = new Map<number, Term>();
    const unknown: number[] = [];
    for (let i = 2; i < numbers.length; i += 4) {
      const number = numbers[i]!;
      if (terms.has(number)) continue;
      const term = this.#known.get(number);
      if (!term) unknown.push(number);
      terms.set(number, term!); // one that is unknown has its place already
    }
    if (unknown.length == 0) return terms;
    const read = JSON.parse(this.#ask(unknown.join())) as Term[];
    if (read.length != unknown.length) throw errorOf("internal", `${unknown.length} terms were asked for, and there are ${read.length}`);
    unknown.forEach((number, i) => {
      const term = freeze(read[i]!);
      this.#known.set(number, term);
      terms.set(number, term);
    });
    return terms;
  }
}

/** Freezes what JSON has made. */
function freeze<T>(value: T): T {
  if (typeof value == "object" && value) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}
