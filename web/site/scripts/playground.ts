// The playground: the form on one side, what the interface makes of it on the other.
import { annotate, curl, type Reply } from "./playground/api.ts";
import { countChanged, readForm, reset } from "./playground/form.ts";
import { renderList } from "./playground/list.ts";
import { renderMarked } from "./playground/marked.ts";
import { sample } from "./playground/sample.ts";
import { makeTabs } from "./playground/tabs.ts";

/** How long typing has to pause before the text is sent, in milliseconds. */
const pause = 350;

const get = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
const form = get<HTMLFormElement>("desk");
const source = get<HTMLTextAreaElement>("source");
const options = form.querySelector<HTMLElement>(".options")!;
const pick = get<HTMLSelectElement>("pick");
const status = get("status");
const [marked, list, json, request] = [get("marked"), get("list"), get("json"), get("request")];
const show = makeTabs(document.querySelector<HTMLElement>("[role=tablist]")!);

let current: AbortController | undefined;
let timer = 0;

async function run(): Promise<void> {
  current?.abort();
  const { signal } = (current = new AbortController());
  const query = readForm(form);
  const changed = countChanged(options);
  get("changed").textContent = changed ? `${changed} set` : "";
  request.textContent = curl(query);
  if (!query.text.trim()) return clear("Write or paste a text.");
  try {
    const reply = await annotate(query, signal);
    marked.replaceChildren(renderMarked(query.text, query.html, reply.result));
    list.replaceChildren(renderList(reply.result));
    json.textContent = JSON.stringify(JSON.parse(reply.json), null, 2);
    status.textContent = summary(reply);
    status.classList.remove("wrong");
    await window.postil?.refresh(marked);
  } catch (error) {
    if (signal.aborted) return;
    clear(error instanceof Error ? error.message : String(error));
    status.classList.add("wrong");
  }
}

function clear(message: string): void {
  for (const view of [marked, list, json]) view.replaceChildren();
  status.classList.remove("wrong");
  status.textContent = message;
}

function summary({ result, stages, elapsed }: Reply): string {
  const { annotations, terms } = result;
  const server = stages.map(([name, ms]) => `${name} ${ms.toFixed(2)}`).join(" · ");
  const found = `${annotations.length} ${annotations.length == 1 ? "mention" : "mentions"} of ${Object.keys(terms).length} terms`;
  return `${found} in ${elapsed.toFixed(0)} ms${server && `. On the server, in ms: ${server}`}`;
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
get("copy").addEventListener("click", async ({ currentTarget }) => {
  const button = currentTarget as HTMLElement;
  await navigator.clipboard.writeText(request.textContent!);
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy"), 1500);
});
document.addEventListener("postil:open", ({ target }) => {
  if (target instanceof HTMLElement && target.dataset["found"]) choose(target.dataset["found"]);
});

source.value = new URLSearchParams(location.hash.slice(1)).get("text") ?? sample;
show("tab-marked");
await run();
