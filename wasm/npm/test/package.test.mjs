import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { index, pack, project, root, tool } from "./project.mjs";

test("the package holds what it names, and runs nothing", () => {
  const { files, path } = pack();
  const names = files.map((file) => file.path);
  const description = JSON.parse(execFileSync("tar", ["-xOzf", path, "package/package.json"], { encoding: "utf8" }));
  assert.equal(description.scripts, undefined);
  assert.equal(description.dependencies, undefined);
  assert.equal(description.private, undefined);
  const named = [...Object.values(description.exports), description.main, description.types, ...Object.values(description.bin)];
  for (const entry of named.flatMap((x) => (typeof x == "string" ? x : Object.values(x)))) {
    assert.ok(names.includes(entry.replace(/^\.\//, "")), `${entry} is missing`);
  }
  for (const name of ["README.md", "LICENSE", "LICENSE-go.txt"]) assert.ok(names.includes(name), name);
  assert.deepEqual(names.filter((name) => !/\.(js|wasm|d\.ts|md|txt|json)$|^LICENSE$/.test(name)), []);
});

test("every entry of the package can be imported", async () => {
  const p = project({});
  const entries = Object.keys(JSON.parse(readFileSync(join(p.dir, "node_modules/postil/package.json"), "utf8")).exports).filter((entry) => !/\.\w+$/.test(entry));
  const names = entries.map((entry) => "postil" + entry.slice(1));
  p.write("all.mjs", names.map((name) => `await import("${name}");`).join("\n") + `\nconsole.log("all");`);
  assert.equal((await p.run("node", "all.mjs")).stdout, "all\n");
});

test("errors keep their names in a bundle whose names are shortened", async () => {
  const p = project({
    "main.mjs": `import * as postil from "postil";
const classes = Object.entries(postil).filter(([, value]) => value.prototype instanceof Error);
console.log(JSON.stringify(classes.map(([name, Class]) => [name, new Class("internal", "x").name, String(new Class("internal", "x"))])));`,
  });
  const { code, stderr } = await p.run(tool("esbuild"), "main.mjs", "--bundle", "--minify", "--format=esm", "--outfile=bundle.mjs");
  assert.equal(code, 0, stderr);
  const names = JSON.parse((await p.run("node", "bundle.mjs")).stdout);
  assert.equal(names.length, 10);
  for (const [exported, name, text] of names) assert.deepEqual([name, text], [exported, `${exported}: x`]);
});

test("the README's examples run", async () => {
  const readme = readFileSync(join(root, "wasm/npm/README.md"), "utf8");
  const example = (start) => readme.split("```").find((block) => block.startsWith(`js\n${start}`)).slice(3);
  const p = project({
    "example.mjs": example("import { load }"),
    "thread.mjs": example("// thread.mjs"),
    "threads.mjs": example(`import { Worker }`),
    "ignored.mjs": `import { load } from "postil";
import { copyFileSync, readFileSync } from "node:fs";
console.log((await load({ index: readFileSync("site.postil") })).mark('<h1 class="postil-ignore">AGI</h1><p>AGI', { occurrences: "first" }));`,
  });
  copyFileSync(index, join(p.dir, "site.postil"));
  const { stdout, stderr } = await p.run("node", "example.mjs");
  assert.match(stdout, /^CMA Competition and Markets Authority$/m, stderr);
  assert.deepEqual(await p.run("node", "threads.mjs"), { code: 0, stdout: "1\n", stderr: "" });
  assert.match((await p.run("node", "ignored.mjs")).stdout, /^<h1 class="postil-ignore">AGI<\/h1><p><span/);
});

const typed = `import { connect, load, ArgumentError, Postil, PostilError, type AnnotateResult, type Code, type RemotePostil } from "postil";
import { serve } from "postil/worker";
import rehypePostil from "postil/rehype";
import markdownItPostil from "postil/markdown-it";
import postil, { type Options } from "postil/vite";
import eleventy from "postil/eleventy";
import { annotateFolder } from "postil/folder";

const p = await load({ index: "x", onProgress: ({ of, loaded }) => console.log(of, loaded) });
if (!(p instanceof Postil)) throw new Error();
const result: AnnotateResult = p.annotate({ html: "<p>" }, { occurrences: "first", minScore: 0.7 });
const start: number | undefined = result.annotations[0]?.start;
const remote: RemotePostil = await connect({ index: new ArrayBuffer(1) });
const same: AnnotateResult = await remote.annotate("text");
const bytes: number = await remote.memory;
remote[Symbol.dispose]();
try {
  p.search("a");
} catch (error) {
  if (error instanceof ArgumentError) console.log(error.causes[0]?.pointer);
  if (error instanceof PostilError) console.log(error.code satisfies Code);
}
const options: Options = { index: "site.postil", kinds: ["concept"] };
await annotateFolder("dist", p, { exclude: ["a"] });
console.log(serve, rehypePostil, markdownItPostil, postil(options).name, eleventy, start, same, bytes);
// @ts-expect-error an option that there is none of
p.annotate("x", { overlap: "all" });
// @ts-expect-error a value that it does not take
p.annotate("x", { overlaps: "some" });
// @ts-expect-error an index is opened by load() or by an Engine
new Postil();
// @ts-expect-error what answers in a Worker has to be waited for
remote.annotate("x").annotations;
`;

for (const resolution of ["nodenext", "bundler"]) {
  test(`its types hold, with moduleResolution ${resolution}`, async () => {
    const compilerOptions = {
      strict: true, noEmit: true, skipLibCheck: false, exactOptionalPropertyTypes: true, target: "es2022",
      lib: ["es2022", "esnext.disposable", "dom", "dom.iterable"], types: [], module: resolution == "nodenext" ? "nodenext" : "esnext", moduleResolution: resolution,
    };
    const p = project({ "main.ts": typed, "tsconfig.json": JSON.stringify({ compilerOptions, files: ["main.ts"] }) });
    const { code, stdout } = await p.run(tool("tsc"), "-p", ".");
    assert.equal(stdout, "");
    assert.equal(code, 0);
  });
}
