// A Vue 3 part of a page, whose text is re-rendered on request.
import { createApp, h, ref } from "vue";

const count = ref(0);
const shown = ref(true);

const App = {
  render() {
    const intro = h("p", { id: "intro" }, `OpenAI wants artificial general intelligence. Render ${count.value} buys GPUs.`);
    const items = Array.from({ length: (count.value % 3) + 1 }, (_, i) => h("li", { key: i }, `Item ${i}: a frontier model, seen ${count.value} times`));
    return h("section", [shown.value ? intro : null, h("ul", items)]);
  },
};

window.hostApp = {
  mount: (element) => createApp(App).mount(element),
  update: () => count.value++,
  toggle: () => (shown.value = !shown.value),
};
