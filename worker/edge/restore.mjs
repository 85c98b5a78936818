// Goes on with a program that was started when it was built: its memory is there,
// and what it knows of JavaScript's objects is found again. See slim/snapshot.go.

/** Where the memory says what the program knows, after its length; as in snapshot.go. */
const KNOWN_AT = 8192;

/**
 * What go.run() takes for the program's instance: itself, if it has yet to start.
 * Otherwise run(), which go.run() calls last, does not begin the program but gives
 * go what a start would have, and the program random numbers of its own.
 */
export function restored(go, instance, scope = globalThis) {
  const memory = instance.exports.mem.buffer;
  const [length] = new Uint32Array(memory, KNOWN_AT, 1);
  if (length === 0) return instance;
  const { values, counts, binding } = JSON.parse(new TextDecoder().decode(new Uint8Array(memory, KNOWN_AT + 4, length)));
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
