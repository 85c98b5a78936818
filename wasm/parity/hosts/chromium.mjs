// Answers the requests of a folder with the module for JavaScript in Chromium.
//
//   node wasm/parity/hosts/chromium.mjs MODULE FOLDER
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { findChromium, flags } from "../../../web/test/helpers/chromium.mjs";
import { wasmExec } from "./start.mjs";

const [module, folder] = process.argv.slice(2);
const origin = "http://parity.test";

/** What the page can fetch. Nothing goes over a network. */
function file(path) {
  if (path === "/") return { contentType: "text/html", body: "<!doctype html><title>parity</title>" };
  if (path === "/wasm_exec.js") return { contentType: "text/javascript", body: wasmExec() };
  if (path === "/module.mjs") return { contentType: "text/javascript", body: readFileSync(join(import.meta.dirname, "module.mjs")) };
  if (path === "/module.wasm") return { contentType: "application/wasm", body: readFileSync(module) };
  return { contentType: "application/octet-stream", body: readFileSync(join(folder, decodeURIComponent(path.slice(1)))) };
}

const browser = await chromium.launch({ executablePath: findChromium(), args: flags });
try {
  const page = await browser.newPage();
  await page.route("**/*", (route) => route.fulfill(file(new URL(route.request().url()).pathname)));
  await page.goto(`${origin}/`);
  await page.addScriptTag({ url: "/wasm_exec.js" });
  const lines = await page.evaluate(async () => {
    const { Module, answers } = await import("/module.mjs");
    const go = new globalThis.Go();
    const { instance } = await WebAssembly.instantiateStreaming(fetch("/module.wasm"), go.importObject);
    go.run(instance);
    const fetched = async (name) => (await fetch(`/${name}`)).arrayBuffer();
    const requests = new TextDecoder().decode(await fetched("requests.jsonl")).trim().split("\n").map((line) => JSON.parse(line));
    const files = {
      read: async (name) => new Uint8Array(await fetched(name)),
      decode: (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)),
      encode: (bytes) => {
        let text = "";
        for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
        return btoa(text);
      },
    };
    const out = [];
    for await (const line of answers(new Module(instance.exports, instance.exports.mem), requests, files)) out.push(line);
    return out;
  });
  await new Promise((written) => process.stdout.write(lines.join("\n") + "\n", written));
} finally {
  await browser.close();
}
