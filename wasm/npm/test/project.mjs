// Fresh projects into which the packed package has been installed. They lie
// below the repository, so that the tools themselves, which are pinned there, are
// found; the package is not.
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

export const root = resolve(import.meta.dirname, "../../..");
export const index = join(root, "build/index/site.postil");

const base = join(root, "build/projects");
mkdirSync(base, { recursive: true });
const left = [];
process.on("exit", () => left.forEach((dir) => rmSync(dir, { recursive: true, force: true })));

function temporary() {
  const dir = mkdtempSync(join(base, "p-"));
  left.push(dir);
  return dir;
}

/** What `npm pack` makes, and what it says of it. */
export function pack() {
  const [report] = JSON.parse(execFileSync("npm", ["pack", "--json", "--pack-destination", temporary()], { cwd: join(root, "build/wasm"), encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  return { ...report, path: join(left.at(-1), report.filename) };
}

let tarball;

/** Makes a project of files: path → content. */
export function project(files) {
  tarball ??= pack().path;
  const dir = temporary();
  const all = { "package.json": JSON.stringify({ name: "fresh", private: true, type: "module" }), ...files };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: dir, stdio: "pipe" });
  return {
    dir,
    read: (path) => readFileSync(join(dir, path), "utf8"),
    write: (path, content) => writeFileSync(join(dir, path), content),
    /** Runs a command there, and returns its code and what it printed. */
    async run(command, ...args) {
      try {
        const { stdout, stderr } = await promisify(execFile)(command, args, { cwd: dir });
        return { code: 0, stdout, stderr };
      } catch ({ code, stdout, stderr, message }) {
        return { code, stdout, stderr: stderr ?? message };
      }
    },
  };
}

/** The path of a tool's command among the workspace's. */
export const tool = (name) => join(root, "node_modules/.bin", name);
