import { annotateOptions } from "../../../../embed/wanted.ts";
import type { GlossaryTerm } from "../../../../../wasm/js/src/types.ts";
import type { Query } from "../api.ts";
import type { Annotated, Mistake, Question, Reply } from "./messages.ts";

/** Address of the Worker's script; set by the build. */
declare const WORKER: string;

/** The glossary has mistakes. */
export class GlossaryMistakes extends Error {
  readonly mistakes: Mistake[];
  constructor(mistakes: Mistake[]) {
    super(mistakes.length == 1 ? "The glossary has a mistake." : `The glossary has ${mistakes.length} mistakes.`);
    this.mistakes = mistakes;
  }
}

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): string };
}

const waiting = new Map<number, Waiting>();
let worker: Worker | undefined;
let policy: { createScriptURL(address: string): string } | undefined;
let isLoaded = false;
let last = 0;

/** Whether the engine has answered and not failed since. */
export const isReady = () => isLoaded;

/** Annotates in the page, with a glossary as it was written. */
export async function annotateOwn(glossary: string, query: Query): Promise<Annotated> {
  const { text, html, options } = query;
  const reply = await ask({ id: ++last, annotate: { glossary, text, html, options: annotateOptions(options) } });
  if ("annotated" in reply) return reply.annotated;
  throw errorOf(reply);
}

/** Returns the glossary with a term more. */
export async function addTerm(glossary: string, term: GlossaryTerm): Promise<string> {
  const reply = await ask({ id: ++last, add: { glossary, term } });
  if ("glossary" in reply) return reply.glossary;
  throw errorOf(reply);
}

function errorOf(reply: Reply): Error {
  return "mistakes" in reply ? new GlossaryMistakes(reply.mistakes) : new Error("failure" in reply ? reply.failure : "");
}

function ask(question: Question): Promise<Reply> {
  worker ??= start();
  return new Promise((resolve, reject) => {
    waiting.set(question.id, { resolve, reject });
    worker!.postMessage(question);
  });
}

function start(): Worker {
  // The page's policy lets a Worker's address pass only by a policy of this name, and lets it be made once.
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  policy ??= trustedTypes?.createPolicy("playground", { createScriptURL: () => WORKER });
  const started = new Worker(policy?.createScriptURL("") ?? WORKER, { type: "module", name: "glossary" });
  started.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
    isLoaded = !("failure" in data);
    waiting.get(data.id)?.resolve(data);
    waiting.delete(data.id);
  });
  started.addEventListener("error", () => {
    // It may not even have begun: the next question starts another one.
    started.terminate();
    worker = undefined;
    isLoaded = false;
    for (const { reject } of waiting.values()) reject(new Error("The engine cannot be started in this page."));
    waiting.clear();
  });
  return started;
}
