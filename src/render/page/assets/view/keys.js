// @ts-check
// Keys with the same meaning in all parts of the page.

/** The direction of each arrow key, to the right and downward. @type {Map<string, [number, number]>} */
export const ARROWS = new Map([
  ["ArrowLeft", [-1, 0]],
  ["ArrowRight", [1, 0]],
  ["ArrowUp", [0, -1]],
  ["ArrowDown", [0, 1]],
]);
