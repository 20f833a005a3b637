// @ts-check
// The layout of the whole picture: frames are laid out from the innermost outward, each with the
// arrows between its parts; then each arrow is routed through the frames around its ends.

import { visible } from "../base/text.js";
import { boundsOf, pathOf } from "./curves.js";
import { layered, routeKey } from "./layers.js";
import { arrowOf } from "./shown.js";

/** @import { Arrow, Part, Scene } from "./types.d.ts" */

/**
 * A link between two parts of one frame, lifted from arrows.
 * @typedef {{ a: Part, b: Part, target: Part, weight: number }} PartLink
 */

/** Returns the width of a text. @typedef {(text: string) => number} Measure */

const BOX_H = 30;
/** The height of a frame's title. */
export const TITLE_H = 30;
const PAD = 16;
const MOST_W = 250;
const MANY_ARROWS = 320;

/**
 * Returns `text`, shortened to a width of at most `width`.
 * @param {string} text
 * @param {number} width
 * @param {Measure} measure
 */
export function fitted(text, width, measure) {
  if (measure(text) <= width) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(`${text.slice(0, middle)}…`) <= width) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low)}…`;
}

/**
 * Returns the parts that are directly in each frame.
 * @param {Scene} scene
 */
export function partsByFrame({ frames, boxes }) {
  /** @type {Part[][]} */
  const parts = frames.map(() => []);
  for (const part of [...frames, ...boxes]) if (part.frame) parts[part.frame.number].push(part);
  return parts;
}

/**
 * Assigns a position to every box, frame and arrow of `shown`.
 * @param {Scene} shown
 * @param {Measure} measure
 * @param {number[]} order the position of each group among the children of its parent
 */
export function layout(shown, measure, order) {
  const parts = partsByFrame(shown);
  for (const box of shown.boxes) {
    const room = box.group.children.length > 0 ? 44 : 26;
    box.text = fitted(visible(box.group.name), MOST_W - room, measure);
    [box.w, box.h] = [Math.max(64, Math.ceil(measure(box.text)) + room), BOX_H];
  }
  const links = lifted(shown);
  // Frames are listed parents first.
  for (let at = shown.frames.length - 1; at >= 0; at--) {
    const frame = shown.frames[at];
    inside(frame, parts[at], links[at], order);
    sizes(frame, measure);
  }
  const [root] = shown.frames;
  Object.assign(root, { x: 0, y: 0 });
  for (const frame of shown.frames) {
    for (const part of parts[frame.number]) {
      part.x = frame.x + frame.origin.x + part.at.x;
      part.y = frame.y + frame.origin.y + part.at.y;
    }
  }
  shown.drawn = shown.arrows.length > MANY_ARROWS ? bundled(shown) : shown.arrows;
  const all = new Set([...shown.arrows, ...shown.drawn]);
  for (const arrow of all) route(arrow);
  spread(shown.drawn);
  for (const arrow of all) {
    arrow.path = pathOf(arrow);
    arrow.bounds = boundsOf(arrow.path);
  }
  return shown;
}

/**
 * Returns the arrows to draw if there are too many to follow: the arrows between two frames are
 * bundled into one, and arrows that break a rule stay separate. The arrows of a box are drawn
 * separately while it is in focus.
 * @param {Scene} scene
 */
function bundled({ arrows }) {
  /** @type {Map<string, Arrow>} */
  const bundles = new Map();
  const drawn = [];
  for (const arrow of arrows) {
    const { a, b, from, to } = arrow;
    if ((a === from && b === to) || arrow.broken.size > 0) {
      drawn.push(arrow);
      continue;
    }
    const key = `${partKey(a)}:${partKey(b)}`;
    let bundle = bundles.get(key);
    if (!bundle) {
      bundle = { ...arrowOf(a, b), bundle: true };
      bundles.set(key, bundle);
    }
    bundle.count += arrow.count;
    bundle.test &&= arrow.test;
    bundle.naming &&= arrow.naming;
  }
  return [...drawn, ...bundles.values()];
}

/**
 * Returns, for each frame, the links between its parts that arrows cause, and sets the link of each
 * arrow.
 * @param {Scene} shown
 */
function lifted(shown) {
  /** @type {Map<string, PartLink>[]} */
  const links = shown.frames.map(() => new Map());
  const many = shown.arrows.length > MANY_ARROWS;
  for (const arrow of shown.arrows) {
    const { a, b, frame } = ends(arrow);
    const target = many ? b : arrow.to;
    Object.assign(arrow, { a, b, target });
    const key = `${partKey(a)}:${partKey(b)}:${partKey(target)}`;
    const link = links[frame.number].get(key) ?? { a, b, target, weight: 0 };
    link.weight += arrow.count;
    links[frame.number].set(key, link);
  }
  return links.map((of) => [...of.values()]);
}

/**
 * Returns the innermost frame that contains both ends of an arrow, and the parts of the frame that
 * contain them.
 * @param {Arrow} arrow
 */
function ends({ from, to }) {
  /** @type {Map<Part, Part>} */
  const chain = new Map();
  for (let at = from; at.frame; at = at.frame) chain.set(at.frame, at);
  for (let b = to; b.frame; b = b.frame) {
    const a = chain.get(b.frame);
    if (a) return { a, b, frame: b.frame };
  }
  throw new Error("a box lies outside of the outermost frame");
}

/** @param {Part} part */
const partKey = (part) => `${part.box ? "b" : "f"}${part.number}`;

/**
 * Lays out the parts of one frame.
 * @param {Part} frame
 * @param {Part[]} parts
 * @param {PartLink[]} links
 * @param {number[]} order
 */
function inside(frame, parts, links, order) {
  const at = new Map(parts.map((part, i) => [part, i]));
  const position = (/** @type {Part} */ part) => at.get(part) ?? 0;
  const numbered = links.map(({ a, b, target, weight }) => {
    return { a: position(a), b: position(b), target: partKey(target), weight };
  });
  const found = layered(
    parts,
    bandsOf(parts),
    parts.map((part) => order[part.group.number]),
    numbered,
  );
  parts.forEach((part, i) => (part.at = found.at[i]));
  links.forEach(({ a, b, target }, i) => {
    const route = found.routes.get(routeKey(numbered[i].a, numbered[i].b, numbered[i].target));
    if (route) frame.routes.set(`${partKey(a)}:${partKey(b)}:${partKey(target)}`, route);
  });
  [frame.w, frame.h] = [found.w, found.h];
}

/**
 * Adds the title and the padding to the size of a frame's contents.
 * @param {Part} frame
 * @param {Measure} measure
 */
function sizes(frame, measure) {
  if (frame.frame === null) return;
  frame.origin = { x: PAD, y: TITLE_H + 6 };
  frame.text = visible(frame.group.name);
  frame.w = Math.max(frame.w + 2 * PAD, measure(frame.text) + 60);
  frame.h += TITLE_H + 6 + PAD;
}

/**
 * Returns the ranks of the parts: their declared layers, if these distinguish the parts. External
 * crates are below all others.
 * @param {Part[]} parts
 */
function bandsOf(parts) {
  const ranks = parts.map(({ group: at }) => at.rank);
  const declared = new Set(ranks.filter((rank) => rank >= 0));
  if (declared.size < 2) return parts.map(({ group: at }) => (at.kind === "externals" ? 0 : -1));
  const bottom = Math.max(...declared) + 1;
  return parts.map(({ group: at }, i) => (at.kind === "externals" ? bottom : ranks[i]));
}

/**
 * Computes the points of an arrow: out of its box, through the ranks between, into the other box.
 * @param {Arrow} arrow
 */
function route(arrow) {
  const { from, to, a, b } = arrow;
  const frame = b.frame;
  const found = frame?.routes.get(`${partKey(a)}:${partKey(b)}:${partKey(arrow.target)}`);
  if (!frame || !found) throw new Error("an arrow has no way through its frame");
  const [dx, dy] = [frame.x + frame.origin.x, frame.y + frame.origin.y];
  arrow.up = found.up;
  arrow.middle = [];
  for (const [x, top, bottom] of found.points) {
    const ys = found.up ? [bottom, top] : [top, bottom];
    arrow.middle.push([x + dx, ys[0] + dy], [x + dx, ys[1] + dy]);
  }
  arrow.start = [from.x + from.w / 2, found.up ? from.y : from.y + from.h];
  arrow.end = [to.x + to.w / 2, found.up ? to.y + to.h : to.y];
}

/**
 * A point at a side of a box where arrows begin or end.
 * @typedef {{ toward: number, into: boolean, arrows: Arrow[] }} Port
 */

/**
 * Spreads the arrows that leave a box along its side, in the order of their targets. Arrows that
 * arrive share the middle, since they have the same meaning.
 * @param {Arrow[]} arrows
 */
function spread(arrows) {
  /** @type {Map<string, { box: Part, ports: Port[] }>} */
  const sides = new Map();
  const at = (/** @type {Part} */ box, /** @type {boolean} */ bottom) => {
    const key = `${partKey(box)}${bottom ? "b" : "t"}`;
    const side = sides.get(key) ?? { box, ports: [] };
    sides.set(key, side);
    return side.ports;
  };
  for (const arrow of arrows) {
    const next = arrow.middle[0] ?? arrow.end;
    const last = arrow.middle[arrow.middle.length - 1] ?? arrow.start;
    at(arrow.from, !arrow.up).push({ toward: next[0], into: false, arrows: [arrow] });
    const into = at(arrow.to, arrow.up);
    const shared = into.find((port) => port.into);
    if (shared) {
      shared.arrows.push(arrow);
      shared.toward += (last[0] - shared.toward) / shared.arrows.length;
    } else {
      into.push({ toward: last[0], into: true, arrows: [arrow] });
    }
  }
  for (const { box, ports } of sides.values()) {
    ports.sort((p, q) => p.toward - q.toward);
    const room = Math.min(box.w - 20, ports.length * 14);
    ports.forEach((port, i) => {
      const x = box.x + box.w / 2 + room * ((i + 0.5) / ports.length - 0.5);
      for (const arrow of port.arrows) (port.into ? arrow.end : arrow.start)[0] = x;
    });
  }
}
