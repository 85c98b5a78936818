// Bodies, which are read before the program hears of a request: each within a time that
// follows how much has come, and all at once within a bound of bytes, so that who sends
// slowly, or much, takes no place from others.

/** How many bytes of bodies are held at most; the last quarter is for those that are small. As in load.go. */
const MOST = 32 << 20;

/** What a body counts at least, and up to which size it is small. */
const SMALL = 16 << 10;

/** How many bytes a millisecond are never too slow: 64 kbit/s. */
const LEAST_RATE = 8;

/** How much of a refused body is taken from the client, which then hears why; as in body.go. */
const MAX_DRAINED = 16 << 20;

let held = 0;

/** A body that is not read to its end: for want of time or, without a status, of room. */
export class Refused extends Error {
  constructor(status, title, detail) {
    super(detail);
    Object.assign(this, { status, title });
  }
}

/** The body of one request, which counts until it is released. */
export class Body {
  #request;
  #reader;
  #counts = 0;
  #got = 0;

  constructor(request) {
    this.#request = request;
  }

  /** All of it, of one that is longer than most no more than a byte too much. */
  async read(most, time, longest) {
    if (this.#request.body === null) return new Uint8Array();
    const late = timer(() => Math.min(time + this.#got / LEAST_RATE, longest));
    try {
      return await Promise.race([this.#bytes(most), late.passed]);
    } catch (error) {
      if (error instanceof Refused) throw error;
      throw new Refused(400, "Bad Request", "the body ends before its declared length");
    } finally {
      late.stop();
      this.#reader?.cancel().catch(() => {});
    }
  }

  release() {
    held -= this.#counts;
    this.#counts = 0;
  }

  async #bytes(most) {
    const declared = Number(this.#request.headers.get("Content-Length") ?? NaN);
    const drained = Math.max(MAX_DRAINED, most);
    if (declared > drained) return new Uint8Array();
    this.#hold(SMALL);
    if (declared <= Math.min(most, SMALL)) return new Uint8Array(await this.#request.arrayBuffer());
    this.#reader = this.#request.body.getReader({ mode: "byob" });
    return this.#parts(Math.min(most, declared >= 0 ? declared : most) + 1, drained);
  }

  /**
   * As many bytes as given, the rest up to another bound is drained: in a buffer that grows
   * with what has come, since what is declared may never come.
   */
  async #parts(most, drained) {
    let buffer = new ArrayBuffer(SMALL);
    let scratch = new ArrayBuffer(SMALL);
    for (let all = 0; all <= drained; ) {
      if (this.#got === buffer.byteLength && this.#got < most) {
        const size = 4 * this.#got < most - 1 ? 4 * this.#got : most;
        this.#hold(size - this.#got);
        buffer = buffer.transfer(size);
      }
      const full = this.#got === most;
      const { done, value } = await this.#reader.read(full ? new Uint8Array(scratch) : new Uint8Array(buffer, this.#got));
      if (full) scratch = value?.buffer;
      else buffer = value?.buffer;
      if (done) break;
      all += value.length;
      if (!full) this.#got += value.length;
    }
    return new Uint8Array(buffer, 0, this.#got);
  }

  #hold(bytes) {
    const small = this.#counts + bytes <= SMALL;
    if (held + bytes > (small ? MOST : MOST * 0.75)) throw new Refused();
    held += bytes;
    this.#counts += bytes;
  }
}

/** A promise that is rejected once more than the allowed time has passed, which may become longer. */
function timer(allowed) {
  const start = Date.now();
  let next;
  const passed = new Promise((_, reject) => {
    const look = () => {
      const left = start + allowed() - Date.now();
      if (left > 0) next = setTimeout(look, left);
      else reject(new Refused(408, "Request Timeout", "the body did not come in time: send it again, or in parts"));
    };
    look();
  });
  return { passed, stop: () => clearTimeout(next) };
}
