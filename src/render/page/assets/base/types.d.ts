// Types of the elements that `dom.js` makes.

/** A child of an element, or several; what is `false`, `null` or empty is left out. */
export type Children = Node | string | number | false | null | undefined | Children[];

/** Attributes by name. A function listens: an event of the pointer has all that listeners read. */
export interface Attributes {
  [name: string]: string | number | boolean | null | undefined | ((event: PointerEvent) => void);
}
