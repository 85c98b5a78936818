import { onMounted, onUnmounted, ref, watch } from "vue";

/**
 * Shows the glossary's definitions in the elements that `root` selects, while
 * the component is mounted and `on` is true. Mode "highlight" paints the
 * mentions and changes no node, so Vue finds its elements as it left them.
 */
export function usePostil({ host, root, on = ref(true) }) {
  let page;
  let mounted = false;

  async function follow() {
    page?.destroy();
    page = undefined;
    if (!mounted || !on.value) return;
    try {
      const { start } = await import(/* @vite-ignore */ `${host}/embed.mjs`);
      if (mounted && on.value) page ??= start({ endpoint: host, mode: "highlight", root });
    } catch (error) {
      console.warn("The glossary cannot be loaded.", error);
    }
  }

  onMounted(() => {
    mounted = true;
    void follow();
  });
  onUnmounted(() => {
    mounted = false;
    void follow();
  });
  watch(on, follow);
}
