// Firefox, driven by WebDriver BiDi over a socket: no other program is needed.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";

/** Settings that keep a fresh profile from asking its maker's hosts for anything. */
const settings = {
  "app.normandy.enabled": false,
  "app.update.enabled": false,
  "browser.safebrowsing.downloads.remote.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.getAddons.cache.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,",
  "toolkit.telemetry.enabled": false,
  // Tab goes to links, too, as on every system but one.
  "accessibility.tabfocus": 7,
};

/** Starts Firefox; `open` gives a tab with a profile of its own. */
export async function launchFirefox(path) {
  const profile = await mkdtemp(join(tmpdir(), "postil-firefox-"));
  const lines = Object.entries(settings).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  await writeFile(join(profile, "user.js"), lines.join("\n"));
  const browser = spawn(path, ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise((done) => browser.on("exit", done));
  const socket = await connect(browser);
  const send = speak(socket);
  await send("session.new", { capabilities: {} });

  return {
    async open({ width, height }, preload) {
      const { userContext } = await send("browser.createUserContext");
      const { context } = await send("browsingContext.create", { type: "tab", userContext });
      await send("browsingContext.setViewport", { context, viewport: { width, height } });
      await send("script.addPreloadScript", { functionDeclaration: `() => {${preload}}`, contexts: [context] });
      return tab(send, context, userContext);
    },
    async close() {
      await send("browser.close").catch(() => 0);
      socket.close();
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function tab(send, context, userContext) {
  return {
    goto: (url) => send("browsingContext.navigate", { context, url, wait: "interactive" }),
    back: () => send("browsingContext.traverseHistory", { context, delta: -1 }),
    resize: ({ width, height }) => send("browsingContext.setViewport", { context, viewport: { width, height } }),
    act: (actions) => send("input.performActions", { context, actions }),
    close: () => send("browser.removeUserContext", { userContext }),
    async evaluate(expression) {
      const answer = await send("script.evaluate", { expression, awaitPromise: true, target: { context } });
      if (answer.type == "exception") throw new Error(answer.exceptionDetails.text);
      return answer.result.value;
    },
  };
}

/** Waits for the browser to say where it listens. */
async function connect(browser) {
  const url = await new Promise((done, failed) => {
    let log = "";
    browser.stderr.on("data", (text) => {
      log += text;
      const address = log.match(/BiDi listening on (ws:\S+)/)?.[1];
      if (address) done(address);
    });
    browser.on("exit", (code) => failed(new Error(`Firefox ended with ${code}:\n${log}`)));
  });
  const socket = new WebSocket(url + "/session");
  await new Promise((done, failed) => socket.on("open", done).on("error", failed));
  return socket;
}

/** Numbers commands and matches their answers. */
function speak(socket) {
  const waiting = new Map();
  let last = 0;
  socket.on("message", (text) => {
    const { id, type, result, error, message } = JSON.parse(text);
    const wait = waiting.get(id);
    waiting.delete(id);
    if (type == "error") wait?.failed(new Error(`${wait.method}: ${error}: ${message}`));
    else wait?.done(result);
  });
  return (method, params = {}) =>
    new Promise((done, failed) => {
      waiting.set(++last, { done, failed, method });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
}
