// Many calls of one instance, each with another sentence. Runs in Node and in a
// browser.

/** Sentences of an article. */
export const sentencesOf = (article) => article.match(/[^.]{40,}\./g).map((s) => s.trim());

/** Makes calls, and looks at what the memory is after the first, after a tenth and in the end. */
export async function steady(annotate, sentences, calls, look) {
  const seen = [];
  const marks = [100, Math.ceil(calls / 10), calls];
  for (let i = 1; i <= calls; i++) {
    const answer = annotate(sentences[i % sentences.length]);
    if (answer instanceof Promise) await answer;
    if (i == marks[seen.length]) seen.push(await look());
  }
  return { start: seen[0], tenth: seen[1], end: seen[2] };
}
