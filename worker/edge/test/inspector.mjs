// What an isolate of workerd holds in memory, from its inspector.
import WebSocket from "ws";

/**
 * The bytes that JavaScript and Go still hold after both have collected garbage.
 * The Worker has to be built with the tag postil_debug, and started with inspect.
 */
export async function held(server) {
  const go = Number((await server.ask({ path: "/debug/collect" })).body);
  const socket = new WebSocket(`ws://127.0.0.1:${server.inspector}/main`);
  await new Promise((open, failed) => socket.once("open", open).once("error", failed));
  try {
    await call(server, socket, "HeapProfiler.enable");
    // Requests that come between collecting and looking leave garbage: the least is what is held.
    let javascript = Infinity;
    for (let round = 0; round < 5; round++) {
      await call(server, socket, "HeapProfiler.collectGarbage");
      const { usedSize } = await call(server, socket, "Runtime.getHeapUsage");
      javascript = Math.min(javascript, usedSize);
    }
    return { go, javascript };
  } finally {
    socket.terminate();
  }
}

let calls = 0;

/** One call. An isolate that has nothing to do hears of none, so that it gets requests meanwhile. */
async function call(server, socket, method) {
  const id = ++calls;
  let answer;
  const listen = (data) => {
    const message = JSON.parse(data);
    if (message.id === id) answer = message;
  };
  socket.on("message", listen).send(JSON.stringify({ id, method }));
  while (!answer) await server.ask({ path: "/healthz" });
  socket.off("message", listen);
  if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
  return answer.result;
}
