import type { Undo } from "./listen.ts";

/**
 * Gives every frame of the page's own origin the page's tag, now and when it is
 * loaded anew: each frame has its own marks and card.
 */
export function enterFrames(tag: HTMLScriptElement): Undo {
  const entered = new Set<Window & { postil?: { tag: Element; destroy(): unknown } }>();
  const enter = (frame: Element) => {
    const view = (frame as HTMLIFrameElement).contentWindow;
    const inside = (frame as HTMLIFrameElement).contentDocument;
    // Before its page comes, a frame holds an empty one, whose window it may keep.
    const isEmpty = inside?.URL == "about:blank" && frame.getAttribute("src");
    if (!view || !inside?.head || isEmpty || view.postil?.tag.isConnected || inside.readyState != "complete") return;
    const copy = inside.createElement("script");
    for (const { name, value } of tag.attributes) copy.setAttribute(name, value);
    copy.src = tag.src;
    copy.nonce = tag.nonce!; // which its attribute does not tell
    inside.head.append(copy);
    entered.add(view);
  };
  const loaded = ({ target }: Event) => {
    if (target instanceof HTMLIFrameElement) enter(target);
  };
  document.querySelectorAll("iframe").forEach(enter);
  document.addEventListener("load", loaded, true);
  return () => {
    document.removeEventListener("load", loaded, true);
    entered.forEach((view) => void view.postil?.destroy());
  };
}
