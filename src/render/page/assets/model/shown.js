// @ts-check
// The boxes, frames and arrows that are shown for the reader's choices.

import { above } from "./groups.js";
import { reduced } from "./reduction.js";

/** @import { Arrow, Choice, Finding, Group, Part, Scene, Tree } from "./types.d.ts" */
/** @import { Model } from "./model.js" */

/**
 * Returns the findings of an edge that count: not waived, and of the chosen rule if there is one.
 * @param {Model} model
 * @param {number} edge
 * @param {string} rule
 */
export function brokenBy(model, edge, rule) {
  return (model.marks.get(edge) ?? []).filter((finding) => counts(finding, rule));
}

/**
 * Returns whether a finding counts: not waived, and of the chosen rule if there is one.
 * @param {Finding} finding
 * @param {string} rule
 */
export function counts(finding, rule) {
  return finding.status !== "waived" && (rule === "" || finding.rule === rule);
}

/**
 * Returns the edges that break a rule.
 * @param {Model} model
 * @param {Choice} choice
 */
function violatedBy(model, { rule, tests }) {
  const edges = [...model.marks.keys()];
  return new Set(
    edges.filter(
      (edge) => model.references(edge, tests) > 0 && brokenBy(model, edge, rule).length > 0,
    ),
  );
}

/**
 * Returns the boxes, frames and arrows for a choice, without positions.
 * @param {Model} model
 * @param {Tree} tree
 * @param {Choice} choice
 * @returns {Scene}
 */
export function show(model, tree, choice) {
  const violated = violatedBy(model, choice);
  const forced = new Set(
    [...violated].map((edge) => model.to[edge]).filter((node) => model.isExternal(node)),
  );
  /** @type {Scene} */
  const shown = {
    boxes: [],
    frames: [],
    of: new Array(tree.all.length),
    arrows: [],
    drawn: [],
    implied: 0,
  };
  const touched = choice.only ? ends(model, violated) : null;
  for (const at of tree.all) place(at, shown, choice, forced, touched);
  const arrows = arrowsOf(model, tree, choice, shown, violated);
  shown.arrows =
    choice.reduce && !choice.only ? withoutImplied(shown.boxes.length, arrows) : arrows;
  shown.implied = arrows.length - shown.arrows.length;
  return shown;
}

/**
 * @param {Model} model
 * @param {Set<number>} edges
 */
function ends(model, edges) {
  /** @type {Set<number>} */
  const nodes = new Set();
  for (const edge of edges) nodes.add(model.from[edge]).add(model.to[edge]);
  return nodes;
}

/**
 * Returns the keys of the groups that hide an arrow that breaks a rule: every group that contains
 * both of its ends.
 * @param {Model} model
 * @param {Tree} tree
 * @param {Choice} choice
 */
export function hidesBroken(model, tree, choice) {
  return [...violatedBy(model, choice)].flatMap((edge) => {
    const around = new Set(above(tree.leafOf[model.to[edge]]));
    return above(tree.leafOf[model.from[edge]])
      .filter((at) => around.has(at))
      .map((at) => at.key);
  });
}

/**
 * Adds the part that represents a group. Parents come first: a group inside a box is represented by
 * that box, a group inside a frame by a box or frame of its own.
 * @param {Group} at
 * @param {Scene} shown
 * @param {Choice} choice
 * @param {Set<number>} forced
 * @param {Set<number> | null} touched
 */
function place(at, shown, choice, forced, touched) {
  const around = at.parent ? shown.of[at.parent.number] : null;
  if (around === undefined || around?.box) {
    shown.of[at.number] = around;
    return;
  }
  if (at.parent && isHidden(at, choice, forced, touched)) return;
  const few = at.kind === "externals" && !choice.externals;
  const open = !at.parent || few || (choice.open.has(at.key) && at.children.length > 0);
  const list = open ? shown.frames : shown.boxes;
  const part = partOf(at, !open, around, list.length);
  shown.of[at.number] = part;
  list.push(part);
}

