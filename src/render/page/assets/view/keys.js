// @ts-check
// Keys that mean the same everywhere.

/** The direction of each arrow key, to the right and downward. @type {Map<string, [number, number]>} */
export const ARROWS = new Map([
  ["ArrowLeft", [-1, 0]],
  ["ArrowRight", [1, 0]],
  ["ArrowUp", [0, -1]],
  ["ArrowDown", [0, 1]],
]);
