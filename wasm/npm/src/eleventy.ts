/**
 * An Eleventy plugin: marks the terms of a glossary in every HTML page that is
 * written.
 *
 *   eleventyConfig.addPlugin(postil, { index: "site.postil" });
 */
import { adapter, type AdapterOptions } from "./options.ts";

export type { AdapterOptions as Options } from "./options.ts";

/** What there is of Eleventy's configuration. */
interface Configuration {
  addTransform(name: string, transform: (this: { page: { outputPath?: string | false } }, content: string) => Promise<string>): void;
}

export default function postil(configuration: Configuration, options: AdapterOptions): void {
  const { annotate, open } = adapter(options);
  configuration.addTransform("postil", async function (content) {
    const { outputPath } = this.page;
    return outputPath && outputPath.endsWith(".html") ? (await open()).mark(content, annotate) : content;
  });
}
