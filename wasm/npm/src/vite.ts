/**
 * A Vite plugin: marks the terms of a glossary in the pages that Vite serves and
 * builds.
 *
 *   export default defineConfig({ plugins: [postil({ index: "site.postil" })] });
 */
import { adapter, type AdapterOptions } from "./options.ts";

export type { AdapterOptions as Options } from "./options.ts";

export interface Plugin {
  name: string;
  config(): { optimizeDeps: { exclude: string[] } };
  transformIndexHtml: { order: "post"; handler(html: string): Promise<string> };
}

export default function postil(options: AdapterOptions): Plugin {
  const { annotate, open } = adapter(options);
  return {
    name: "postil",
    // Vite 6 and 7 would bundle it for development without what lies beside it.
    config: () => ({ optimizeDeps: { exclude: ["postil"] } }),
    transformIndexHtml: { order: "post", handler: async (html) => (await open()).mark(html, annotate) },
  };
}
