import { useEffect } from "react";

/**
 * Shows the glossary's definitions in the elements that `root` selects, for as
 * long as it is mounted. Mode "highlight" paints the mentions and changes no
 * node, so React finds its elements as it left them.
 */
export function Postil({ host, root }) {
  useEffect(() => {
    let page;
    let gone = false;
    import(/* @vite-ignore */ `${host}/embed.mjs`).then(
      ({ start }) => {
        if (!gone) page = start({ endpoint: host, mode: "highlight", root });
      },
      (error) => console.warn("The glossary cannot be loaded.", error),
    );
    return () => {
      gone = true;
      page?.destroy();
    };
  }, [host, root]);
  return null;
}
