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

  /** Sees to it that get() knows the terms of annotations: every fourth number from the third on. */
  learn(numbers: Uint32Array): void {
    if (this.#known.size > MOST) this.#known.clear();
    const unknown = new Set<number>();
    for (let i = 2; i < numbers.length; i += 4) {
      if (!this.#known.has(numbers[i]!)) unknown.add(numbers[i]!);
    }
    if (unknown.size == 0) return;
    const terms = JSON.parse(this.#ask([...unknown].join())) as Term[];
    let i = 0;
    for (const number of unknown) this.#known.set(number, freeze(terms[i++]!));
  }

  get(number: number): Term {
    const term = this.#known.get(number);
    if (!term) throw errorOf("internal", `there is no term ${number}`);
    return term;
  }
}

/** Freezes what JSON has made. */
function freeze<T>(value: T): T {
  if (typeof value == "object" && value) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}
