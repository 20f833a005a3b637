// @ts-check
// The stage: the part of the picture that is in view.

import { byId, onceAFrame, the } from "../base/dom.js";
import { distance } from "../model/curves.js";
import { TITLE_H } from "../model/layout.js";
import { contextOf, measure } from "./font.js";
import { paintFocus, paintScene } from "./paint.js";
import { emit, on, partBy, state, view } from "./state.js";
import { color } from "./theme.js";

/** @import { Arrow, Part, Rectangle } from "../model/types.d.ts" */
/** @import { Camera, Focus, Hit } from "./types.d.ts" */

const { camera, size } = view;
const drawn = { x: 0, y: 0, k: 1, cost: 0 };
const [LEAST, MOST] = [0.004, 4];

export const stage = byId("stage");
export const canvas = the("canvas", HTMLCanvasElement);
const kept = document.createElement("canvas");

/** Adapts the size of the canvas to its element. */
export function resize() {
  const { width, height } = stage.getBoundingClientRect();
  Object.assign(size, { w: width, h: height, ratio: Math.min(2, window.devicePixelRatio || 1) });
  for (const one of [canvas, kept]) {
    one.width = Math.max(1, Math.round(width * size.ratio));
    one.height = Math.max(1, Math.round(height * size.ratio));
  }
  redraw();
}

/** Redraws the picture and shows it. */
export function redraw() {
  const start = performance.now();
  paintScene(contextOf(kept, { alpha: false }), view.scene, camera, size);
  Object.assign(drawn, camera, { cost: performance.now() - start });
  present();
}

