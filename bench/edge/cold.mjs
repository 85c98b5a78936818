// Cold start: from the start of the workerd process to its first answer, of
// Postil an annotated article, of syumai/workers' least program a greeting.
//
//   node bench/edge/cold.mjs [--rounds 9] [--out FILE]
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { startWorkerd } from "../../worker/edge/test/workerd.mjs";
import { article, build } from "./contenders.mjs";

const { values: args } = parseArgs({ options: { rounds: { type: "string", default: "9" }, out: { type: "string" } } });
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function once({ name, dir, method, path, check }) {
  const start = performance.now();
  const server = await startWorkerd(dir);
  try {
    const body = method === "POST" ? article() : undefined;
    const answer = await server.ask({ method, path, headers: { "Content-Type": "text/plain" }, body });
    const took = performance.now() - start;
    if (answer.status !== 200 || Number.isNaN(check(answer.body))) throw new Error(`${name} answers wrongly`);
    return took;
  } finally {
    await server.stop();
  }
}

const contenders = (await build()).filter((c) => ["postil", "syumai hello"].includes(c.name));
const times = new Map(contenders.map((c) => [c.name, []]));
for (let i = 0; i < Number(args.rounds); i++) {
  for (const c of contenders) times.get(c.name).push(await once(c));
}
const [postil, hello] = ["postil", "syumai hello"].map((name) => median(times.get(name)));
console.error(`cold start: postil ${postil.toFixed(0)} ms, syumai hello ${hello.toFixed(0)} ms, ratio ${(postil / hello).toFixed(2)}`);
if (args.out) {
  const figures = { edge_cold_ms: postil, edge_cold_hello_ms: hello, edge_cold_ratio: postil / hello };
  writeFileSync(args.out, JSON.stringify(figures, null, 2) + "\n");
}
