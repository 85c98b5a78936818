import wasmExec, { type Go } from "wasm-exec";
import { restore } from "../../../worker/edge/restore.mjs";
import { errorOf, type Cause, type Code, type PostilError } from "./errors.ts";

/** The version of the module's interface, which is described in wasm/internal/abi/abi.go. */
const ABI = 1;

/** The module's functions that are all asked in one way. */
export type Call =
  | "annotate"
  | "annotate_numbers"
  | "cards"
  | "annotate_html"
  | "mark_html"
  | "search"
  | "suggest"
  | "mentions"
  | "related"
  | "article"
  | "term"
  | "terms"
  | "info"
  | "verify"
  | "compile";

type Asked = (index: number, buffer: number, options: number, text: number) => number;

type Exports = Record<`postil_${Call}`, Asked> & {
  mem: WebAssembly.Memory;
  postil_abi(): number;
  postil_alloc(size: number): number;
  postil_free(buffer: number): number;
  postil_open(buffer: number, size: number): number;
  postil_close(index: number): number;
  postil_result(): number;
};

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Size of the buffer that is kept from call to call, in bytes. */
const KEPT = 256 << 10;
/** Texts up to this many UTF-16 units are encoded right into the module's memory. */
const DIRECT = 1 << 20;

/**
 * A running Go program. It knows no more of the globals than the object that it
 * is given, so that many programs share a page without seeing each other.
 */
export class Program {
  #go: Go | undefined;
  #globals: object;
  #exports: Exports | undefined;
  #result = 0;
  #buffer = 0;
  #size = 0;
  #end: PostilError | undefined;
  #log = "";

  constructor() {
    this.#globals = globals((text) => this.#say(text));
    this.#go = new (wasmExec(this.#globals))();
    this.#go.exit = (code) => this.#die(`the module exited with code ${code}`);
  }

  /** What the module must be instantiated with; then start() it. Not kept, since it holds the instance. */
  get imports(): WebAssembly.Imports {
    return this.#go!.importObject;
  }

  start(instance: WebAssembly.Instance): void {
    const exports = instance.exports as unknown as Exports;
    if (typeof exports.postil_abi != "function") throw errorOf("bad-module", "this is no module of Postil");
    // Its promise is of no use but for a trap: exit() tells of the end before.
    this.#go!.run(instance).catch((cause) => this.#die("the module trapped", cause));
    if (this.#end) throw this.#end;
    restore(this.#go!, instance, this.#globals);
    this.#exports = exports;
    const version = this.#guard(() => exports.postil_abi());
    if (version != ABI) {
      throw errorOf("module-version", `the module has version ${version} of the interface, this package version ${ABI}: take both from one release`);
    }
    this.#result = this.#guard(() => exports.postil_result());
  }

  /** Size of the module's memory in bytes. It only grows, until dispose(). */
  get memory(): number {
    return this.#exports?.mem.buffer.byteLength ?? 0;
  }

  /** Opens an index and returns its handle. The bytes are copied. */
  open(index: Uint8Array): number {
    return this.#guard((exports) => {
      const buffer = exports.postil_alloc(index.length);
      if (!buffer) throw errorOf("bad-index", `an index of ${index.length} bytes is too large`);
      new Uint8Array(exports.mem.buffer, buffer, index.length).set(index);
      const handle = exports.postil_open(buffer, index.length);
      if (!handle) throw this.#error();
      return handle;
    });
  }