/** Shows the kept picture at the current camera position, with the focus on top. */
export function present() {
  const context = contextOf(canvas, { alpha: false });
  const scale = camera.k / drawn.k;
  const [left, top] = [camera.x - drawn.x * scale, camera.y - drawn.y * scale];
  const still = scale === 1 && left === 0 && top === 0;
  context.setTransform(1, 0, 0, 1, 0, 0);
  if (!still) {
    context.fillStyle = color("ground");
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  const focus = focused();
  context.drawImage(
    kept,
    left * size.ratio,
    top * size.ratio,
    kept.width * scale,
    kept.height * scale,
  );
  if (focus) {
    context.globalAlpha = 0.6;
    context.fillStyle = color("ground");
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.globalAlpha = 1;
    paintFocus(context, view.scene, camera, size, focus);
  }
}

/**
 * Returns the focus: the element under the pointer, else the selection, else the keyboard's
 * position.
 * @returns {Focus | null}
 */
function focused() {
  if (view.hovered) return view.hovered;
  const chosen = selected();
  if (chosen) return chosen;
  return view.cursor && document.activeElement === stage ? { box: view.cursor } : null;
}

/** @returns {Focus | null} */
function selected() {
  const chosen = state.selected;
  if (!chosen) return null;
  if ("box" in chosen) {
    const part = partBy(chosen.box);
    return part?.box ? { box: part } : null;
  }
  const [from, to] = [partBy(chosen.from), partBy(chosen.to)];
  const is = (/** @type {Arrow} */ a) => a.from === from && a.to === to;
  const arrow = view.scene.arrows.find(is) ?? view.scene.drawn.find(is);
  return arrow ? { arrow } : null;
}

/** Shows the picture at the next animation frame. */
export const presentSoon = onceAFrame(present);
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** Redraws after a camera movement: at once if drawing is cheap, else when the movement pauses. */
const moved = onceAFrame(() => {
  clearTimeout(waiting);
  emit("moved");
  if (drawn.cost < 10) return redraw();
  present();
  waiting = setTimeout(redraw, 120);
});

/**
 * Zooms around a point of the stage.
 * @param {number} factor
 * @param {number} [x]
 * @param {number} [y]
 */
export function zoom(factor, x = size.w / 2, y = size.h / 2) {
  const k = within(camera.k * factor);
  const scale = k / camera.k;
  Object.assign(camera, { x: x - (x - camera.x) * scale, y: y - (y - camera.y) * scale, k });
  moved();
}

/**
 * Moves the picture.
 * @param {number} dx
 * @param {number} dy
 */
export function pan(dx, dy) {
  camera.x += dx;
  camera.y += dy;
  moved();
}

/**
 * Returns the zoom nearest to `k` within the limits.
 * @param {number} k
 */
export function within(k) {
  return Math.min(MOST, Math.max(LEAST, k));
}

/**
 * Shows the whole of a rectangle, or of the picture, at the largest reasonable zoom.
 * @param {Rectangle} [part]
 * @param {number} [most]
 */
export function fit(part = view.scene.frames[0], most = 1.15) {
  if (part && size.w > 0) glide(fitting(part, most));
}

/** Shows the whole picture without an animation. */
export function fitAtOnce() {
  const [root] = view.scene.frames;
  if (root && size.w > 0) Object.assign(camera, fitting(root, 1.15));
}

/**
 * @param {Rectangle} part
 * @param {number} most
 */
function fitting(part, most) {
  return centred(
    part,
    Math.min(
      most,
      Math.max(LEAST, Math.min((size.w - 56) / (part.w || 1), (size.h - 72) / (part.h || 1))),
    ),
  );
}

/**
 * @param {Rectangle} part
 * @param {number} k
 */
function centred(part, k) {
  return {
    k,
    x: size.w / 2 - (part.x + part.w / 2) * k,
    y: size.h / 2 - (part.y + part.h / 2) * k,
  };
}

/**
 * Moves the camera to a rectangle, at a readable zoom.
 * @param {Rectangle} part
 */
export function lookAt(part) {
  glide(centred(part, Math.max(camera.k, 0.8)));
}

let gliding = 0;

/**
 * Moves the camera, with an animation unless the reader prefers reduced motion.
 * @param {Camera} to
 */
function glide(to) {
  cancelAnimationFrame(gliding);
  const from = { ...camera };
  const start = performance.now();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden;
  const step = (/** @type {number} */ now) => {
    const t = still ? 1 : Math.min(1, (now - start) / 220);
    const ease = 1 - (1 - t) ** 3;
    camera.x = from.x + (to.x - from.x) * ease;
    camera.y = from.y + (to.y - from.y) * ease;
    camera.k = from.k + (to.k - from.k) * ease;
    if (t < 1) {
      moved();
      gliding = requestAnimationFrame(step);
    } else {
      Object.assign(camera, to);
      redraw();
      emit("moved");
    }
  };
  step(still ? Infinity : start);
}

/**
 * Returns the element under a point of the stage: a box, an arrow, a frame's title, or nothing.
 * @param {number} px
 * @param {number} py
 * @returns {Hit | null}
 */
export function hit(px, py) {
  const [x, y] = [(px - camera.x) / camera.k, (py - camera.y) / camera.k];
  const inside = (/** @type {Rectangle} */ r) =>
    x >= r.x && x <= r.x + r.w && y >= r.y && y <= r.y + r.h;
  const box = view.scene.boxes.find(inside);
  if (box) return { box };
  const titled = (/** @type {(frame: Part) => number} */ w) =>
    view.scene.frames.findLast(
      (frame) => frame.frame && inside({ ...frame, w: w(frame), h: TITLE_H }),
    );
  const words = titled((frame) => measure(frame.text) * 1.1 + 24);
  if (words) return { frame: words };
  const arrow = nearest(x, y, 7 / camera.k);
  if (arrow) return { arrow };
  const frame = titled((one) => one.w);
  return frame ? { frame } : null;
}

/**
 * Returns the arrow nearest to a point of the picture.
 * @param {number} x
 * @param {number} y
 * @param {number} reach
 */
function nearest(x, y, reach) {
  /** @type {Arrow | null} */
  let best = null;
  let least = reach * reach;
  for (const arrow of view.scene.drawn) {
    const [left, top, right, bottom] = arrow.bounds;
    if (x < left - reach || x > right + reach || y < top - reach || y > bottom + reach) continue;
    const found = distance(arrow, x, y) - (arrow.broken.size > 0 ? 1 : 0);
    if (found < least) [best, least] = [arrow, found];
  }
  return best;
}

/** Returns the time that drawing the picture took, in milliseconds. */
export const drawingTime = () => drawn.cost;

on("theme", redraw);
on("tab", () => state.tab === "graph" && resize());
new ResizeObserver(() => resize()).observe(stage);
