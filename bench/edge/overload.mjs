// Many more clients than can be served at once, on workerd and on the native
// server: what is answered must be right, what is refused must say so, memory must
// have an end, and afterwards all is as before.
//
//   node bench/edge/overload.mjs [SECONDS]
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildEdge, root, startNative, startWorkerd, temporary } from "../../worker/edge/test/workerd.mjs";

const seconds = Number(process.argv[2] ?? 60);
const index = join(root, "build/index/site.postil");
const text = "The CMA opened an inquiry into TPUs. ".repeat(40);
const script = join(temporary(), "post.lua");
// Each text is another, so that none is answered from memory.
writeFileSync(
  script,
  `local n = 0
wrk.headers["Content-Type"] = "text/plain"
function request() n = n + 1; return wrk.format("POST", "/v1/annotate", nil, n .. " " .. tostring({}) .. ${JSON.stringify(text)}) end`,
);

function wrk(port, connections, duration) {
  return new Promise((resolve, reject) => {
    const child = spawn("wrk", ["-t1", `-c${connections}`, `-d${duration}`, "--timeout", "10", "--latency", "-s", script, `http://127.0.0.1:${port}/`]);
    let out = "";
    child.stdout.on("data", (d) => (out += d));
    child.on("error", reject);
    child.on("exit", () =>
      resolve({
        rps: Math.round(Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1])),
        p50: /^\s+50%\s+(\S+)/m.exec(out)[1],
        p99: /^\s+99%\s+(\S+)/m.exec(out)[1],
        refused: Number(/Non-2xx or 3xx responses: (\d+)/.exec(out)?.[1] ?? 0),
        errors: /Socket errors: (.*)/.exec(out)?.[1] ?? "none",
      }),
    );
  });
}

const memory = (pid) => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024);

for (const [name, start] of [
  ["workerd", async () => startWorkerd(buildEdge(index))],
  ["native", () => startNative(index)],
]) {
  const server = await start();
  const request = { method: "POST", path: "/v1/annotate", headers: { "Content-Type": "text/plain" }, body: Buffer.from(text) };
  const right = (await server.ask(request)).body.toString();
  const before = await wrk(server.port, 8, "5s");
  let asked = 0;
  let refused = 0;
  let largest = 0;
  let over = false;
  const load = wrk(server.port, 1000, `${seconds}s`).finally(() => (over = true));
  while (!over) {
    const answer = await server.ask(request);
    asked++;
    if ([429, 503].includes(answer.status)) {
      refused++;
      assert.ok(answer.headers["retry-after"]);
    } else {
      assert.equal(answer.status, 200, answer.body.toString());
      assert.equal(answer.body.toString(), right);
    }
    largest = Math.max(largest, memory(server.child.pid));
    await new Promise((r) => setTimeout(r, 50));
  }
  const during = await load;
  const afterwards = await wrk(server.port, 8, "5s");
  console.log(name, JSON.stringify({ before, during, checked: { asked, refused, largestMB: largest }, afterwards, nowMB: memory(server.child.pid) }, null, 1));
  await server.stop();
}
