// Answers the requests of a folder with a module in Node, a line on standard
// output each.
//
//   node wasm/parity/hosts/node.mjs wasi|js MODULE FOLDER
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { answers } from "./module.mjs";
import { startJS, startWASI } from "./start.mjs";

const [kind, file, folder] = process.argv.slice(2);
const start = { wasi: startWASI, js: startJS }[kind];
const requests = (await readFile(join(folder, "requests.jsonl"), "utf8")).trim().split("\n").map((line) => JSON.parse(line));
const files = {
  read: (name) => readFile(join(folder, name)),
  decode: (text) => Buffer.from(text, "base64"),
  encode: (bytes) => Buffer.from(bytes).toString("base64"),
};
for await (const line of answers(await start(await readFile(file)), requests, files)) {
  if (!process.stdout.write(line + "\n")) await new Promise((drained) => process.stdout.once("drain", drained));
}
// A Go program under JavaScript waits to be called for ever.
process.stdout.end(() => process.exit());
