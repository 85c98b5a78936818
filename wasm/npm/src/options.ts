import { readFile, stat } from "node:fs/promises";
import { load, type AnnotateOptions, type Postil } from "postil";
import { isPostil, missing, object } from "./given.ts";

/** What all adapters take: an open index or where one is, and how to annotate. */
export interface AdapterOptions extends AnnotateOptions {
  /** The compiled index: its path, its bytes, or a Postil that has it open. A file is opened anew when it has changed. */
  index: string | URL | Uint8Array<ArrayBuffer> | Postil;
}

/** Returns how to annotate, and a function that opens the index when it is first called, and when there is a new one. */
export function adapter(options: AdapterOptions): { annotate: AnnotateOptions; open: () => Promise<Postil> } {
  const { index, ...annotate } = object(options);
  if (!index || !(isPath(index) || index instanceof Uint8Array || isPostil(index))) throw missing("index", "the path of what `postil build` wrote, its bytes, or a Postil that has it open", index);
  let opened: Promise<Postil> | undefined;
  let version: string | undefined;
  const open = async () => {
    const found = await versionOf(index);
    // The one before may still be at work, so that it is left to the collector.
    if (found != version) opened = undefined;
    version = found;
    const opening = (opened ??= openIndex(index));
    try {
      return await opening;
    } catch (error) {
      if (opened == opening) opened = undefined; // perhaps there is one the next time
      throw error;
    }
  };
  return { annotate: { occurrences: "first", ...annotate }, open };
}

const isPath = (index: AdapterOptions["index"]) => typeof index == "string" || index instanceof URL;

async function versionOf(index: AdapterOptions["index"]): Promise<string | undefined> {
  if (!isPath(index)) return undefined;
  const { mtimeMs, size } = await stat(index);
  return `${mtimeMs} ${size}`;
}

async function openIndex(index: AdapterOptions["index"]): Promise<Postil> {
  if (isPath(index)) return load({ index: new Uint8Array(await readFile(index)) });
  return index instanceof Uint8Array ? load({ index }) : index;
}
