// Prints the sizes of what is shipped and fails where one exceeds its budget in
// budgets.json. The files of one line are compressed one by one, as they
// travel, and added up.
import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = resolve(import.meta.dirname, "../..");
const budgets = JSON.parse(readFileSync(join(root, "budgets.json"), "utf8"));

/** Brotli's best takes half a minute for a program, so that large files get the level that servers use. */
const LARGE = 1 << 20;

function brotli(bytes) {
  const quality = bytes.length > LARGE ? 9 : 11;
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }).length;
}

/** The files that a pattern names; its last part may hold one "*". */
function expand(pattern) {
  const dir = join(root, dirname(pattern));
  const [head, tail] = basename(pattern).split("*");
  if (tail === undefined) return [join(root, pattern)];
  return readdirSync(dir).filter((f) => f.startsWith(head) && f.endsWith(tail)).map((f) => join(dir, f));
}

const columns = ["raw", "gzip", "brotli"];
const wide = Math.max(...budgets.map(({ name }) => name.length));
let failed = false;
console.log("".padEnd(wide), ...columns.map((c) => c.padStart(12)), "  budget");
for (const budget of budgets) {
  const files = budget.files.flatMap(expand).map((f) => readFileSync(f));
  if (files.length === 0) throw new Error(`${budget.name}: no files like ${budget.files}`);
  const sum = (size) => files.reduce((n, bytes) => n + size(bytes), 0);
  const sizes = {
    raw: sum((b) => b.length),
    gzip: sum((b) => gzipSync(b, { level: 9 }).length),
    brotli: sum(brotli),
  };
  const limits = columns.filter((c) => c in budget);
  const over = limits.filter((c) => sizes[c] > budget[c]);
  failed ||= over.length > 0;
  console.log(
    budget.name.padEnd(wide),
    ...columns.map((c) => String(sizes[c]).padStart(12)),
    `  ${limits.map((c) => `${c} ${budget[c]}`).join(", ")}${over.length > 0 ? " EXCEEDED" : ""}`,
  );
}
process.exitCode = failed ? 1 : 0;
