// Writes what a term means in full into the page's margin, beside the line in
// which it is first marked. Only for the eye: the marks themselves are the way
// for keyboard and screen reader.

interface Named {
  id: string;
  label?: string;
}

/** Room between two notes, and how far a note may slip below its line, in pixels. */
const gap = 10;
const slip = 90;

const margin = document.querySelector<HTMLElement>("aside.glosses");
const labels = new Map<string, string>();
/** What has been written before: it appears once, not with every new width. */
const written = new Set<string>();

function write(): void {
  if (!margin) return;
  margin.replaceChildren();
  if (!margin.clientWidth) return;
  const top = margin.getBoundingClientRect().top;
  const told = new Set<string>();
  const notes: { note: HTMLElement; at: number }[] = [];
  for (const mark of document.querySelectorAll<HTMLElement>("article [data-postil]")) {
    const label = labels.get(mark.dataset["postil"]!);
    if (!label || told.has(label)) continue;
    told.add(label);
    const note = document.createElement("p");
    note.className = "gloss";
    note.textContent = label;
    if (written.has(label)) note.style.animation = "none";
    note.addEventListener("click", () => mark.click());
    notes.push({ note, at: mark.getClientRects()[0]!.top - top });
  }
  margin.append(...notes.map(({ note }) => note));
  const heights = notes.map(({ note }) => note.offsetHeight);
  let free = 0;
  notes.forEach(({ note, at }, i) => {
    const place = Math.max(at, free);
    if (place - at > slip) note.remove();
    else {
      note.style.top = `${place}px`;
      free = place + heights[i]! + gap;
      written.add(note.textContent!);
    }
  });
}

document.addEventListener("postil:annotated", (event) => {
  const { terms } = (event as CustomEvent<{ terms: Named[] }>).detail;
  for (const { id, label } of terms) if (label) labels.set(id, label);
  write();
});
// Fonts and tables move lines, and so does a window that changes its width.
if (margin) new ResizeObserver(write).observe(document.querySelector("article")!);
