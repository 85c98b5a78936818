/**
 * A markdown-it plugin: marks the terms of a glossary in what is rendered.
 *
 *   const postil = await load({ index: … });
 *   markdownIt().use(markdownItPostil, { postil, occurrences: "first" })
 *
 * markdown-it does not wait, so the index has to be open already.
 */
import type { AnnotateOptions, Postil } from "postil";

export interface Options extends AnnotateOptions {
  postil: Postil;
}

/** What there is of a MarkdownIt. */
interface MarkdownIt {
  renderer: { render(...args: never[]): string };
}

export default function markdownItPostil(md: MarkdownIt, { postil, ...options }: Options): void {
  const { renderer } = md;
  const render = renderer.render;
  renderer.render = function (...args) {
    return postil.mark(render.apply(this, args), { occurrences: "first", ...options });
  };
}
