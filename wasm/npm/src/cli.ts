#!/usr/bin/env node
import { parseArgs } from "node:util";
import { readFile } from "node:fs/promises";
import { load, PostilError, type AnnotateOptions } from "postil";
import { annotateFolder } from "./folder.ts";

const usage = `Usage: postil-annotate FOLDER|FILE … --index site.postil [options]

Marks the terms of a glossary in HTML files, in place. The index is what
\`postil build\` writes.

  --index FILE          the compiled index
  --occurrences WHICH   first, section or all mentions of a term (first)
  --overlaps POLICY     longest, no-sub or all (longest)
  --min-score NUMBER    0 to 1 (0.5)
  --kinds, --terms, --exclude LIST
                        separated by commas
  --help
`;

const list = { type: "string", multiple: true } as const;
const text = { type: "string" } as const;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { index: text, occurrences: text, overlaps: text, "min-score": text, kinds: list, terms: list, exclude: list, help: { type: "boolean" } },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  if (!values.index) throw new Error("--index is missing: it names what `postil build` wrote");
  if (positionals.length == 0) throw new Error("no folder: say which HTML files to annotate");
  const split = (items: string[] | undefined) => items?.flatMap((item) => item.split(",")).filter(Boolean);
  const options = {
    occurrences: values.occurrences,
    overlaps: values.overlaps,
    minScore: values["min-score"] === undefined ? undefined : Number(values["min-score"]),
    kinds: split(values.kinds),
    terms: split(values.terms),
    exclude: split(values.exclude),
  };
  // What is undefined is left out; what is wrong the module says.
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as AnnotateOptions;
  const postil = await load({ index: new Uint8Array(await readFile(values.index)) });
  try {
    postil.annotate("", given);
    for (const path of positionals) {
      const { files, changed, marks } = await annotateFolder(path, postil, given);
      console.log(`${path}: ${marks} marks added in ${changed} of ${files} files`);
    }
  } finally {
    postil.dispose();
  }
}

main().catch((error: unknown) => {
  const about = error instanceof PostilError ? ` (${error.code})` : "";
  console.error(`postil-annotate: ${(error as Error).message}${about}`);
  process.exitCode = 1;
});
