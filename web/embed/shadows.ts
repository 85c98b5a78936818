/** How long after a change of the page shadow roots are looked for, in milliseconds. */
const pause = 250;

/** What following shadow roots takes. */
export interface Shadowed {
  findRoots(): Element[];
  annotate(roots: Element[]): unknown;
  observe(root: ShadowRoot): void;
  signal: AbortSignal;
}

/**
 * Finds the open shadow roots, those inside others too. One that comes late is
 * marked and followed as well: with an element that is added, or once an
 * element that is in the page is defined. Of a root that is attached to another
 * element later no browser tells. Returns what finds the roots.
 */
export default function followShadows({ findRoots, annotate, observe, signal }: Shadowed): () => ShadowRoot[] {
  const known = new WeakSet<ShadowRoot>();
  const awaited = new Set<string>();
  let timer = 0;

  const look = () => {
    timer = 0;
    if (signal.aborted) return;
    define(document);
    const fresh = shadowRoots(document).filter((root) => !known.has(root));
    if (!fresh[0]) return;
    try {
      const late = findRoots().filter((root) => fresh.includes(root.getRootNode() as ShadowRoot));
      if (late[0]) annotate(late);
    } catch {
      // The selector of the roots is wrong, which was said when the page was annotated.
    }
  };
  const observer = new MutationObserver(() => (timer ||= setTimeout(look, pause)));
  /** Looks again once elements that are not are defined. */
  const define = (scope: ParentNode) => {
    for (const { localName } of scope.querySelectorAll(":not(:defined)")) {
      if (awaited.has(localName)) continue;
      awaited.add(localName);
      customElements.whenDefined(localName).then(look, () => 0);
    }
  };
  const follow = (scope: Document | ShadowRoot) => {
    observer.observe(scope, { childList: true, subtree: true });
    define(scope);
  };
  follow(document);
  signal.addEventListener("abort", () => observer.disconnect());

  return () => {
    const roots = shadowRoots(document);
    for (const root of roots) {
      if (known.has(root)) continue;
      known.add(root);
      observe(root);
      follow(root);
    }
    return roots;
  };
}

/** The open shadow roots in a scope, those inside others too, but for Postil's own and what is to be ignored. */
function shadowRoots(scope: ParentNode): ShadowRoot[] {
  const hosts = [...scope.querySelectorAll<HTMLElement>("*")].filter((host) => host.shadowRoot && !host.closest(".postil-ignore") && !isOwn(host));
  return hosts.flatMap(({ shadowRoot }) => [shadowRoot!, ...shadowRoots(shadowRoot!)]);
}

/** Postil's own have no box, whatever the page's style sheets say. */
const isOwn = ({ style }: HTMLElement) => style.display == "contents" && style.getPropertyPriority("all") == "important";
