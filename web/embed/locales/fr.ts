import type { Words } from "../card/strings.ts";

/** What Postil says in French. */
const strings: Words = {
  lang: "fr",
  close: "Fermer",
  back: "Retour",
  source: "Source",
  seeAlso: "Voir aussi",
  also: "Également dans cette publication",
  loading: "Recherche en cours…",
  missing: "Cette définition n’a pas pu être chargée.",
  newTab: "s’ouvre dans un nouvel onglet",
  hide: "Masquer les définitions sur ce site",
  show: "Afficher les définitions",
  terms: "Termes de cette page",
};

export default strings;
