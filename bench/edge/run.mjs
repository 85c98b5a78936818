// Requests per second on workerd: Postil, what one would use instead, and the
// floor. Rounds are interleaved, so that whatever else the machine does falls
// on all alike; figures are medians. They are printed as a table, or written as
// one flat JSON object.
//
//   node bench/edge/run.mjs [--seconds 5] [--rounds 3] [--connections 8]
//                           [--only NAME] [--out FILE]
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { build } from "./contenders.mjs";
import { measure } from "./wrk.mjs";

const { values: args } = parseArgs({
  options: {
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "3" },
    connections: { type: "string", default: "8" },
    only: { type: "string" },
    out: { type: "string" },
  },
});

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const slug = (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, "_");

const contenders = (await build()).filter((c) => !args.only || c.name.includes(args.only));
const rounds = new Map(contenders.map((c) => [c, []]));
for (let i = 0; i < Number(args.rounds); i++) {
  for (const c of contenders) {
    const seconds = Number(args.seconds);
    rounds.get(c).push(await measure(c, { seconds, connections: Number(args.connections) }));
    process.stderr.write(`round ${i + 1}: ${c.name}: ${rounds.get(c)[i].rps} requests/s\n`);
  }
}

const figures = {};
const rows = contenders.map((c) => {
  const all = rounds.get(c);
  const row = { name: c.name };
  for (const key of Object.keys(all[0])) {
    row[key] = median(all.map((m) => m[key]));
    figures[`edge_${slug(c.name)}_${key}`] = row[key];
  }
  return row;
});
for (const row of rows) {
  row.ratio = rows[0].rps / row.rps;
  figures[`edge_ratio_to_${slug(row.name)}`] = row.ratio;
}

if (args.out) writeFileSync(args.out, JSON.stringify(figures, null, 2) + "\n");
else print(rows);

function print(rows) {
  console.log("contender                 matches  requests/s  postil is ×   p50 ms   p99 ms  cpu ms  RSS MB");
  for (const r of rows) {
    console.log(
      r.name.padEnd(24),
      String(r.matches).padStart(8),
      r.rps.toFixed(0).padStart(11),
      r.ratio.toFixed(2).padStart(12),
      r.p50.toFixed(2).padStart(8),
      r.p99.toFixed(2).padStart(8),
      r.cpuMs.toFixed(2).padStart(7),
      String(r.rssMB).padStart(7),
    );
  }
}
