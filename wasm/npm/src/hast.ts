import { apply, type Mark, type Place } from "./nest.ts";

/** As much of hast, the tree of unified's HTML, as there is to know here. */
export type Node = Root | Element | Text | Raw | Other;
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
/** HTML that nobody has parsed yet; it may hold half an element. */
export interface Raw {
  type: "raw";
  value: string;
}
export interface Other {
  type: "comment" | "doctype";
  value?: string;
}

const voids = new Set(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]);
const raws = new Set(["script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext"]);
const names: Record<string, string> = { className: "class", htmlFor: "for" };

/**
 * Writes a tree as HTML that a parser reads as the same tree, so that the module
 * sees what a browser would, and remembers where what can be marked stands.
 */
export function serialize(tree: Root): { html: string; mark(marks: Mark[]): void } {
  const places: Place[] = [];
  let html = "";
  const write = (parent: Root | Element) => {
    for (const [index, node] of parent.children.entries()) {
      const start = html.length;
      if (node.type == "text") {
        const verbatim = parent.type == "element" && raws.has(parent.tagName);
        html += verbatim ? node.value : escaped(node.value);
        if (!verbatim) places.push({ parent, index, node, start, end: html.length, written: (c) => escaped(c).length });
      } else if (node.type == "element") {
        html += `<${node.tagName}${attributes(node.properties ?? {})}>`;
        if (voids.has(node.tagName)) continue;
        // A parser leaves out a line end that follows one of these tags.
        if (/^(pre|textarea|listing)$/.test(node.tagName)) html += "\n";
        write(node);
        html += `</${node.tagName}>`;
      } else if (node.type == "raw") {
        html += node.value;
        places.push({ parent, index, node, start, end: html.length, written: () => 1 });
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
