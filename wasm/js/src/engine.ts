import { glossaryOf, kindOf } from "./arguments.ts";
import { errorOf, PostilError } from "./errors.ts";
import { Postil } from "./postil.ts";
import { Program } from "./program.ts";
import type { Glossary } from "./types.ts";

/** An instance of the module, which opens any number of indexes. */
export class Engine {
  #program: Program;

  private constructor(program: Program) {
    this.#program = program;
  }

  /** Instantiates a compiled module. */
  static async instantiate(module: WebAssembly.Module): Promise<Engine> {
    const program = new Program();
    return Engine.#start(program, await instance(() => WebAssembly.instantiate(module, program.imports)));
  }

  /** The same at once, where the platform allows it: everywhere but on the main thread of a browser. */
  static instantiateSync(module: WebAssembly.Module): Engine {
    const program = new Program();
    try {
      return Engine.#start(program, new WebAssembly.Instance(module, program.imports));
    } catch (error) {
      throw instanceError(error);
    }
  }

  static #start(program: Program, instance: WebAssembly.Instance): Engine {
    program.start(instance);
    return new Engine(program);
  }

  /** Opens an index; its bytes are copied. */
  open(index: BufferSource): Postil {
    const handle = this.#program.open(bytesOf(index));
    return Postil.of(this.#program, handle, () => this.#close(handle));
  }

  /** Opens an index that has the instance to itself: disposing of it disposes of both. */
  openOnly(index: BufferSource): Postil {
    try {
      return Postil.of(this.#program, this.#program.open(bytesOf(index)), () => this.dispose());
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** Makes an index of a glossary. */
  compile(glossary: Glossary): Uint8Array<ArrayBuffer> {
    return this.#program.bytes("compile", 0, "", glossaryOf(glossary));
  }

  /** Size of the module's memory in bytes. */
  get memory(): number {
    return this.#program.memory;
  }

  /** Gives everything back, open indexes too. Later calls throw a DisposedError. */
  dispose(): void {
    this.#program.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #close(handle: number): void {
    try {
      this.#program.close(handle);
    } catch (error) {
      // With the instance, the index is gone as well.
      if (!(error instanceof PostilError)) throw error;
    }
  }
}

async function instance(run: () => Promise<WebAssembly.Instance>): Promise<WebAssembly.Instance> {
  try {
    return await run();
  } catch (error) {
    throw instanceError(error);
  }
}

function instanceError(error: unknown): unknown {
  if (error instanceof PostilError) return error;
  if (error instanceof RangeError) return errorOf("out-of-memory", "there is no memory for an instance", { cause: error });
  return errorOf("bad-module", "the module cannot be instantiated", { cause: error });
}

/** Whether these are bytes, also those of another page or context. */
export const areBytes = (from: unknown): from is BufferSource => kindOf(from) == "ArrayBuffer" || ArrayBuffer.isView(from);

export function bytesOf(source: BufferSource): Uint8Array<ArrayBuffer> {
  if (!areBytes(source)) throw errorOf("bad-option", `want the bytes of an index, got ${kindOf(source)}`);
  return ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
}
