// Makes modules that fail, out of one that works.

/** Reads an unsigned LEB128 number; returns it and the place behind it. */
function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

function leb(value) {
  const out = [];
  do {
    out.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value >>>= 7;
  } while (value);
  return out;
}

function* sections(bytes) {
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at];
    const [size, body] = number(bytes, at + 1);
    yield { id, start: at, body, end: body + size };
    at = body + size;
  }
}

const section = (bytes, id) => [...sections(bytes)].find((s) => s.id == id);

/** Index of an exported function. */
function exported(bytes, name) {
  let [count, at] = number(bytes, section(bytes, 7).body);
  while (count--) {
    let length, kind, index;
    [length, at] = number(bytes, at);
    const found = new TextDecoder().decode(bytes.subarray(at, at + length));
    kind = bytes[(at += length)];
    [index, at] = number(bytes, at + 1);
    if (kind == 0 && found == name) return index;
  }
  throw new Error(`no export ${name}`);
}

/** Number of imports; all of them are functions. */
const imports = (bytes) => number(bytes, section(bytes, 2).body)[0];

/** Makes an exported function end with the given instructions at once. */
function rewritten(bytes, name, instructions) {
  const out = bytes.slice();
  let skip = exported(bytes, name) - imports(bytes);
  let [, at] = number(out, section(out, 10).body);
  for (let size; ; at += size) {
    [size, at] = number(out, at);
    if (skip-- > 0) continue;
    out.fill(1, at, at + size - 1); // nop
    out.set([0, ...instructions], at); // no locals
    return out;
  }
}

/** A module that traps in a function. */
export const trapping = (bytes, name) => rewritten(bytes, name, [0x00]);

/** A module whose function returns a number, below 64. */
export const returning = (bytes, name, value) => rewritten(bytes, name, [0x41, value, 0x0f]);

/** A module whose memory cannot grow beyond some MB. */
export function limited(bytes, megabytes) {
  const { start, body, end } = section(bytes, 5);
  const [, at] = number(bytes, body); // one memory
  const [least] = number(bytes, at + 1);
  const limits = [1, 1, ...leb(least), ...leb(megabytes * 16)];
  const parts = [bytes.subarray(0, start), Uint8Array.of(5, ...leb(limits.length), ...limits), bytes.subarray(end)];
  return new Uint8Array(Buffer.concat(parts));
}
