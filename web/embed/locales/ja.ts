import type { Words } from "../card/strings.ts";

/** What Postil says in Japanese. */
const strings: Words = {
  lang: "ja",
  close: "閉じる",
  back: "戻る",
  source: "出典",
  seeAlso: "関連項目",
  also: "この媒体の関連記事",
  loading: "調べています…",
  missing: "この定義を読み込めませんでした。",
  newTab: "新しいタブで開きます",
  hide: "このサイトで用語の定義を表示しない",
  show: "用語の定義を表示する",
  terms: "このページの用語",
};

export default strings;
