/** As much of hast, the tree of unified's HTML, as there is to know here. */
export type Node = Root | Element | Text | Other;
export interface Root {
  type: "root";
  children: Node[];
}
export interface Element {
  type: "element";
  tagName: string;
  properties?: Record<string, unknown>;
  children: Node[];
  content?: Root;
}
export interface Text {
  type: "text";
  value: string;
}
export interface Other {
  type: "comment" | "doctype" | "raw";
  value?: string;
}

/** A stretch of the source that names a term. */
export interface Mark {
  start: number;
  end: number;
  term: string;
}

/** A text node, and where its characters stand in the source. */
interface Place {
  parent: Root | Element;
  node: Text;
  start: number;
  end: number;
}

const voids = new Set(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]);
const raws = new Set(["script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext"]);
const names: Record<string, string> = { className: "class", htmlFor: "for" };

/**
 * Writes a tree as HTML that a parser reads as the same tree, so that the module
 * sees what a browser would, and remembers the place of each text node.
 */
export function serialize(tree: Root): { html: string; mark(marks: Mark[]): void } {
  const places: Place[] = [];
  let html = "";
  const write = (parent: Root | Element) => {
    for (const node of parent.children) {
      if (node.type == "text") {
        const raw = parent.type == "element" && raws.has(parent.tagName);
        const start = html.length;
        html += raw ? node.value : escaped(node.value);
        if (!raw) places.push({ parent, node, start, end: html.length });
      } else if (node.type == "element") {
        html += `<${node.tagName}${attributes(node.properties ?? {})}>`;
        if (voids.has(node.tagName)) continue;
        // A parser leaves out a line end that follows one of these tags.
        if (/^(pre|textarea|listing)$/.test(node.tagName)) html += "\n";
        write(node);
        html += `</${node.tagName}>`;
      } else if (node.type == "raw") {
        html += node.value ?? "";
      } else if (node.type == "doctype") {
        html += "<!doctype html>";
      }
    }
  };
  write(tree);
  return { html, mark: (marks) => apply(places, marks) };
}

function escaped(text: string): string {
  return text.replace(/[&<>\r]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c] ?? "&#13;");
}

function attributes(properties: Record<string, unknown>): string {
  let out = "";
  for (const [property, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    const name = names[property] ?? property.replace(/^(data|aria)(?=[A-Z])/, "$1-").replace(/(?<=^data-.*)[A-Z]/g, (c) => "-" + c).toLowerCase().replace("--", "-");
    const text = value === true ? "" : Array.isArray(value) ? value.join(" ") : String(value);
    out += ` ${name}="${text.replace(/[&"]/g, (c) => (c == "&" ? "&amp;" : "&quot;"))}"`;
  }
  return out;
}

/** Puts the marked stretches of the text nodes into elements. Marks are ascending and disjoint. */
function apply(places: Place[], marks: Mark[]): void {
  let next = 0;
  for (const place of places) {
    while (next < marks.length && marks[next]!.end <= place.start) next++;
    const inside = [];
    for (let i = next; i < marks.length && marks[i]!.start < place.end; i++) inside.push(marks[i]!);
    if (inside.length) split(place, inside);
  }
}

function split({ parent, node, start }: Place, marks: Mark[]): void {
  const at = positions(node.value, start);
  const parts: Node[] = [];
  let done = 0;
  for (const mark of marks) {
    const from = Math.max(at(mark.start), done);
    const to = at(mark.end);
    if (to <= from) continue;
    if (from > done) parts.push({ type: "text", value: node.value.slice(done, from) });
    parts.push(wrapped(node.value.slice(from, to), mark.term));
    done = to;
  }
  if (done < node.value.length) parts.push({ type: "text", value: node.value.slice(done) });
  parent.children.splice(parent.children.indexOf(node), 1, ...parts);
}

function wrapped(value: string, term: string): Element {
  return { type: "element", tagName: "span", properties: { className: ["postil"], dataPostil: term }, children: [{ type: "text", value }] };
}

/** Turns places in the source, ascending, into places in a text whose escaped form begins at start. */
function positions(text: string, start: number): (at: number) => number {
  let written = start;
  let i = 0;
  return (at) => {
    while (i < text.length && written < at) written += escaped(text[i++]!).length;
    return i;
  };
}
