import type { Words } from "../card/strings.ts";

/** What Postil says in Spanish. */
const strings: Words = {
  lang: "es",
  close: "Cerrar",
  back: "Volver",
  source: "Fuente",
  seeAlso: "Véase también",
  also: "También en esta publicación",
  loading: "Buscando…",
  missing: "No se ha podido cargar esta definición.",
  newTab: "se abre en una pestaña nueva",
  hide: "Ocultar las definiciones en este sitio",
  show: "Mostrar las definiciones",
  terms: "Términos de esta página",
};

export default strings;
