// A long article with a known number of mentions, made of the glossary's own
// terms and of words that name none.

const filler = "the of and to in is that it was for on are as with they be at one have this from by but what some we can out other were all there when up use word how said each she which do their time if will way about many then them would write like so these her long make thing see him two has look more day could go come did my sound no most people over know water than call first who may down side been now find any new work part take get place made live where after back little only round man year came show every good me give our under name very through just form much great think say help low line".split(" ");

/** A sequence of numbers below one that is always the same. */
function numbers() {
  let state = 1;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** Builds the article's HTML of so many words and mentions of the labels. */
export function article(labels, words, mentions) {
  const next = numbers();
  const pick = (list) => list[Math.floor(next() * list.length)];
  const every = Math.floor(words / mentions);
  const parts = Array.from({ length: mentions }, () => {
    const some = Array.from({ length: every - 1 }, () => pick(filler));
    some.splice(Math.floor(some.length / 2), 0, pick(labels));
    return `${some.join(" ")}.`;
  });
  const paragraphs = [];
  for (let i = 0; i < parts.length; i += 3) paragraphs.push(`<p>${parts.slice(i, i + 3).join(" ")}</p>`);
  return `<!doctype html><html lang="en"><title>A long article</title><style>body { max-width: 40em; margin: auto; font: 18px/1.6 serif }</style><article>${paragraphs.join("\n")}</article>`;
}
