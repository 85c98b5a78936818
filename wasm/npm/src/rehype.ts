/**
 * A rehype plugin: marks the terms of a glossary in a tree of HTML, and in
 * Markdown behind remark-rehype.
 *
 *   unified().use(remarkParse).use(remarkRehype).use(rehypePostil, { index: "site.postil" }).use(rehypeStringify)
 */
import { adapter, type AdapterOptions } from "./options.ts";
import { serialize, type Root } from "./hast.ts";

export type { AdapterOptions as Options } from "./options.ts";

export default function rehypePostil(options: AdapterOptions): (tree: Root) => Promise<void> {
  const { annotate, open } = adapter(options);
  return async (tree) => {
    const postil = await open();
    const page = serialize(tree);
    const { annotations } = postil.annotate({ html: page.html }, { ...annotate, offsets: "utf-16" });
    page.mark(annotations.flatMap(({ term, start, end, ranges }) => (ranges ?? [{ start, end }]).map((range) => ({ ...range, term }))));
  };
}
