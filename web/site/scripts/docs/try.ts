import { createClient, type PathOf } from "../../../client/client.ts";

const { send } = createClient();

/** Answers longer than this, in characters, are shown in part. */
const longest = 20_000;

/** Sends what a form says to the interface, and shows the answer below it. */
export function tryOut(form: HTMLFormElement): void {
  const status = form.querySelector<HTMLElement>("[role=status]")!;
  const shown = form.querySelector<HTMLElement>("pre")!;
  let current: AbortController | undefined;

  const clear = () => {
    current?.abort();
    status.textContent = "";
    status.classList.remove("wrong");
    shown.hidden = true;
  };
  const run = async () => {
    clear();
    const { signal } = (current = new AbortController());
    status.textContent = "…";
    try {
      const start = performance.now();
      const response = await request(form, signal);
      const text = await response.text();
      status.textContent = `${response.status} ${response.statusText} in ${(performance.now() - start).toFixed(0)} ms, ${response.headers.get("content-type") ?? "no body"}`;
      status.classList.toggle("wrong", !response.ok);
      shown.firstElementChild!.textContent = readable(text);
      shown.hidden = !text;
    } catch (error) {
      if (signal.aborted) return;
      status.textContent = error instanceof Error ? error.message : String(error);
      status.classList.add("wrong");
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run();
  });
  form.addEventListener("reset", clear);
}

/** Makes the request. Its path is one of the description's, from which the page was made. */
function request(form: HTMLFormElement, signal: AbortSignal): Promise<Response> {
  const path: Record<string, string> = {};
  const query: Record<string, string> = {};
  const said = new FormData(form);
  for (const [name, value] of said) {
    const [where, parameter] = name.split(":");
    if (parameter && value) (where == "path" ? path : query)[parameter] = String(value);
  }
  const ask = { path, query, accept: String(said.get("accept") ?? "*/*"), signal } as object;
  if (form.dataset["method"] == "get") return send("get", form.dataset["path"] as PathOf<"get">, ask);
  return send("post", form.dataset["path"] as "/v1/annotate", ask, { type: said.get("type") as "text/plain", body: String(said.get("body")) });
}

function readable(text: string): string {
  let out = text;
  try {
    out = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Not JSON: as it is.
  }
  return out.length > longest ? `${out.slice(0, longest)}\n… ${out.length - longest} characters more` : out;
}
