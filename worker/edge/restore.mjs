// Goes on with a program that was started when it was built: its memory is there,
// and what it knows of JavaScript's objects is found again. See slim/snapshot.go.

/** Where the memory says what the program knows, after its length; as in snapshot.go. */
const KNOWN_AT = 8192;

/**
 * Gives go, after go.run(instance), what a start would have. A program that was not
 * started when it was built has done so by now, and is left alone.
 */
export function restore(go, instance, scope = globalThis) {
  const memory = instance.exports.mem.buffer;
  const [length] = new Uint32Array(memory, KNOWN_AT, 1);
  if (length === 0) return;
  const { values, counts, binding } = JSON.parse(new TextDecoder().decode(new Uint8Array(memory, KNOWN_AT + 4, length)));
  values.forEach((how, i) => {
    const value = typeof how === "number" ? go._makeFuncWrapper(how) : how.reduce((object, name) => object[name], scope);
    go._ids.set(value, go._values.length);
    go._values.push(value);
    go._goRefCounts.push(counts[i]);
  });
  for (const [name, id] of Object.entries(binding)) scope.context.binding[name] = go._values[id];
}
