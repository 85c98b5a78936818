// What a page's main thread did, from Chromium's own trace.

const categories = ["devtools.timeline", "toplevel", "disabled-by-default-devtools.timeline"];

/** Runs something and returns the trace events of the page's main thread meanwhile. */
export async function trace(client, run) {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  client.on("Tracing.dataCollected", collect);
  await client.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: categories } });
  const result = await run();
  const complete = new Promise((done) => client.once("Tracing.tracingComplete", done));
  await client.send("Tracing.end");
  await complete;
  client.off("Tracing.dataCollected", collect);
  const counts = new Map();
  const scripting = events.filter(({ name }) => name == "FunctionCall" || name == "EvaluateScript" || name == "RunMicrotasks");
  for (const { pid, tid } of scripting) counts.set(`${pid} ${tid}`, (counts.get(`${pid} ${tid}`) ?? 0) + 1);
  const [main] = [...counts].sort((a, b) => b[1] - a[1])[0];
  return { result, events: events.filter(({ pid, tid, ph }) => `${pid} ${tid}` == main && ph == "X") };
}

/** The tasks that are not part of another: the trace shows some twice, as two layers of the scheduler see them. */
function outermost(events) {
  const tasks = events.filter(({ name }) => /RunTask$/.test(name)).sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  let end = 0;
  return tasks.filter(({ ts, dur }) => {
    if (ts < end) return false;
    end = ts + dur;
    return true;
  });
}

/**
 * Figures of a trace, in milliseconds: all tasks, the longest, and layouts that
 * a script waited for. The processor's own time leaves out the turns that other
 * programs of the machine took meanwhile.
 */
export function figures(events) {
  const tasks = outermost(events);
  const scripts = events.filter(({ name }) => name == "FunctionCall" || name == "EvaluateScript" || name == "RunMicrotasks");
  const layouts = events.filter(({ name }) => name == "Layout");
  const isInside = (event, outer) => event.ts >= outer.ts && event.ts + event.dur <= outer.ts + outer.dur;
  const milliseconds = tasks.map(({ dur }) => dur / 1000);
  return {
    total: milliseconds.reduce((sum, n) => sum + n, 0),
    longest: Math.max(0, ...milliseconds),
    processor: Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000)),
    long: milliseconds.filter((n) => n > 50).length,
    forced: layouts.filter((layout) => scripts.some((script) => isInside(layout, script))).length,
  };
}

/** The longest tasks with what they were spent on, to see what is to be mended. */
export function longest(events, count = 4) {
  const tasks = outermost(events).sort((a, b) => b.dur - a.dur).slice(0, count);
  return tasks.map((task) => {
    const inside = events.filter(({ ts, dur, name }) => name != task.name && ts >= task.ts && ts + dur <= task.ts + task.dur && dur > 2000);
    return { task: task.dur / 1000, parts: inside.map(({ name, dur }) => `${name} ${Math.round(dur / 1000)}`) };
  });
}
