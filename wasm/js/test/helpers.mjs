// What the tests of the module share.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../../..");
export const dist = join(root, "build/wasm");
export const postil = await import(join(dist, "index.js"));

const read = (path) => new Uint8Array(readFileSync(join(root, path)));

export const wasm = read("build/wasm/postil.wasm");
export const annotateWasm = read("build/wasm/annotate.wasm");
export const index = read("build/index/site.postil");

/** The compiled module, so that not every test compiles it. */
export const module = await WebAssembly.compile(wasm);

export const load = (options = {}) => postil.load({ wasm: module, index, ...options });

/** Asserts the class, the code and the beginning of what is thrown. */
export const thrown = (name, code, text = "") => (error) =>
  error instanceof Error && error.name == name && error.code == code && error.message.includes(text) ? true : fail(error, name, code, text);

function fail(error, name, code, text) {
  throw new Error(`want ${name} ${code} "${text}", got ${error?.name} ${error?.code} "${error?.message}"`, { cause: error });
}

/** Calls the garbage collector, if node runs with --expose-gc. */
export const collect = () => globalThis.gc?.();

const types = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".html": "text/html;charset=utf-8" };

/**
 * Serves the package below /dist, the index as /site.postil, and pages: path →
 * content, or a function that answers itself.
 */
export async function serve(pages = {}) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://host").pathname;
    const page = pages[path];
    if (typeof page == "function") return page(request, response);
    let body = page;
    try {
      body ??= path == "/site.postil" ? index : path.startsWith("/dist/") ? readFileSync(join(dist, path.slice(6))) : undefined;
    } catch {
      // There is no such file.
    }
    const headers = { "content-type": types[extname(path)] ?? "text/html;charset=utf-8" };
    if (body === undefined) response.writeHead(404, headers).end();
    else response.writeHead(200, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Makes an index with the command. */
export function build(glossary, ...rest) {
  return execFileSync(join(root, "bin/postil"), ["build", "--glossary", glossary, ...rest], { cwd: root, stdio: "pipe" });
}
