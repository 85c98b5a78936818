import type { Query } from "./api.ts";

/** What the interface takes an option for if it is not sent. */
const defaults: Record<string, string> = {
  occurrences: "all",
  overlaps: "longest",
  "min-score": "0.5",
  offsets: "utf-16",
};

/** Reads the form; options with their default value are left out. */
export function readForm(form: HTMLFormElement): Query {
  const options = new URLSearchParams();
  const data = new FormData(form);
  for (const [name, value] of data) {
    if (/^(source|format|glossary|with)$/.test(name) || typeof value != "string") continue;
    const wanted = value == "on" ? "true" : value.trim();
    if (wanted && wanted != defaults[name]) options.set(name, wanted);
  }
  return { text: String(data.get("source") ?? ""), html: data.get("format") == "html", options };
}

/** How many controls of an element are not as the page has them at first. */
export function countChanged(element: HTMLElement): number {
  let count = 0;
  for (const field of element.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select")) {
    if (field instanceof HTMLSelectElement) count += +(field.selectedIndex != 0);
    else count += +(field.type == "checkbox" ? field.checked != field.defaultChecked : field.value != field.defaultValue);
  }
  return count;
}

/** Puts them back. */
export function reset(element: HTMLElement): void {
  for (const select of element.querySelectorAll("select")) select.selectedIndex = 0;
  for (const input of element.querySelectorAll("input")) {
    if (input.type == "checkbox") input.checked = input.defaultChecked;
    else input.value = input.defaultValue;
    if (input.type == "range") input.nextElementSibling!.textContent = input.value;
  }
}
