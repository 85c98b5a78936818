// The README's programs, as TypeScript reads them: so a call that the types
// refuse, or one of another shape than it has, is not recommended.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { project, root, tool } from "./project.mjs";

/** What the programs take for granted. */
const assumed = {
  token: "declare const token: string;",
  index: "declare const index: Uint8Array<ArrayBuffer>;",
  load: 'import { load } from "postil";',
  markdownIt: 'import markdownIt from "markdown-it";',
  rehypeStringify: 'import rehypeStringify from "rehype-stringify";',
  remarkParse: 'import remarkParse from "remark-parse";',
  remarkRehype: 'import remarkRehype from "remark-rehype";',
  unified: 'import { unified } from "unified";',
};

/** The programs: a block is one, or several that begin with the name of a tool. */
function programs() {
  const readme = readFileSync(join(root, "wasm/npm/README.md"), "utf8");
  const blocks = [...readme.matchAll(/^```(?:js|ts)\n(.*?)^```$/gms)].map(([, block]) => block);
  return blocks.flatMap((block) => block.split(/\n(?=\/\/ )/));
}

/** A program with what it takes for granted before it. */
function whole(program) {
  const needed = Object.entries(assumed).filter(([name]) => new RegExp(`\\b${name}\\b(?![":]|\\.\\w)`).test(program) && !new RegExp(`import [^;]*\\b${name}\\b`).test(program));
  return [...needed.map(([, line]) => line), program, "export {};"].join("\n");
}

// As the README says: with the types of the web, or, for Node's threads, whose
// ports are no ports of the web to TypeScript, without them. The programs are
// JavaScript as well, so that functions need not say what they take.
const common = {
  strict: true, noImplicitAny: false, noEmit: true, skipLibCheck: true, target: "es2022",
  module: "nodenext", moduleResolution: "nodenext", types: ["node"],
};
const hosts = { web: ["es2022", "esnext.disposable", "dom", "dom.iterable"], threads: ["es2022", "esnext.disposable"] };

test("the README's programs compile", async () => {
  const all = programs();
  assert.ok(all.length > 6, `${all.length} programs`);
  const files = { web: [], threads: [] };
  const written = {};
  for (const [i, program] of all.entries()) {
    const host = program.includes("node:worker_threads") ? "threads" : "web";
    const name = `program-${i}.ts`;
    files[host].push(name);
    written[name] = whole(program);
  }
  for (const host of Object.keys(hosts)) {
    written[`${host}.json`] = JSON.stringify({ compilerOptions: { ...common, lib: hosts[host] }, files: files[host] });
  }
  const p = project(written);
  for (const host of Object.keys(hosts)) {
    const { code, stdout } = await p.run(tool("tsc"), "-p", `${host}.json`);
    assert.equal(stdout, "", host);
    assert.equal(code, 0, host);
  }
});
