/** How long work may keep the page busy at a stretch, in milliseconds. */
const stretch = 8;

/**
 * Says when to pause: undefined while there is time, then a promise of the next
 * frame, so that the page lays out little at a time: it is not the work itself
 * that takes long but the layout of what it changed, of which `most` steps are
 * enough for a frame. A page that nobody sees has no frames.
 */
export function createPace(most: number): () => Promise<void> | undefined {
  let deadline = 0;
  let steps = 0;
  return () => {
    if (++steps < most && performance.now() < deadline) return;
    steps = 0;
    return new Promise((done) => {
      const go = () => {
        clearTimeout(timer);
        deadline = performance.now() + stretch;
        done();
      };
      const timer = setTimeout(go, 99);
      requestAnimationFrame(() => setTimeout(go));
    });
  };
}
