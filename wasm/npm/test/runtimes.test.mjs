// The package in Deno and Bun, where they are installed.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { index, project } from "./project.mjs";

const program = `import { load, loadEngine } from "postil";
import { readFile } from "node:fs/promises";
const postil = await load({ index: await readFile(${JSON.stringify(index)}) });
const answers = [postil.annotate("The CMA looked at AGI.").annotations.map(({ term }) => term), postil.search("merger").total > 0];
postil.dispose();
const engine = await loadEngine();
answers.push(engine.open(engine.compile({ terms: [{ id: "w", label: "Widget" }] })).annotate("Widgets").annotations.length);
engine.dispose();
console.log(JSON.stringify(answers));`;

for (const [name, ...args] of [
  ["deno", "run", "--allow-read", "main.mjs"],
  ["bun", "main.mjs"],
]) {
  const installed = spawnSync(name, ["--version"]).status === 0;
  test(`annotates, searches and compiles in ${name}`, { skip: !installed && `there is no ${name} here` }, async () => {
    const p = project({ "main.mjs": program });
    const { code, stdout, stderr } = await p.run(name, ...args);
    assert.equal(code, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), [["cma", "agi"], true, 1]);
  });
}
