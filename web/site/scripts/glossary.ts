// The filter of the glossary index. Without scripts the whole list is there,
// and the style sheet hides the fields.

const find = document.querySelector<HTMLInputElement>("#find")!;
const kind = document.querySelector<HTMLSelectElement>("#kind")!;
const found = document.querySelector<HTMLOutputElement>("#found")!;
const nothing = document.querySelector<HTMLElement>(".nothing")!;
const letters = document.querySelector<HTMLElement>(".letters")!;
const sections = [...document.querySelectorAll<HTMLElement>(".letter")];

/** Compares without case, accents and dashes. */
const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[-\s]+/g, " ")
    .trim();

function filter(): void {
  const words = plain(find.value).split(" ");
  let count = 0;
  for (const section of sections) {
    let any = false;
    for (const item of section.querySelectorAll<HTMLElement>("li")) {
      const names = plain(item.dataset["names"]!);
      const shown = words.every((word) => names.includes(word)) && (!kind.value || item.dataset["kind"] == kind.value);
      item.hidden = !shown;
      any ||= shown;
      count += +shown;
    }
    section.hidden = !any;
  }
  const all = !find.value.trim() && !kind.value;
  letters.hidden = !all;
  nothing.hidden = count > 0;
  found.textContent = all ? "" : count == 1 ? "1 term" : `${count} terms`;
  const query = new URLSearchParams();
  if (find.value.trim()) query.set("q", find.value.trim());
  if (kind.value) query.set("kind", kind.value);
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname + location.hash);
}

const query = new URLSearchParams(location.search);
find.value = query.get("q") ?? "";
kind.value = query.get("kind") ?? "";
for (const field of [find, kind]) field.addEventListener("input", filter);
nothing.querySelector("button")!.addEventListener("click", () => {
  find.value = kind.value = "";
  filter();
  find.focus();
});
filter();
