// The interface's page: examples in the reader's language and with this host's
// address, to copy and to try.
import { makeTabs } from "./playground/tabs.ts";
import { tryOut } from "./docs/try.ts";

const written = "http://localhost:8787";

const lists = [...document.querySelectorAll<HTMLElement>(".samples [role=tablist]")];
const show = new Map(lists.map((list) => [list, makeTabs(list)]));

/** One choice of a language holds for all examples. */
function choose(language: string, chosen: HTMLElement): void {
  for (const [list, open] of show) {
    const tab = list.querySelector(`[data-language="${language}"]`);
    if (list != chosen && tab) open(tab.id);
  }
}

for (const list of lists) {
  const follow = () => {
    const language = list.querySelector<HTMLElement>("[aria-selected=true]")?.dataset["language"];
    const before = list.getBoundingClientRect().top;
    if (language) choose(language, list);
    // Examples above have other heights now: the reader's place stays.
    scrollBy({ top: list.getBoundingClientRect().top - before, behavior: "instant" });
  };
  list.addEventListener("click", follow);
  list.addEventListener("keydown", follow);
}

for (const sample of document.querySelectorAll<HTMLElement>(".samples")) {
  for (const code of sample.querySelectorAll("code")) code.textContent = code.textContent!.replaceAll(written, location.origin);
  const copy = sample.querySelector<HTMLElement>(".copy")!;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(sample.querySelector("[role=tabpanel]:not([hidden])")!.textContent!);
    copy.textContent = "Copied";
    setTimeout(() => (copy.textContent = "Copy"), 1500);
  });
}

for (const form of document.querySelectorAll<HTMLFormElement>(".try form")) tryOut(form);

/** A link into what is folded opens it. */
function unfold(): void {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  for (let at = target || null; at; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
}
addEventListener("hashchange", unfold);
unfold();
