import type { Element, Node, Raw, Root, Text } from "./hast.ts";

/** A stretch of the source that names a term. */
export interface Mark {
  start: number;
  end: number;
  term: string;
}

/** A node of text, and where its characters stand in the source. */
export interface Place {
  parent: Root | Element;
  /** Among the children of its parent. */
  index: number;
  node: Text | Raw;
  start: number;
  end: number;
  /** How long a character is in the source. */
  written(character: string): number;
}

/** A mark with those that lie in it. */
interface Nested extends Mark {
  inside: Nested[];
}

/**
 * Puts the marked stretches of the places into elements, one in another as in what
 * mark() writes: one that crosses another is left out.
 */
export function apply(places: Place[], marks: Mark[]): void {
  const nested = nest(marks);
  const parents = new Map<Root | Element, Map<number, Node[]>>();
  let next = 0;
  for (const place of places) {
    while (next < nested.length && nested[next]!.end <= place.start) next++;
    const inside = [];
    for (let i = next; i < nested.length && nested[i]!.start < place.end; i++) inside.push(nested[i]!);
    if (inside.length == 0) continue;
    const replaced = parents.get(place.parent) ?? new Map<number, Node[]>();
    parents.set(place.parent, replaced.set(place.index, split(place, inside)));
  }
  for (const [parent, replaced] of parents) {
    parent.children = parent.children.flatMap((child, index) => replaced.get(index) ?? [child]);
  }
}

/** Orders marks by their starts, the longer of two first, and puts each into the one that it lies in. */
function nest(marks: Mark[]): Nested[] {
  const outermost: Nested[] = [];
  const open: Nested[] = [];
  for (const mark of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    while (open.length && open.at(-1)!.end <= mark.start) open.pop();
    const outer = open.at(-1);
    if (outer && mark.end > outer.end) continue;
    const nested = { ...mark, inside: [] };
    (outer?.inside ?? outermost).push(nested);
    open.push(nested);
  }
  return outermost;
}

/** What takes the place of a node. */
function split(place: Place, marks: Nested[]): Node[] {
  const { type, value } = place.node;
  const at = positions(place);
  let done = 0;
  const write = (marks: Nested[], end: number): Node[] => {
    const nodes: Node[] = [];
    const plain = (to: number) => {
      if (to > done) nodes.push({ type, value: value.slice(done, to) });
      done = to;
    };
    for (const mark of marks) {
      plain(at(mark.start));
      const children = write(mark.inside, mark.end);
      if (children.length) nodes.push({ type: "element", tagName: "span", properties: { className: ["postil"], dataPostil: mark.term }, children });
    }
    plain(at(end));
    return nodes;
  };
  return write(marks, place.end);
}

/** Turns places in the source, ascending, into places in the node's value. */
function positions({ node: { value }, start, written }: Place): (at: number) => number {
  let source = start;
  let i = 0;
  return (at) => {
    while (i < value.length && source < at) source += written(value[i++]!);
    return i;
  };
}
