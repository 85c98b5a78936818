// An R2 bucket as a server of its own: miniflare's, with a door for the bindings
// of any number of workerd processes. So these are as apart as isolates of
// different data centres are, and can be killed one by one.
import { readFileSync } from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Miniflare } from "miniflare";
import { temporary } from "./workerd.mjs";

const miniflare = dirname(createRequire(import.meta.url).resolve("miniflare"));

/** Hands a call of a binding to the bucket, as miniflare's own entry does. */
const door = `
export { R2BucketObject } from "./bucket.worker.js";
export default {
  async fetch(request, env) {
    const name = "postil";
    return env.MINIFLARE_OBJECT.getByName(name).fetch(request, { cf: { miniflare: { name } } });
  },
};
`;

function part(name, file) {
  return { type: "ESModule", path: `/${name}`, contents: readFileSync(join(miniflare, `workers/${file}.worker.js`), "utf8") };
}

export async function startBucket() {
  const server = new Miniflare({
    modulesRoot: "/",
    modules: [
      { type: "ESModule", path: "/door.mjs", contents: door },
      part("bucket.worker.js", "r2/bucket"),
    ],
    compatibilityDate: "2025-10-01",
    compatibilityFlags: ["nodejs_compat", "experimental"],
    durableObjects: { MINIFLARE_OBJECT: { className: "R2BucketObject", useSQLite: true } },
    durableObjectsPersist: temporary(),
    serviceBindings: { MINIFLARE_BLOBS: { disk: { path: temporary(), writable: true } } },
    host: "127.0.0.1",
    port: 0,
  });
  const { host } = await server.ready;
  return { address: host, stop: () => server.dispose() };
}

/**
 * What lies between bindings and a bucket: it counts the calls, and lets a test
 * hold them up or have them fail, before the bucket knows of them or after.
 */
export async function startGate(bucket) {
  const [host, port] = bucket.address.split(":");
  // A hook fails a call by throwing: with R2's answer, or without one.
  const gate = { calls: 0, before: async () => {}, after: async () => {} };
  const agent = new http.Agent({ keepAlive: true });
  const server = http.createServer(async (request, response) => {
    const call = { n: ++gate.calls, method: request.headers["cf-r2-request"] ?? "put" };
    try {
      const parts = [];
      for await (const part of request) parts.push(part);
      call.body = Buffer.concat(parts).toString("latin1");
      await gate.before(call);
      const { method, url, headers } = request;
      const answer = await new Promise((answered, failed) => {
        const onward = http.request({ host, port, method, path: url, headers, agent }, answered).on("error", failed);
        onward.end(Buffer.concat(parts));
      });
      const answered = [];
      for await (const part of answer) answered.push(part);
      await gate.after(call);
      response.writeHead(answer.statusCode, answer.headers).end(Buffer.concat(answered));
    } catch (error) {
      if (error.answer) response.writeHead(error.answer.status, error.answer.headers).end();
      else response.destroy();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  gate.address = `127.0.0.1:${server.address().port}`;
  gate.stop = () => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  };
  return gate;
}
