// A port for a server that a test starts and that cannot say which one it took.
import { createServer } from "node:net";

/** Resolves to a port of this machine that was free a moment ago. */
export function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.on("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
