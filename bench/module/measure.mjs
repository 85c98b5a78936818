// One measurement: from bytes to the first answer, then texts for some seconds.
// It runs in Node and in a browser.
import * as contenders from "./contenders.mjs";

/** The index that a contender is given of those of one size. */
export const indexOf = (name, size) => (name == "postil, by default" ? `${size}.postil` : `${size}.literal.postil`);

/** What is given: the name of a contender, its data, and texts. */
export async function measure({ name, library, wasm, index, json, article, pieces, seconds }) {
  if (name == "postil, compiled") {
    // A module that has been used before, as one is that the browser has kept with its code.
    wasm = await library.compileModule({ wasm });
    const earlier = await contenders.postil(library, wasm, index);
    earlier.search(article);
    earlier.dispose();
  }
  // What looks up forms does not judge them.
  const options = name == "postil, by default" ? {} : { minScore: 0 };
  const start = performance.now();
  const contender = name.startsWith("postil") ? await contenders.postil(library, wasm, index, options) : contenders.rivals[name](json);
  const found = contender.search(article);
  const load = performance.now() - start;
  speed([article], 1.5 * seconds, contender); // compilers get going
  const first = speed([article], seconds / 2, contender);
  const rest = speed(pieces, seconds, contender);
  return { load, found, article: first.rate, haystack: rest.rate, all: rest.found, memory: contender.memory?.() };
}

/** Megabytes of text a second, and what one round over all texts finds if there was time for one. */
function speed(texts, seconds, { search }) {
  let units = 0;
  let found = 0;
  let rounds = 0;
  const start = performance.now();
  let now = start;
  for (let i = 0; now - start < seconds * 1000 || (rounds == 0 && now - start < 4000 * seconds); i++) {
    const text = texts[i % texts.length];
    const n = search(text);
    units += text.length;
    if (rounds == 0) found += n;
    if (i % texts.length == texts.length - 1) rounds++;
    now = performance.now();
  }
  return { rate: units / 1e3 / (now - start), found: rounds ? found : undefined };
}
