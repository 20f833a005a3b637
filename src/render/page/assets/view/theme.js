// @ts-check
// Colours: those of the theme, and the meaning of the tints of boxes.

import { byId } from "../base/dom.js";
import { coupling } from "../model/coupling.js";
import { emit, model, state } from "./state.js";

/** @import { Component } from "../model/data.d.ts" */
/** @import { Group } from "../model/types.d.ts" */
/** @import { Theme } from "./types.d.ts" */

const HUES = 8;
const NAMES = [
  "ground",
  "frame",
  "frame-line",
  "box",
  "box-line",
  "ink",
  "faint",
  "line",
  "out",
  "in",
  "bad",
  "warn",
  "accent",
];
/** @type {Map<string, string>} */
const colors = new Map();

/** Reads the colours of the theme from the style sheet. */
function readColors() {
  const style = getComputedStyle(document.documentElement);
  const hues = Array.from({ length: HUES }, (_, i) => `hue-${i}`);
  for (const name of [...NAMES, ...hues])
    colors.set(name, style.getPropertyValue(`--${name}`).trim());
}

/**
 * Returns a colour of the theme.
 * @param {string} name
 */
export function color(name) {
  return colors.get(name) ?? "";
}

/** @param {Theme} theme */
export function setTheme(theme) {
  state.theme = theme;
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  byId("theme").textContent = `Theme: ${theme}`;
  recolor();
}

/** Applies a change of the colours. */
export function recolor() {
  readColors();
  emit("theme");
}

/** Returns the labels of the colours of boxes; the tint of a box is an index into them. */
export function tints() {
  if (state.color === "instability")
    return ["stable: below 0.25", "0.25 to 0.5", "0.5 to 0.75", "unstable: 0.75 and above"];
  if (state.color === "none") return [];
  const order = model.data.layers.flat();
  const names = [...new Set(model.data.components.map(label).filter((name) => name !== null))];
  const place = (/** @type {string} */ name) =>
    order.includes(name) ? order.indexOf(name) : order.length;
  return names.sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

/** @param {Component} component */
function label(component) {
  return state.color === "layer" ? component.layer : component.name;
}

/**
 * Returns the tint of a group; -1 for none.
 * @param {Group} at
 * @param {string[]} labels
 */
export function tintOf(at, labels) {
  if (labels.length === 0 || at.kind === "external" || at.kind === "externals") return -1;
  if (state.color === "instability") {
    return Math.min(3, Math.floor(coupling(model, at.nodes, state.tests).instability * 4));
  }
  const component = model.componentOf(at.nodes);
  return component ? labels.indexOf(label(component) ?? "") : -1;
}

/** @param {number} tint */
export function tintColor(tint) {
  return tint < 0 ? color("faint") : color(`hue-${tint % HUES}`);
}
