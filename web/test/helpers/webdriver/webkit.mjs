// WebKit, as WebKitGTK's small browser, driven by WebDriver over HTTP. It needs
// a display: where there is none, Xvfb makes one.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { freePort } from "../port.mjs";

const libraries = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];
const versions = ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"];

/** Path of WebKitGTK's small browser, or undefined. */
export function findMiniBrowser() {
  return libraries.flatMap((folder) => versions.map((name) => `${folder}/${name}/MiniBrowser`)).find(existsSync);
}

/** `open` starts a driver and a browser with nothing in its memory. */
export async function launchWebKit(path) {
  const screen = process.env.DISPLAY ? undefined : spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
  const display = process.env.DISPLAY ?? (await new Promise((done) => screen.stdout.once("data", (number) => done(`:${String(number).trim()}`))));
  const env = { ...process.env, DISPLAY: display, LC_ALL: "C.UTF-8" };
  return {
    async open(viewport) {
      const port = await freePort();
      const driver = spawn(path, [`--port=${port}`], { env, stdio: "ignore", detached: true });
      // The driver's group, with the browser it starts, which may hang.
      const stop = () => process.kill(-driver.pid, "SIGKILL");
      const call = (method, address, body, limit) => request(`http://127.0.0.1:${port}${address}`, method, body, limit);
      await ready(call);
      const browserOptions = { binary: findMiniBrowser(), args: ["--automation"] };
      const capabilities = { alwaysMatch: { pageLoadStrategy: "eager", timeouts: { script: 5000 }, "webkitgtk:browserOptions": browserOptions } };
      const { sessionId } = await call("POST", "/session", { capabilities });
      const opened = tab(call, "/session/" + sessionId, stop);
      await opened.resize(viewport);
      return opened;
    },
    async close() {
      screen?.kill();
    },
  };
}

function tab(call, session, stop) {
  const script = (expression) =>
    `const done = arguments[0]; Promise.resolve().then(() => (${expression})).then((value) => done({ value }), (error) => done({ error: String(error?.stack ?? error) }))`;
  const run = (expression, limit) => call("POST", session + "/execute/async", { script: script(expression), args: [] }, limit);
  const evaluate = async (expression) => {
    const { value, error } = await run(expression, 6000);
    if (error) throw new Error(error);
    return value;
  };
  // A script that is sent while a page comes up is sometimes never answered. So one is
  // sent that can be sent again, until the page answers.
  const up = (tries = 20) => run("0", 1000).catch((error) => (tries && error.name == "TimeoutError" ? up(tries - 1) : Promise.reject(error)));
  return {
    evaluate,
    async goto(url) {
      await call("POST", session + "/url", { url });
      await up();
    },
    back: () => evaluate("void history.back()"),
    act: (actions) => call("POST", session + "/actions", { actions }),
    close: () => call("DELETE", session).finally(stop),
    /** The window is made larger until the page's own part has the size that is wanted. */
    async resize({ width, height }) {
      await call("POST", session + "/window/rect", { width, height });
      const [w, h] = JSON.parse(await evaluate("JSON.stringify([innerWidth, innerHeight])"));
      if (w != width || h != height) await call("POST", session + "/window/rect", { width: 2 * width - w, height: 2 * height - h });
    },
  };
}

async function request(url, method, body, limit = 30_000) {
  const response = await fetch(url, { method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(limit) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${method} ${new URL(url).pathname}: ${value.error}: ${value.message}`);
  return value;
}

async function ready(call) {
  for (let i = 0; i < 200; i++) {
    try {
      return await call("GET", "/status");
    } catch {
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  throw new Error("WebKit's driver did not come up");
}
