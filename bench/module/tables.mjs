// Puts measured tables where they are shown.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, work } from "./data.mjs";

/** Keeps a table, and puts it between its marks in docs/module.md if that is wanted. */
export function publish(name, table, wanted) {
  writeFileSync(join(work, `${name}.md`), table.trim() + "\n");
  if (!wanted) return;
  const file = join(root, "docs/module.md");
  const document = readFileSync(file, "utf8");
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/module.md has no place for the table ${name}: ${begin} … ${end}`);
  writeFileSync(file, `${document.slice(0, from + begin.length)}\n${table.trim()}\n${document.slice(to)}`);
}
