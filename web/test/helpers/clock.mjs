// Time under a test's control: the page's timers run as usual until a test
// stops the clock or turns it on.

/** Runs in the page before its own scripts. */
export function installClock() {
  const { setTimeout: later, clearTimeout: never, setInterval: every } = window;
  const waiting = new Map();
  let turned = 0;
  let stopped;
  let last = 1e6;
  const now = () => (stopped ?? performance.now()) + turned;
  const run = () => {
    const due = [...waiting].filter(([, { at }]) => at <= now()).sort(([, a], [, b]) => a.at - b.at);
    for (const [id, { task, rest }] of due) if (waiting.delete(id)) task(...rest);
  };
  every(run, 4);
  window.setTimeout = (task, delay = 0, ...rest) => {
    waiting.set(++last, { task, rest, at: now() + delay });
    return last;
  };
  window.clearTimeout = (id) => void (waiting.delete(id) || never(id));
  window.clock = {
    /** Lets time pass at once, in steps, so that timers may set timers. */
    async pass(milliseconds) {
      for (let left = milliseconds; left > 0; left -= 50) {
        turned += Math.min(50, left);
        run();
        await new Promise((done) => later(done));
      }
    },
    stop: () => void (stopped ??= performance.now()),
    start() {
      turned -= performance.now() - stopped;
      stopped = undefined;
    },
  };
}

/** Lets milliseconds pass at once in a page that was opened with `clock: true`. */
export const pass = (page, milliseconds) => page.evaluate((ms) => window.clock.pass(ms), milliseconds);

/** Stops a page's clock, so that only `pass` moves it. */
export const stopClock = (page) => page.evaluate(() => window.clock.stop());

/** Lets a page's clock go on by itself. */
export const startClock = (page) => page.evaluate(() => window.clock.start());
