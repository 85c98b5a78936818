import { readFile } from "node:fs/promises";
import { load, type AnnotateOptions, type Postil } from "postil";

/** What all adapters take: an open index or where one is, and how to annotate. */
export interface AdapterOptions extends AnnotateOptions {
  /** The compiled index: its path, its bytes, or a Postil that has it open. */
  index: string | URL | Uint8Array<ArrayBuffer> | Postil;
}

/** Returns how to annotate, and a function that opens the index when it is first called. */
export function adapter(options: AdapterOptions): { annotate: AnnotateOptions; open: () => Promise<Postil> } {
  const { index, ...annotate } = options;
  let opened: Promise<Postil> | undefined;
  return { annotate: { occurrences: "first", ...annotate }, open: () => (opened ??= openIndex(index)) };
}

async function openIndex(index: AdapterOptions["index"]): Promise<Postil> {
  if (typeof index == "string" || index instanceof URL) return load({ index: new Uint8Array(await readFile(index)) });
  return index instanceof Uint8Array ? load({ index }) : index;
}
