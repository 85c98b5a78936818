const isHeading = (node: Node) => node instanceof Element && node.matches("h1,h2,h3,h4,h5,h6,[role=heading]");

// As in NodeFilter.
const elementsAndText = 5;
const accept = 1;
const skip = 3;

/**
 * Keeps numbers by term for each section, and gives those of a node's: a section
 * begins with a heading, the first one with the document. What is in a shadow
 * root before any heading is in the section of the root's host. Good until the
 * page changes.
 */
export function createSections(): (at: Element) => Map<string, number> {
  /** Maps by headings and by nodes that were asked about, so that none has to be gone back behind again. */
  const known = new Map<Node, Map<string, number>>();
  const before = (node: Node) => {
    const root = node.getRootNode() as ShadowRoot;
    const walker = document.createTreeWalker(root, elementsAndText, (at) => (known.has(at) || isHeading(at) ? accept : skip));
    walker.currentNode = node;
    return walker.previousNode() ?? root.host ?? root;
  };
  return function termsAt(node: Node): Map<string, number> {
    const terms: Map<string, number> = known.get(node) ?? (node == document || isHeading(node) ? new Map() : termsAt(before(node)));
    known.set(node, terms);
    return terms;
  };
}
