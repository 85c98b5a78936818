/** Marks that frameworks leave on the element they were told to fill, or on all they made. */
const attributes = "[data-v-app],[ng-version],[class*=svelte-]";
const properties = /^(__react[CF]|_reactR|__vue|__svelte)/;

/**
 * Whether a framework owns an element's content. It keeps nodes of its own in
 * mind and fails, or doubles text, where others split them.
 */
export const belongs = (element: Element): boolean => Element.prototype.matches.call(element, attributes) || Object.keys(element).some((key) => properties.test(key));
