/** Marks that frameworks leave on the element they were told to fill, or on all they made. */
const attributes = "[data-v-app],[data-reactroot],[ng-version],[class*=svelte-]";
const properties = /^(__react|_react|__vue|__svelte)/;

/**
 * The framework that owns an element's content, if any. It keeps nodes of its
 * own in mind and fails, or doubles text, where others split them.
 */
export function ownerOf(element: Element): string | undefined {
  if (element.matches(attributes)) return "a framework";
  const property = Object.keys(element).find((key) => properties.test(key));
  return property && (/react/.test(property) ? "React" : "a framework");
}
