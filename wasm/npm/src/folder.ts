import { access, chmod, constants, readdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PostilError, type AnnotateOptions, type Postil } from "postil";

export interface Report {
  /** HTML files that were read. */
  files: number;
  /** Of these, how many were written anew. */
  changed: number;
  /** Marks that were added. */
  marks: number;
}

/** Some files could not be annotated, and are as they were: `errors` says which, and why. The others are done. */
export class FolderError extends AggregateError {
  override readonly name = "FolderError";
  readonly report: Report;

  constructor(errors: Error[], report: Report) {
    const files = errors.length == 1 ? "a file is" : `${errors.length} files are`;
    super(errors, `${files} not annotated:\n${errors.map(({ message }) => `  ${message}`).join("\n")}`);
    this.report = report;
  }
}

const opening = /<span class="postil" data-postil="/g;

/**
 * Marks the terms of an index in all HTML files below a folder, or in one file.
 * A file is replaced in one step or left as it is; marks that it has already are
 * kept, so that a second run changes nothing. Symbolic links within the folder are
 * not followed, since they may lead out of it. What is replaced keeps its mode; of
 * a file with several hard links only the one that was found is replaced.
 */
export async function annotateFolder(path: string, postil: Postil, options: AnnotateOptions = {}): Promise<Report> {
  const report = { files: 0, changed: 0, marks: 0 };
  const errors: Error[] = [];
  for await (const file of htmlFiles(await realpath(path), path)) {
    report.files++;
    try {
      const source = decode(await readFile(file.real), file.shown);
      const marked = mark(postil, source, options, file.shown);
      if (marked == source) continue;
      await replace(file, marked);
      report.changed++;
      report.marks += count(marked) - count(source);
    } catch (error) {
      if (error instanceof PostilError) throw error; // the next file would fare no better
      errors.push(error as Error);
    }
  }
  if (errors.length) throw new FolderError(errors, report);
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

function mark(postil: Postil, source: string, options: AnnotateOptions, file: string): string {
  try {
    return postil.mark(source, { occurrences: "first", ...options });
  } catch (cause) {
    if (cause instanceof PostilError && cause.code == "bad-text") throw new Error(`${file}: ${cause.message}`, { cause });
    throw cause;
  }
}

/** A file where it is, and by the name that it was found by. */
interface Found {
  real: string;
  shown: string;
}

async function* htmlFiles(real: string, shown: string): AsyncGenerator<Found> {
  if (!(await stat(real)).isDirectory()) {
    yield { real, shown };
    return;
  }
  const entries = await readdir(real, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const found = [join(real, entry.name), join(shown, entry.name)] as const;
    if (entry.isDirectory()) yield* htmlFiles(...found);
    else if (entry.isFile() && /\.html?$/i.test(entry.name)) yield { real: found[0], shown: found[1] };
  }
}

async function replace({ real, shown }: Found, content: string): Promise<void> {
  const { mode } = await stat(real);
  // Whoever may write to the folder could replace it all the same, and root may do anything.
  const writable = mode & 0o222 && (await access(real, constants.W_OK).then(() => true, () => false));
  if (!writable) throw new Error(`${shown} is read-only: make it writable, or leave it out`);
  const temporary = `${real}.${process.pid}.postil`;
  try {
    await writeFile(temporary, content, { mode, flag: "wx" });
    await chmod(temporary, mode & 0o7777); // which the process's umask has cut
    await rename(temporary, real);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
