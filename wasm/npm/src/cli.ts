#!/usr/bin/env node
import { parseArgs } from "node:util";
import { readFile } from "node:fs/promises";
import { load, PostilError, type AnnotateOptions, type Postil } from "postil";
import { annotateFolder, FolderError, type Report } from "./folder.ts";

const usage = `Usage: postil-annotate FOLDER|FILE … --index site.postil [options]

Marks the terms of a glossary in HTML files, in place. The index is what
\`postil build\` writes. Links within a folder are not followed.

  --index FILE          the compiled index
  --occurrences WHICH   first, section or all mentions of a term (first)
  --overlaps POLICY     longest, no-sub or all (longest)
  --min-score NUMBER    0 to 1 (0.5)
  --language TAG        language of the files (the index's)
  --kinds, --terms, --exclude LIST
                        separated by commas
  --help
`;

const list = { type: "string", multiple: true } as const;
const text = { type: "string" } as const;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { index: text, occurrences: text, overlaps: text, "min-score": text, language: text, kinds: list, terms: list, exclude: list, help: { type: "boolean" } },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  if (!values.index) throw new Error("--index is missing: it names what `postil build` wrote");
  if (positionals.length == 0) throw new Error("no folder: say which HTML files to annotate");
  const split = (items: string[] | undefined) => items?.flatMap((item) => item.split(",").map((name) => name.trim())).filter(Boolean);
  const options = {
    occurrences: values.occurrences,
    overlaps: values.overlaps,
    minScore: number("--min-score", values["min-score"]),
    language: values.language,
    kinds: split(values.kinds),
    terms: split(values.terms),
    exclude: split(values.exclude),
  };
  // What is undefined is left out; what is wrong the module says.
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as AnnotateOptions;
  const postil = await load({ index: new Uint8Array(await readFile(values.index)) });
  try {
    postil.annotate("", given);
    for (const path of positionals) await annotate(path, postil, given);
  } finally {
    postil.dispose();
  }
}

/** What cannot be annotated holds nothing else up. */
async function annotate(path: string, postil: Postil, options: AnnotateOptions): Promise<void> {
  const say = ({ files, changed, marks }: Report) => console.log(`${path}: ${marks} marks added in ${changed} of ${files} files`);
  try {
    say(await annotateFolder(path, postil, options));
  } catch (error) {
    if (error instanceof PostilError) throw error;
    if (error instanceof FolderError) say(error.report);
    fail(error);
  }
}

function number(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = given.trim() ? Number(given) : NaN;
  if (Number.isNaN(value)) throw new Error(`${option} is "${given}", want a number`);
  return value;
}

function fail(error: unknown): void {
  const about = error instanceof PostilError ? ` (${error.code})` : "";
  const message = (error as Error).message.replace(/\bminScore\b/g, "--min-score");
  console.error(`postil-annotate: ${message}${about}`);
  process.exitCode = 1;
}

main().catch(fail);
