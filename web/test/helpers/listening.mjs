// Where a `postil serve` listens that was started with port 0.
import { createInterface } from "node:readline";

/** Resolves to the address that a server says on its standard output, without a final slash; undefined if it ends before. */
export async function listening({ stdout }) {
  for await (const line of createInterface(stdout)) {
    const [, url] = /^listening on (.*)/.exec(line) ?? [];
    if (url) return url;
  }
}
