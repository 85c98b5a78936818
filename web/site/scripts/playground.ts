// The playground: the form on one side, what the interface makes of it on the other.
import { annotate, type Query, type Reply } from "./playground/api.ts";
import { countChanged, readForm, reset } from "./playground/form.ts";
import { renderList } from "./playground/list.ts";
import { renderMarked } from "./playground/marked.ts";
import { annotateOwn, isReady } from "./playground/own/client.ts";
import { makeEditor, renderTerms } from "./playground/own/editor.ts";
import { sample } from "./playground/sample.ts";
import { snippets } from "./playground/snippets.ts";
import { makeTabs } from "./playground/tabs.ts";

/** How long typing has to pause before the text is sent, in milliseconds. */
const pause = 350;

const get = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
const form = get<HTMLFormElement>("desk");
const source = get<HTMLTextAreaElement>("source");
const options = form.querySelector<HTMLElement>(".options")!;
const pick = get<HTMLSelectElement>("pick");
const status = get("status");
const [marked, terms, list, json, request] = [get("marked"), get("own-terms"), get("list"), get("json"), get("request")];
const language = get<HTMLFormElement>("language");
const show = makeTabs(document.querySelector<HTMLElement>("[role=tablist]")!);

let current: AbortController | undefined;
let timer = 0;
const editor = makeEditor(soon, pause);

async function run(): Promise<void> {
  current?.abort();
  const { signal } = (current = new AbortController());
  const query = readForm(form);
  const changed = countChanged(options);
  get("changed").textContent = changed ? `${changed} set` : "";
  showRequest(query);
  if (!query.text.trim()) return clear("Write or paste a text.");
  try {
    const own = editor.isOn();
    if (own && !isReady()) say("The engine is being loaded …");
    const reply = await (own ? annotateHere(query) : annotate(query, signal));
    if (signal.aborted) return;
    editor.showMistakes();
    marked.replaceChildren(renderMarked(query.text, query.html, reply.result, own));
    terms.replaceChildren(own ? renderTerms(reply.result) : "");
    list.replaceChildren(renderList(reply.result, own));
    json.textContent = JSON.stringify(JSON.parse(reply.json), null, 2);
    say(summary(reply));
    await window.postil?.refresh(marked);
  } catch (error) {
    if (signal.aborted) return;
    editor.showMistakes(error);
    clear(error instanceof Error ? error.message : String(error));
    status.classList.add("wrong");
  }
}

function clear(message: string): void {
  for (const view of [marked, terms, list, json]) view.replaceChildren();
  say(message);
}

function say(message: string): void {
  status.classList.remove("wrong");
  status.textContent = message;
}

/** The same in the page, with one's own glossary. */
async function annotateHere(query: Query): Promise<Reply> {
  const start = performance.now();
  const { result, compiling, annotating } = await annotateOwn(editor.text(), query);
  const stages: Reply["stages"] = [
    ["compile", compiling],
    ["annotate", annotating],
  ];
  return { result, json: JSON.stringify(result), stages, elapsed: performance.now() - start };
}

function showRequest(query: Query): void {
  const chosen = String(new FormData(language).get("language"));
  get("unsent").hidden = !editor.isOn();
  request.textContent = snippets[chosen]!(query);
}

function summary({ result, stages, elapsed }: Reply): string {
  const { annotations, terms } = result;
  const server = stages.map(([name, ms]) => `${name} ${ms.toFixed(2)}`).join(" · ");
  const counted = (count: number, one: string) => `${count} ${count == 1 ? one : one + "s"}`;
  const found = `${counted(annotations.length, "mention")} of ${counted(Object.keys(terms).length, "term")}`;
  return `${found} in ${elapsed.toFixed(0)} ms${server && `. ${editor.isOn() ? "In this page" : "On the server"}, in ms: ${server}`}`;
}

/** Points out the entry of an annotation in the list. */
function choose(index: string): void {
  document.querySelector(".found .chosen")?.classList.remove("chosen");
  get(`found-${index}`).classList.add("chosen");
}

async function take(path: string): Promise<void> {
  const page = await (await fetch(path)).text();
  const body = new RegExp("<article[^>]*>(.*?)</article>", "s").exec(page)?.[1] ?? page;
  source.value = body.trim();
  (form.elements.namedItem("format") as RadioNodeList).value = "html";
  await run();
}

function soon(delay: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void run(), delay);
}

form.addEventListener("input", (event) => {
  const field = event.target as HTMLInputElement;
  if (field.type == "range") field.nextElementSibling!.textContent = field.value;
  if (field != (pick as HTMLElement)) soon(field == (source as HTMLElement) ? pause : 0);
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", (event) => {
  event.preventDefault();
  reset(options);
  soon(0);
});
pick.addEventListener("change", () => {
  if (pick.value) void take(pick.value);
});
language.addEventListener("change", () => showRequest(readForm(form)));

/** Makes a button copy a text, and say so for a moment. */
function copies(name: string, text: () => string): void {
  const button = get(name);
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text());
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = label), 1500);
  });
}
copies("copy", () => request.textContent!);
copies("share", () => {
  const { text, html } = readForm(form);
  const shared = new URLSearchParams({ text, ...(html ? { format: "html" } : {}), ...(editor.isOn() ? { glossary: editor.text() } : {}) });
  return `${location.origin}${location.pathname}#${shared}`;
});
document.addEventListener("postil:open", ({ target }) => {
  if (target instanceof HTMLElement && target.dataset["found"]) choose(target.dataset["found"]);
});

// What someone shares is behind the #, which browsers do not send to the server.
const shared = new URLSearchParams(location.hash.slice(1));
source.value = shared.get("text") ?? sample;
if (shared.get("format") == "html") (form.elements.namedItem("format") as RadioNodeList).value = "html";
if (shared.has("glossary")) editor.use(shared.get("glossary")!);
show("tab-marked");
await run();
