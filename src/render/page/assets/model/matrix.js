// @ts-check
// The order of the design structure matrix: a row uses a column. Rows are partitioned: a user is
// above the boxes that it uses, and the parts of a cycle are adjacent. The order of the children of
// each group, and their cycles, are in the data.

import { partsByFrame } from "./layout.js";

/** @import { Order } from "./data.d.ts" */
/** @import { Part, Scene } from "./types.d.ts" */

/**
 * Returns the boxes in the order of the rows, frame by frame, and the cycles as ranges of rows with
 * exclusive ends. The range of a cycle includes the contents of its open parts.
 * @param {Scene} scene
 * @param {Order} order
 */
export function partitioned(scene, order) {
  /** @type {Part[]} */
  const rows = [];
  /** @type {[number, number][]} */
  const blocks = [];
  const parts = partsByFrame(scene);
  /** @type {(Part | (() => void))[]} */
  const stack = scene.frames.slice(0, 1);
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (typeof next === "function") next();
    else if (next.box) rows.push(next);
    else stack.push(...framed(parts[next.number], order, rows, blocks).reverse());
  }
  return { rows, blocks: blocks.filter(([from, to]) => to - from > 1) };
}

/**
 * Returns the parts of a frame in their order. The parts of a cycle are enclosed by two functions
 * that record where their rows begin and end.
 * @param {Part[]} parts
 * @param {Order} order
 * @param {Part[]} rows
 * @param {[number, number][]} blocks
 * @returns {(Part | (() => void))[]}
 */
function framed(parts, { place, cycle }, rows, blocks) {
  const sorted = [...parts].sort((a, b) => place[a.group.number] - place[b.group.number]);
  /** @type {Map<number, Part[]>} */
  const cycles = new Map();
  for (const part of sorted) {
    const of = cycle[part.group.number];
    // A part that is on no cycle forms a group by itself.
    const key = of < 0 ? -1 - part.group.number : of;
    cycles.set(key, [...(cycles.get(key) ?? []), part]);
  }
  return [...cycles.values()].flatMap((members) => {
    // If only one part of a cycle is shown, there is no cycle to mark.
    if (members.length === 1) return members;
    /** @type {[number, number]} */
    const block = [0, 0];
    blocks.push(block);
    return [() => void (block[0] = rows.length), ...members, () => void (block[1] = rows.length)];
  });
}
