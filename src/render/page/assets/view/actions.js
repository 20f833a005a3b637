// @ts-check
// The reader's actions: every change of the state goes through this module.

import { announce, byId } from "../base/dom.js";
import { plural } from "../base/text.js";
import { above, firstOpen, fullName } from "../model/groups.js";
import { layout } from "../model/layout.js";
import { hidesBroken, show } from "../model/shown.js";
import { fit, lookAt, presentSoon, redraw, stage } from "./camera.js";
import { measure } from "./font.js";
import { AT_FIRST, emit, model, orderNow, state, TABS, treeBy, view } from "./state.js";
import { tintOf, tints } from "./theme.js";

/** @import { Way } from "../model/data.d.ts" */
/** @import { Group } from "../model/types.d.ts" */
/** @import { Selection, Tab } from "./types.d.ts" */

/** Recomputes the scene after the reader opened, closed or chose something. */
export function update() {
  const labels = tints();
  view.scene = layout(show(model, view.tree, state), measure, orderNow().place);
  for (const part of [...view.scene.boxes, ...view.scene.frames])
    part.tint = tintOf(part.group, labels);
  view.hovered = null;
  view.cursor = view.cursor ? boxOf(view.cursor.group) : null;
  redraw();
  emit("shown");
}

/**
 * Returns the box that currently represents a group: its own, the one around it, or the first
 * inside it.
 * @param {Group} at
 */
function boxOf(at) {
  const part = view.scene.of[at.number];
  if (part?.box) return part;
  return view.scene.boxes.find((box) => at.nodes.includes(box.group.nodes[0])) ?? null;
}

/**
 * Expands or collapses a group, and keeps its position on the screen.
 * @param {Group} at
 */
export function toggle(at) {
  if (at.children.length === 0) return;
  const { camera, cursor } = view;
  const before = view.scene.of[at.number];
  const [x, y] = before ? [before.x * camera.k + camera.x, before.y * camera.k + camera.y] : [0, 0];
  const opens = !state.open.has(at.key);
  if (opens) state.open.add(at.key);
  else closeWithin(at);
  if (cursor && at.nodes.includes(cursor.group.nodes[0])) view.cursor = { ...cursor, group: at };
  update();
  const after = view.scene.of[at.number];
  if (before && after)
    Object.assign(camera, { x: x - after.x * camera.k, y: y - after.y * camera.k });
  redraw();
  announce(
    `${fullName(at)} ${opens ? "expanded" : "collapsed"}, ${plural(view.scene.boxes.length, "box", "boxes")}`,
  );
}

/** @param {Group} at */
function closeWithin(at) {
  for (const key of [...state.open]) {
    const other = view.tree.byKey.get(key);
    if (other && (other === at || above(other).includes(at))) state.open.delete(key);
  }
}

/**
 * Opens all groups around a group.
 * @param {Group} at
 */
export function openTo(at) {
  above(at).forEach((group) => state.open.add(group.key));
  if (at.kind === "external") state.externals = true;
  if (at.test) state.tests = true;
}

/** Opens the groups that hide arrows that break a rule. */
export function openBroken() {
  hidesBroken(model, view.tree, state).forEach((key) => state.open.add(key));
}

/**
 * Opens the groups that hide a group, selects the group, and moves the camera to it.
 * @param {Group | undefined | null} at
 */
export function reveal(at) {
  if (!at) return;
  if (state.tab !== "matrix") setTab("graph");
  openTo(at);
  if (at.kind === "externals") state.externals = true;
  state.only = false;
  update();
  view.cursor = boxOf(at);
  select({ box: at.key });
  const part = view.scene.of[at.number];
  if (part) lookAt(part);
  announce(`${fullName(at)} shown`);
}

export function expandAll() {
  const closed = view.tree.all.filter(
    (at) => at.parent && at.children.length > 0 && at.kind !== "externals",
  );
  closed.forEach((at) => state.open.add(at.key));
  update();
  fit();
}

export function collapseAll() {
  state.open = new Set();
  view.cursor = null;
  update();
  fit();
}

/** @param {Tab} tab */
export function setTab(tab) {
  state.tab = tab;
  for (const name of TABS) {
    byId(`tab-${name}`).setAttribute("aria-selected", String(name === tab));
    byId(`tab-${name}`).setAttribute("tabindex", name === tab ? "0" : "-1");
    byId(name === "graph" ? "stage" : `${name}-view`).hidden = name !== tab;
  }
  byId("main").dataset.tab = tab;
  emit("tab");
}

/**
 * Restricts the shown findings to one rule, or to none.
 * @param {string} rule
 */
export function setRule(rule) {
  state.rule = rule;
  if (state.only) openBroken();
  update();
  emit("rule");
}

/**
 * Changes the way in which modules are grouped.
 * @param {Way} by
 */
export function regroup(by) {
  state.by = by;
  view.tree = treeBy(by);
  state.open = firstOpen(view.tree, AT_FIRST);
  view.cursor = null;
  select(null);
  emit("tree");
  update();
  fit();
}

/**
 * Selects a box or an arrow, or nothing, and shows its details in the panel.
 * @param {Selection | null} chosen
 * @param {boolean} [focusPanel]
 */
export function select(chosen, focusPanel = false) {
  state.selected = chosen;
  byId("panel").hidden = !chosen;
  byId("main").classList.toggle("with-panel", Boolean(chosen));
  emit("selected");
  if (chosen && focusPanel) byId("panel-body").querySelector("h2")?.focus();
  presentSoon();
}

/** Closes the panel; the focus returns to the element where the selection was made. */
export function closePanel() {
  select(null);
  if (state.tab === "graph") stage.focus({ preventScroll: true });
  if (state.tab === "matrix") byId("matrix").focus({ preventScroll: true });
}
