import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, visit, type Document } from "yaml";

/** What is wrong with a glossary, and where: lines and columns count from 1. */
export interface Mistake {
  message: string;
  line: number;
  column: number;
}

/** A glossary as it was written, which YAML is and JSON too. */
export class Written {
  readonly document: Document.Parsed;
  #lines = new LineCounter();

  constructor(text: string) {
    this.document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
  }

  /** What is no YAML. */
  get mistakes(): Mistake[] {
    return this.document.errors.map(({ message, pos: [start] }) => this.#at(message, start));
  }

  /** A mistake at a JSON Pointer, or, if nothing stands there, at what it would stand in. */
  at(message: string, pointer: string): Mistake {
    let path: (string | number)[] = pointer.split("/").slice(1).map((step) => (/^\d+$/.test(step) ? +step : step.replaceAll("~1", "/").replaceAll("~0", "~")));
    // A bare list is taken for the list of terms.
    if (path[0] == "terms" && !isMap(this.document.contents)) path = path.slice(1);
    for (; path.length; path = path.slice(0, -1)) {
      const node: unknown = this.document.getIn(path, true);
      if (isNode(node) && node.range) return this.#at(message, node.range[0]);
    }
    return this.#at(message, this.document.contents?.range[0] ?? 0);
  }

  /** A mistake at the first member of a name. */
  atMember(message: string, name: string): Mistake {
    let start = 0;
    visit(this.document, {
      Pair(_, pair) {
        if (!isPair(pair) || !isScalar(pair.key) || pair.key.value != name) return undefined;
        start = pair.key.range?.[0] ?? 0;
        return visit.BREAK;
      },
    });
    return this.#at(message, start);
  }

  #at(message: string, offset: number): Mistake {
    const { line, col } = this.#lines.linePos(offset);
    return { message, line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}