/**
 * @param {Group} group
 * @param {boolean} box
 * @param {Part | null} frame
 * @param {number} number
 * @returns {Part}
 */
function partOf(group, box, frame, number) {
  const [x, y, w, h] = [0, 0, 0, 0];
  return {
    group,
    box,
    frame,
    number,
    hidden: new Set(),
    tint: -1,
    text: "",
    x,
    y,
    w,
    h,
    at: { x, y },
    origin: { x, y },
    routes: new Map(),
  };
}

/**
 * @param {Group} at
 * @param {Choice} choice
 * @param {Set<number>} forced
 * @param {Set<number> | null} touched
 */
function isHidden(at, choice, forced, touched) {
  if (at.test && !choice.tests) return true;
  if (touched && !at.nodes.some((node) => touched.has(node))) return true;
  if (at.kind === "externals" || at.kind === "external") {
    return !choice.externals && !at.nodes.some((node) => forced.has(node));
  }
  return false;
}

/**
 * @param {Model} model
 * @param {Tree} tree
 * @param {Choice} choice
 * @param {Scene} shown
 * @param {Set<number>} violated
 */
function arrowsOf(model, tree, choice, shown, violated) {
  /** @type {Map<number, Arrow>} */
  const arrows = new Map();
  for (let edge = 0; edge < model.edges; edge++) {
    const count = model.references(edge, choice.tests);
    const broken = violated.has(edge);
    if (
      count === 0 ||
      (!broken && (choice.only || (model.isExternal(model.to[edge]) && !choice.externals)))
    )
      continue;
    const from = shown.of[tree.leafOf[model.from[edge]].number];
    const to = shown.of[tree.leafOf[model.to[edge]].number];
    if (!from || !to) continue;
    const findings = broken ? brokenBy(model, edge, choice.rule) : [];
    if (from === to) {
      findings.forEach((finding) => from.hidden.add(finding));
      continue;
    }
    const key = from.number * shown.boxes.length + to.number;
    let arrow = arrows.get(key);
    if (!arrow) {
      arrow = arrowOf(from, to);
      arrows.set(key, arrow);
    }
    arrow.edges.push(edge);
    arrow.naming &&= model.isNaming(edge);
    arrow.test &&= model.isTest(edge);
    findings.forEach((finding) => arrow.broken.add(finding));
  }
  for (const arrow of arrows.values()) {
    // A reference by name alone is also a reference to the definition, and counts only by itself.
    const counted = arrow.edges.filter((edge) => arrow.naming || !model.isNaming(edge));
    arrow.count = counted.reduce((n, edge) => n + model.references(edge, choice.tests), 0);
  }
  return [...arrows.values()];
}

/**
 * Creates an arrow without references and without a route.
 * @param {Part} from
 * @param {Part} to
 * @returns {Arrow}
 */
export function arrowOf(from, to) {
  return {
    from,
    to,
    edges: [],
    count: 0,
    broken: new Set(),
    test: true,
    naming: true,
    bundle: false,
    a: from,
    b: to,
    target: to,
    up: false,
    start: [0, 0],
    middle: [],
    end: [0, 0],
    path: new Float32Array(),
    bounds: [0, 0, 0, 0],
    samples: null,
  };
}

/**
 * Returns the arrows without those that a longer chain implies. Arrows that break a rule stay, and so
 * do arrows by name alone, which imply nothing.
 * @param {number} boxes
 * @param {Arrow[]} arrows
 */
function withoutImplied(boxes, arrows) {
  const own = arrows.filter((arrow) => !arrow.naming);
  const stays = reduced(
    boxes,
    own.map(({ from, to }) => [from.number, to.number]),
  );
  const kept = own.filter(({ broken }, at) => broken.size > 0 || stays[at]);
  return [...kept, ...arrows.filter((arrow) => arrow.naming)];
}
