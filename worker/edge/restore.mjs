// Goes on with a program that was started when it was built: its memory is there,
// and what it knows of JavaScript's objects is found again. See slim/snapshot.go.

/**
 * What go.run() takes for the program's instance: itself, if it has yet to start.
 * Otherwise run(), which go.run() calls last, does not begin the program but gives
 * go what a start would have, and the program random numbers of its own.
 */
export function restored(go, module, instance, scope = globalThis) {
  const [section] = WebAssembly.Module.customSections(module, "postil.snapshot");
  if (!section) return instance;
  const { values, counts, binding } = JSON.parse(new TextDecoder().decode(section));
  const run = () => {
    values.forEach((how, i) => {
      const value = typeof how === "number" ? go._makeFuncWrapper(how) : how.reduce((object, name) => object[name], scope);
      go._ids.set(value, go._values.length);
      go._values.push(value);
      go._goRefCounts.push(counts[i]);
    });
    for (const [name, id] of Object.entries(binding)) scope.context.binding[name] = go._values[id];
    instance.exports.postil_reseed();
  };
  return Object.create(WebAssembly.Instance.prototype, { exports: { value: { ...instance.exports, run } } });
}
