import React, { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Article } from "./Article.jsx";

createRoot(document.querySelector("#app")).render(
  <StrictMode>
    <Article />
  </StrictMode>,
);