  close(handle: number): void {
    this.#guard((exports) => {
      if (exports.postil_close(handle)) throw this.#error();
    });
  }

  /** Makes a call, its options as JSON or nothing, and returns the text of its result. */
  text(name: Call, handle: number, options: string, text: string): string {
    return this.#call(name, handle, options, text, (result) => decoder.decode(result));
  }

  /** Makes a call and returns the bytes of its result. */
  bytes(name: Call, handle: number, options: string, text: string): Uint8Array<ArrayBuffer> {
    return this.#call(name, handle, options, text, (result) => result.slice());
  }

  /** Lets go of everything; all later calls fail. */
  dispose(): void {
    this.#end ??= errorOf("disposed", "the instance was disposed of");
    this.#free();
  }

  #call<T>(name: Call, handle: number, options: string, text: string, read: (result: Uint8Array<ArrayBuffer>) => T): T {
    return this.#guard((exports) => {
      const [optionsLength, textLength] = this.#write(exports, options, text);
      const status = exports[`postil_${name}`](handle, this.#buffer, optionsLength, textLength);
      if (this.#end) throw this.#end;
      if (status) throw this.#error();
      const value = read(this.#answer(exports));
      if (this.#size > KEPT) this.#reserve(exports, 0);
      return value;
    });
  }

  /** Writes options and text into the buffer and returns their lengths in bytes. */
  #write(exports: Exports, options: string, text: string): [number, number] {
    const long = text.length > DIRECT ? encoder.encode(text) : undefined;
    this.#reserve(exports, 3 * options.length + (long?.length ?? 3 * text.length));
    const memory = new Uint8Array(exports.mem.buffer, this.#buffer, this.#size);
    const optionsLength = encoder.encodeInto(options, memory).written;
    const rest = memory.subarray(optionsLength);
    if (!long) return [optionsLength, encoder.encodeInto(text, rest).written];
    rest.set(long);
    return [optionsLength, long.length];
  }

  /** Sees to it that the buffer has so many bytes. */
  #reserve(exports: Exports, size: number): void {
    if (this.#buffer && size && size <= this.#size) return;
    if (this.#buffer) exports.postil_free(this.#buffer);
    this.#size = Math.max(size, KEPT);
    this.#buffer = exports.postil_alloc(this.#size);
    if (!this.#buffer) throw errorOf("bad-text", "the text is too long");
  }

  #answer(exports: Exports): Uint8Array<ArrayBuffer> {
    const memory = exports.mem.buffer as ArrayBuffer;
    const [, address, length] = new Uint32Array(memory, this.#result, 3) as unknown as [number, number, number];
    return new Uint8Array(memory, address, length);
  }

  #error(): PostilError {
    // The option has this name here. What stands in quotes is someone else's.
    const said = decoder.decode(this.#answer(this.#exports!)).replace(/([^\\]"\/?|, )min_score/g, "$1minScore");
    const { code, detail, errors } = JSON.parse(said) as { code: Code; detail: string; errors?: Cause[] };
    return errorOf(code, detail, { causes: errors ?? [] });
  }

  /** Runs what calls the module, and tells its errors from its end. */
  #guard<T>(run: (exports: Exports) => T): T {
    if (this.#end || !this.#exports) throw this.#end ?? errorOf("disposed", "the instance was never started");
    try {
      return run(this.#exports);
    } catch (error) {
      if (isPostilError(error)) throw error;
      this.#die("the module trapped", error);
      throw this.#end;
    }
  }

  #die(reason: string, cause?: unknown): void {
    const said = this.#log.trim().split("\n", 1)[0];
    const message = said ? `${reason}: ${said}` : reason;
    const full = /out of memory|cannot allocate memory/i.test(`${this.#log} ${String(cause)}`);
    this.#end ??= errorOf(full ? "out-of-memory" : "crashed", message, { cause });
    this.#free();
  }

  #free(): void {
    for (const timeout of this.#go?._scheduledTimeouts.values() ?? []) clearTimeout(timeout);
    this.#go = this.#exports = undefined;
  }

  /** Keeps the beginning of what the runtime writes: its last words. */
  #say(text: string): void {
    if (this.#log.length < 4096) this.#log += text;
  }
}

const isPostilError = (error: unknown): error is PostilError => error instanceof Error && "causes" in error;

/** The globals that a Go program sees. */
function globals(say: (text: string) => void): object {
  const none = () => -1;
  return {
    Object,
    Array,
    Uint8Array,
    Date,
    TextEncoder,
    TextDecoder,
    crypto,
    performance,
    fs: {
      constants: { O_WRONLY: -1, O_RDWR: -1, O_CREAT: -1, O_TRUNC: -1, O_APPEND: -1, O_EXCL: -1, O_DIRECTORY: -1 },
      writeSync: (_file: number, bytes: Uint8Array) => (say(decoder.decode(bytes)), bytes.length),
    },
    process: { pid: -1, ppid: -1, getuid: none, cwd: none },
    path: { resolve: none },
  };
}
