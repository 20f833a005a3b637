// @ts-check
// The state chosen by the reader, the values derived from it, and the listeners to its changes.
//
// Changes go in one direction: `actions.js` changes the state and emits a signal for the change;
// each part of the page listens and redraws itself. So the parts do not depend on each other.

import { byId } from "../base/dom.js";
import { firstOpen } from "../model/groups.js";
import { Model } from "../model/model.js";

/** @import { Signal, State, Tab, Theme, View } from "./types.d.ts" */
/** @import { Way } from "../model/data.d.ts" */
/** @import { Tree } from "../model/types.d.ts" */

/** The approximate number of boxes with which the page opens. */
export const AT_FIRST = 60;

/** @type {Tab[]} */
export const TABS = ["graph", "matrix", "findings", "metrics"];
/** @type {Theme[]} */
export const THEMES = ["auto", "light", "dark"];
/** The switches for the content of the picture. @type {("tests" | "externals" | "only" | "reduce")[]} */
export const SWITCHES = ["tests", "externals", "only", "reduce"];

export const model = new Model(JSON.parse(byId("data").textContent ?? ""));

const { components, groupings } = model.data;

/** @type {State} */
export const state = {
  tab: "graph",
  by: groupings[0].way,
  open: new Set(),
  tests: false,
  externals: false,
  only: false,
  reduce: false,
  rule: "",
  color: components.some((c) => c.layer) ? "layer" : components.length > 0 ? "component" : "none",
  theme: "auto",
  selected: null,
};

/** @type {View} */
export const view = {
  tree: treeBy(state.by),
  scene: { boxes: [], frames: [], of: [], arrows: [], drawn: [], implied: 0 },
  camera: { x: 0, y: 0, k: 1 },
  size: { w: 0, h: 0, ratio: 1 },
  hovered: null,
  cursor: null,
};

state.open = firstOpen(view.tree, AT_FIRST);

/**
 * Returns the tree of a way to group the modules.
 * @param {Way} way
 * @returns {Tree}
 */
export function treeBy(way) {
  const tree = model.trees.get(way);
  if (!tree) throw new Error(`the data has no tree by ${way}`);
  return tree;
}

/** Returns the current order of the groups. */
export function orderNow() {
  return state.tests ? view.tree.orderWithTests : view.tree.order;
}

/**
 * Returns the part that represents or contains the group with the given key.
 * @param {string} key
 */
export function partBy(key) {
  const at = view.tree.byKey.get(key);
  return at ? (view.scene.of[at.number] ?? null) : null;
}

/** @type {Map<Signal, (() => void)[]>} */
const listeners = new Map();

/**
 * Registers `listener` for every change of a kind.
 * @param {Signal} signal
 * @param {() => void} listener
 */
export function on(signal, listener) {
  listeners.set(signal, [...(listeners.get(signal) ?? []), listener]);
}

/**
 * Notifies the listeners of a change.
 * @param {Signal} signal
 */
export function emit(signal) {
  listeners.get(signal)?.forEach((listener) => listener());
}
