/**
 * A markdown-it plugin: marks the terms of a glossary in what is rendered.
 *
 *   const postil = await load({ index: … });
 *   markdownIt().use(markdownItPostil, { postil, occurrences: "first" })
 *
 * markdown-it does not wait, so the index has to be open already.
 */
import type { AnnotateOptions, Postil } from "postil";
import { isPostil, missing, object } from "./given.ts";

export interface Options extends AnnotateOptions {
  postil: Postil;
}

/** What there is of a MarkdownIt. */
interface MarkdownIt {
  renderer: { render(...args: never[]): string };
}

export default function markdownItPostil(md: MarkdownIt, given: Options): void {
  const { postil, ...options } = object(given);
  if (!isPostil(postil)) throw missing("postil", "what `await load({ index })` returns, since markdown-it does not wait", postil);
  const { renderer } = md;
  const render = renderer.render;
  renderer.render = function (...args) {
    return postil.mark(render.apply(this, args), { occurrences: "first", ...options });
  };
}
