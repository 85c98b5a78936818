import { createPace } from "./pace.ts";

/**
 * The article's text, as it is sent: the text nodes that may be marked, joined.
 * Blocks, and whatever is left out, are separated by a blank line, which no
 * mention crosses. Positions in it are positions in the nodes: characters are
 * never added or dropped within a node.
 */
export interface Passage {
  text: string;
  runs: Run[];
}

/** One text node, and where its text starts in the passage. */
export interface Run {
  node: Text;
  start: number;
}

/** What is never sent nor marked. */
const skipped =
  "a,button,input,textarea,select,label,summary,nav,footer,code,pre,kbd,samp,del,s,strike,h1,h2,h3,h4,h5,h6," +
  "script,style,template,noscript,svg,math,canvas,iframe,object,audio,video,rt,rp," +
  "[contenteditable]:not([contenteditable=false]),[role=button],[role=link],[role=heading],[role=tab],[role=menuitem],[translate=no],[hidden],[aria-hidden=true]," +
  ".postil-ignore,[data-postil]";

const inline = /^(abbr|b|bdi|bdo|big|cite|data|dfn|em|font|i|ins|mark|q|ruby|small|span|strong|su[bp]|time|tt|u|var|wbr)$/;

/** A passage is at most this long, unless one text node is longer, so that its UTF-8 stays under the API's 1 MiB. */
const longest = 3e5;

/** Makes every white space a plain one: a line break in a paragraph's source is a space. */
export const spaced = (text: string) => text.replace(/\s/g, " ");

/**
 * Collects the passages under the roots, without what `skip` selects and what
 * `isOwned` says is not to be touched.
 */
export async function collect(roots: Iterable<Element>, skip: string | undefined, isOwned: (element: Element) => unknown): Promise<Passage[]> {
  const selector = skip ? skipped + "," + skip : skipped;
  const passages: Passage[] = [];
  let text = "";
  let runs: Run[] = [];
  let broken = true;
  const pace = createPace(1e4);

  const flush = () => {
    if (runs.length) passages.push({ text, runs });
    text = "";
    runs = [];
  };
  const breakBlock = () => {
    if (broken) return;
    broken = true;
    text += "\n\n";
  };

  // A field named "matches" is a property of its form, as one named "nextSibling" would be: a walker sees the tree itself.
  const isLeft = (element: Element) => Element.prototype.matches.call(element, selector) || isOwned(element);
  // From the outside in: of what a framework owns, the outermost element is named.
  const inLeft = (element: Element | null): unknown => element && (inLeft(element.parentElement) || isLeft(element));

  for (const root of roots) {
    if (inLeft(root.parentElement)) continue;
    const walker = document.createTreeWalker(root);
    for (let node: Node | null = root; node; ) {
      await pace();
      let inside: Node | null = null;
      if (node instanceof Text) {
        // Indentation between blocks is no text.
        if (!broken || node.data.trim()) {
          broken = false;
          if (text.length + node.data.length > longest) flush();
          runs.push({ node, start: text.length });
          text += spaced(node.data);
        }
      } else if (node instanceof Element) {
        const name = node.localName;
        if (name == "br") text += "\n";
        else if (isLeft(node)) breakBlock();
        else {
          if (!inline.test(name)) breakBlock();
          inside = walker.firstChild();
        }
      }
      // Onwards in document order; leaving a block ends it.
      while (!inside && node) {
        if (node == root) node = null;
        else if (!(inside = walker.nextSibling())) {
          node = walker.parentNode();
          if (node instanceof Element && !inline.test(node.localName)) breakBlock();
        }
      }
      node = inside;
    }
    breakBlock();
  }
  flush();
  return passages;
}
