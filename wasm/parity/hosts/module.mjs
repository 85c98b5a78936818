// The module as a JavaScript host calls it, with nothing between: what
// wasm/internal/abi/abi.go describes. It runs in Node and in a page.

/** A running module: its exports, and the memory that they work on. */
export class Module {
  #handle = 0;

  constructor(exports, memory) {
    this.exports = exports;
    this.memory = memory;
    if (exports.postil_abi() !== 1) throw new Error("the module speaks another version of the interface");
    this.described = exports.postil_result();
  }

  #put(...parts) {
    const at = this.exports.postil_alloc(parts.reduce((n, part) => n + part.length, 0));
    if (at === 0) throw new Error("the module has no room");
    let end = at >>> 0;
    for (const part of parts) {
      new Uint8Array(this.memory.buffer, end, part.length).set(part);
      end += part.length;
    }
    return at;
  }

  #result() {
    const [status, address, length] = new Uint32Array(this.memory.buffer, this.described, 3);
    return { failed: status !== 0, body: new Uint8Array(this.memory.buffer, address, length).slice() };
  }

  /** Opens an index in the place of the one that was open. */
  open(index) {
    if (this.#handle) this.exports.postil_close(this.#handle);
    this.#handle = this.exports.postil_open(this.#put(index), index.length);
    if (!this.#handle) throw new Error(new TextDecoder().decode(this.#result().body));
  }

  /** Closes the open index. */
  close() {
    this.exports.postil_close(this.#handle);
    this.#handle = 0;
  }

  ask(call, options, text) {
    const at = this.#put(options, text);
    this.exports[`postil_${call}`](call === "compile" ? 0 : this.#handle, at, options.length, text.length);
    const answer = this.#result();
    this.exports.postil_free(at);
    return answer;
  }
}

/** Asks all requests of a module and yields an answer to each, as a line. */
export async function* answers(module, requests, { read, decode, encode }) {
  let open;
  for (const { name, index, call, options = "", text = "" } of requests) {
    if (index && index !== open) module.open(await read((open = index)));
    const { failed, body } = module.ask(call, decode(options), decode(text));
    yield JSON.stringify({ name, failed, answer: encode(body) });
  }
}
