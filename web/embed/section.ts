const heading = /^h\d$/i;

// As in NodeFilter.
const elementsAndText = 5;
const accept = 1;
const skip = 3;

/**
 * Keeps a set of terms for each section, and gives that of a node's: a section
 * begins with a heading, the first one with the document. What is in a shadow
 * root before any heading is in the section of the root's host. Good until the
 * page changes.
 */
export function createSections(): (node: Node) => Set<string> {
  /** Sets by headings and by nodes that were asked about, so that none has to be gone back behind again. */
  const known = new Map<Node, Set<string>>();
  const before = (node: Node) => {
    const root = node.getRootNode() as ShadowRoot;
    const walker = document.createTreeWalker(root, elementsAndText, (at) => (known.has(at) || heading.test(at.nodeName) ? accept : skip));
    walker.currentNode = node;
    return walker.previousNode() ?? root.host ?? root;
  };
  return function termsAt(node): Set<string> {
    const terms: Set<string> = known.get(node) ?? (node == document || heading.test(node.nodeName) ? new Set() : termsAt(before(node)));
    known.set(node, terms);
    return terms;
  };
}
