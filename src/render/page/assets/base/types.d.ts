// The types of the arguments of `dom.js`.

/** A child of an element, or several; `false`, `null` and empty children are left out. */
export type Children = Node | string | number | false | null | undefined | Children[];

/** Attributes by name. A function is a listener; a pointer event has all properties that listeners read. */
export interface Attributes {
  [name: string]: string | number | boolean | null | undefined | ((event: PointerEvent) => void);
}
