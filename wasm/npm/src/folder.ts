import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AnnotateOptions, Postil } from "postil";

export interface Report {
  /** HTML files that were read. */
  files: number;
  /** Of these, how many were written anew. */
  changed: number;
  /** Marks that were added. */
  marks: number;
}

const opening = /<span class="postil" data-postil="/g;

/**
 * Marks the terms of an index in all HTML files below a folder, or in one file.
 * A file is replaced in one step or left as it is; marks that it has already are
 * kept, so that a second run changes nothing.
 */
export async function annotateFolder(path: string, postil: Postil, options: AnnotateOptions = {}): Promise<Report> {
  const report = { files: 0, changed: 0, marks: 0 };
  for await (const file of htmlFiles(path)) {
    const source = decode(await readFile(file), file);
    const marked = postil.mark(source, { occurrences: "first", ...options });
    report.files++;
    if (marked == source) continue;
    report.changed++;
    report.marks += count(marked) - count(source);
    await replace(file, marked);
  }
  return report;
}

const count = (html: string) => html.match(opening)?.length ?? 0;

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new Error(`${file} is not UTF-8`, { cause });
  }
}

async function* htmlFiles(path: string): AsyncGenerator<string> {
  if (!(await stat(path)).isDirectory()) {
    yield path;
    return;
  }
  const entries = await readdir(path, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) yield* htmlFiles(join(path, entry.name));
    else if (entry.isFile() && /\.html?$/i.test(entry.name)) yield join(path, entry.name);
  }
}

async function replace(file: string, content: string): Promise<void> {
  const temporary = `${file}.${process.pid}.postil`;
  try {
    await writeFile(temporary, content, { mode: (await stat(file)).mode });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
