import type { Words } from "../card/strings.ts";

/** What Postil says in Arabic. */
const strings: Words = {
  lang: "ar",
  close: "إغلاق",
  back: "رجوع",
  source: "المصدر",
  seeAlso: "انظر أيضًا",
  also: "أيضًا في هذا المنشور",
  loading: "جارٍ البحث…",
  missing: "تعذّر تحميل هذا التعريف.",
  newTab: "يُفتح في علامة تبويب جديدة",
  hide: "إخفاء التعريفات في هذا الموقع",
  show: "إظهار التعريفات",
  terms: "مصطلحات هذه الصفحة",
};

export default strings;
