import type { Words } from "../card/strings.ts";

/** What Postil says in German. */
const strings: Words = {
  lang: "de",
  close: "Schließen",
  back: "Zurück",
  source: "Quelle",
  seeAlso: "Siehe auch",
  also: "Auch in dieser Publikation",
  loading: "Wird nachgeschlagen …",
  missing: "Diese Definition ließ sich nicht laden.",
  newTab: "öffnet einen neuen Tab",
  hide: "Definitionen auf dieser Website ausblenden",
  show: "Definitionen anzeigen",
  terms: "Begriffe auf dieser Seite",
};

export default strings;
