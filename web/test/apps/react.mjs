// A React 19 part of a page, whose text is re-rendered on request.
import { createElement as h, useState } from "react";
import { createRoot } from "react-dom/client";

function App() {
  const [count, setCount] = useState(0);
  const [shown, setShown] = useState(true);
  window.hostApp.update = () => setCount((n) => n + 1);
  window.hostApp.toggle = () => setShown((is) => !is);
  const intro = h("p", { id: "intro" }, "OpenAI wants artificial general intelligence. Render ", count, " buys GPUs.");
  const items = Array.from({ length: (count % 3) + 1 }, (_, i) => h("li", { key: i }, `Item ${i}: a frontier model, seen ${count} times`));
  return h("section", null, shown && intro, h("ul", null, items));
}

window.hostApp = { mount: (element) => createRoot(element).render(h(App)) };
