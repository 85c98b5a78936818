/** How long work may keep the page busy at a stretch, in milliseconds. */
const stretch = 8;

/**
 * Pauses work, once its time is up, until the next frame, so that the page lays
 * out little at a time: it is not the work itself that takes long but the
 * layout of what it changed, of which `most` steps are enough for a frame. A
 * page that nobody sees has no frames.
 */
export function createPace(most: number): () => Promise<void> {
  let deadline = 0;
  let steps = 0;
  return async () => {
    if (++steps < most && performance.now() < deadline) return;
    await new Promise((done) => {
      setTimeout(done, 99);
      requestAnimationFrame(() => setTimeout(done));
    });
    deadline = performance.now() + stretch;
    steps = 0;
  };
}
