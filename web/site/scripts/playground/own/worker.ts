// The Worker of the playground's own glossary: it reads, compiles and
// annotates, so that the page stays quick while someone types.
import { stringify } from "yaml";
import { loadEngine, PostilError, type Engine, type Glossary, type GlossaryTerm, type Postil } from "../../../../../wasm/js/src/index.ts";
import type { Adding, Annotated, Annotating, Mistake, Question, Reply } from "./messages.ts";
import { Written } from "./place.ts";

/** Address of the module, relative to this file; set by the build. */
declare const WASM: string;

const scope = globalThis as unknown as { postMessage(reply: Reply): void; addEventListener(type: "message", listen: (event: MessageEvent<Question>) => void): void };

/** What a glossary cannot be compiled for. */
class MistakesError extends Error {
  readonly mistakes: Mistake[];
  constructor(mistakes: Mistake[]) {
    super(mistakes[0]?.message);
    this.mistakes = mistakes;
  }
}

let engine: Promise<Engine> | undefined;
let opened: { glossary: string; postil: Postil } | undefined;

async function annotate({ glossary, text, html, options }: Annotating): Promise<Annotated> {
  const running = await (engine ??= loadEngine({ wasm: new URL(WASM, import.meta.url) }));
  const began = performance.now();
  const postil = open(running, glossary);
  const compiled = performance.now();
  const result = postil.annotate(html ? { html: text } : text, options);
  return { result, compiling: compiled - began, annotating: performance.now() - compiled };
}

/** Compiles a glossary, unless it is the one that is open. */
function open(running: Engine, glossary: string): Postil {
  if (opened?.glossary == glossary) return opened.postil;
  const postil = running.open(compile(running, glossary));
  opened?.postil.dispose();
  opened = { glossary, postil };
  return postil;
}

function compile(running: Engine, glossary: string): Uint8Array<ArrayBuffer> {
  const written = new Written(glossary);
  if (written.mistakes.length) throw new MistakesError(written.mistakes);
  const value: unknown = written.document.toJS() ?? [];
  if (typeof value != "object") throw new MistakesError([written.at("want a list of terms, or an object with the member terms", "")]);
  try {
    return running.compile((Array.isArray(value) ? { terms: value } : value) as Glossary);
  } catch (error) {
    if (!(error instanceof PostilError) || error.code != "bad-glossary") throw error;
    const unknown = /unknown field "(.*)"/.exec(error.message)?.[1];
    if (unknown) throw new MistakesError([written.atMember(`a term has no member "${unknown}"`, unknown)]);
    const causes = error.causes.length ? error.causes : [{ detail: error.message, pointer: "" }];
    throw new MistakesError(causes.map(({ detail, pointer }) => written.at(detail, pointer)));
  }
}

/** Writes a term behind the others; what is there keeps its form and its comments. */
function add({ glossary, term }: Adding): string {
  const { document, mistakes } = new Written(glossary);
  if (mistakes.length) throw new MistakesError(mistakes);
  const node = document.createNode(term) as unknown as GlossaryTerm;
  if (document.contents === null) return stringify({ language: "en", terms: [term] });
  if (Array.isArray(document.toJS())) document.add(node as never);
  else if (document.has("terms")) document.addIn(["terms"], node);
  else document.set("terms", [term]);
  return document.toString();
}

async function answer(question: Question): Promise<Reply> {
  const { id } = question;
  try {
    return "add" in question ? { id, glossary: add(question.add) } : { id, annotated: await annotate(question.annotate) };
  } catch (error) {
    if (error instanceof MistakesError) return { id, mistakes: error.mistakes };
    // An instance that has ended, or never began, is no use to the next question.
    if (error instanceof PostilError && /^(crashed|out-of-memory|disposed|blocked|fetch-failed|bad-module)$/.test(error.code)) engine = opened = undefined;
    return { id, failure: error instanceof Error ? error.message : String(error) };
  }
}

// One after the other: what is open is not closed under another's hands.
let last: Promise<unknown> = Promise.resolve();
scope.addEventListener("message", ({ data }) => {
  last = last.then(async () => scope.postMessage(await answer(data)));
});
