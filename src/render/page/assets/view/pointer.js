// @ts-check
// Handling of pointers and keys on the stage.

import { announce, byId, onceAFrame } from "../base/dom.js";
import { select, toggle } from "./actions.js";
import { canvas, fit, hit, lookAt, pan, present, presentSoon, stage, zoom } from "./camera.js";
import { ARROWS } from "./keys.js";
import { on, view } from "./state.js";
import { describe, describeArrow } from "./words.js";

/** @import { Part } from "../model/types.d.ts" */
/** @import { Hit } from "./types.d.ts" */

const { camera, size } = view;
/** The position of each pointer. @type {Map<number, [number, number]>} */
const pointers = new Map();
/** The start of a press, and whether the press has become a drag. @type {{ x: number, y: number, dragged: boolean } | null} */
let pressed = null;
let pinch = 0;

/**
 * Returns the position of an event on the stage.
 * @param {MouseEvent} event
 * @returns {[number, number]}
 */
const spot = (event) => {
  const { left, top } = stage.getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
};

canvas.addEventListener("pointerdown", (event) => {
  const [x, y] = spot(event);
  pointers.set(event.pointerId, [x, y]);
  pressed = { x, y, dragged: pointers.size > 1 };
  canvas.setPointerCapture(event.pointerId);
});

canvas.addEventListener("pointermove", (event) => {
  const [x, y] = spot(event);
  const before = pointers.get(event.pointerId);
  if (!before) return hoverAt(x, y, event.pointerType);
  pointers.set(event.pointerId, [x, y]);
  if (pointers.size === 2) return pinched();
  if (pressed && Math.hypot(x - pressed.x, y - pressed.y) > 4) pressed.dragged = true;
  if (pressed?.dragged) {
    stage.classList.add("dragging");
    pan(x - before[0], y - before[1]);
  }
});

function pinched() {
  const [[ax, ay], [bx, by]] = [...pointers.values()];
  const apart = Math.hypot(ax - bx, ay - by);
  if (pinch > 0) zoom(apart / pinch, (ax + bx) / 2, (ay + by) / 2);
  pinch = apart;
}

for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) {
  canvas.addEventListener(end, (event) => {
    const was = pressed;
    pointers.delete(event.pointerId);
    pinch = 0;
    stage.classList.remove("dragging");
    if (pointers.size === 0) pressed = null;
    if (end === "pointerup" && was && !was.dragged) click(...spot(event));
  });
}

/** The last position of the pointer. @type {[number, number] | null} */
let pending = null;
const lookUnder = onceAFrame(() => {
  if (!pending) return;
  const found = hit(...pending);
  const same = found?.box === view.hovered?.box && found?.arrow === view.hovered?.arrow;
  view.hovered = found?.box || found?.arrow ? found : null;
  stage.classList.toggle("pointing", Boolean(found));
  tip(found, pending);
  if (!same) present();
});

/**
 * @param {number} x
 * @param {number} y
 * @param {string} kind
 */
function hoverAt(x, y, kind) {
  if (kind === "touch") return;
  pending = [x, y];
  lookUnder();
}

canvas.addEventListener("pointerleave", () => {
  pending = null;
  view.hovered = null;
  tip(null);
  presentSoon();
});

/**
 * Shows a tooltip beside the pointer, or none.
 * @param {Hit | null} found
 * @param {[number, number]} [spot]
 */
function tip(found, [x, y] = [0, 0]) {
  const box = byId("tip");
  const words = found?.box ? describe(found.box) : found?.arrow ? describeArrow(found.arrow) : null;
  box.hidden = !words;
  if (!words) return;
  box.textContent = words;
  box.style.left = `${Math.min(x + 14, size.w - box.offsetWidth - 8)}px`;
  box.style.top = `${y + 18 + box.offsetHeight > size.h ? y - box.offsetHeight - 8 : y + 18}px`;
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let opening;

/**
 * @param {number} x
 * @param {number} y
 */
function click(x, y) {
  const found = hit(x, y);
  view.hovered = null;
  tip(null);
  clearTimeout(opening);
  if (found?.box) {
    const { group } = found.box;
    view.cursor = found.box;
    const show = () => select({ box: group.key });
    // If the panel would cover the box, it would come between the two clicks of a double click.
    const covers = byId("panel").hidden && group.children.length > 0 && x > size.w - 420;
    if (covers) opening = setTimeout(show, 300);
    else show();
  } else if (found?.arrow) {
    select({ from: found.arrow.from.group.key, to: found.arrow.to.group.key });
  } else if (found?.frame) {
    select({ box: found.frame.group.key });
  } else {
    select(null);
  }
}

canvas.addEventListener("dblclick", (event) => {
  clearTimeout(opening);
  const found = hit(...spot(event));
  if (found?.box) toggle(found.box.group);
  else if (found?.frame) toggle(found.frame.group);
});

canvas.addEventListener(
  "wheel",
  (event) => {
    event.preventDefault();
    const step = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
    if (event.shiftKey) pan(-step, 0);
    else
      zoom(
        Math.exp(-Math.max(-240, Math.min(240, step)) * (event.ctrlKey ? 0.01 : 0.0016)),
        ...spot(event),
      );
  },
  { passive: false },
);

stage.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target !== stage) return;
  if (!stageKey(event.key, event.shiftKey)) return;
  event.preventDefault();
  event.stopPropagation();
});

/**
 * Performs the action of a key. Returns whether the key has one.
 * @param {string} key
 * @param {boolean} shift
 */
function stageKey(key, shift) {
  const direction = ARROWS.get(key);
  if (direction && shift) pan(-60 * direction[0], -60 * direction[1]);
  else if (direction) step(direction);
  else if (key === "Enter" || key === " ") choose(key === "Enter");
  else if (key === "+" || key === "=") expandHere();
  else if (key === "-") collapseHere();
  else if (key === "z") zoom(1.25);
  else if (key === "Z") zoom(0.8);
  else if (key === "0" || key === "f") fit();
  else if (key === "Home") moveCursor(view.scene.boxes[0]);
  else return false;
  return true;
}

/** @param {Part | null | undefined} box */
function moveCursor(box) {
  if (!box) return;
  view.cursor = box;
  view.hovered = null;
  const [x, y] = [box.x * camera.k + camera.x, box.y * camera.k + camera.y];
  const away =
    x < 20 || y < 20 || x + box.w * camera.k > size.w - 20 || y + box.h * camera.k > size.h - 20;
  if (away || camera.k < 0.5) lookAt(box);
  else present();
  announce(describe(box));
}

/**
 * Moves to the nearest box in a direction: sideways distance counts more.
 * @param {[number, number]} direction
 */
function step([dx, dy]) {
  const { cursor, scene } = view;
  if (!cursor) return moveCursor(scene.boxes[0]);
  const middle = (/** @type {Part} */ b) => [b.x + b.w / 2, b.y + b.h / 2];
  const [x, y] = middle(cursor);
  /** @type {Part | null} */
  let best = null;
  let least = Infinity;
  for (const box of scene.boxes) {
    const [bx, by] = middle(box);
    const ahead = (bx - x) * dx + (by - y) * dy;
    const aside = Math.abs((bx - x) * dy) + Math.abs((by - y) * dx);
    if (box === cursor || ahead <= 1) continue;
    if (ahead + aside * 2.2 < least) [best, least] = [box, ahead + aside * 2.2];
  }
  moveCursor(best);
}

/**
 * Opens a closed box, or shows the details of a box.
 * @param {boolean} opens false to always show the details
 */
function choose(opens) {
  const { cursor } = view;
  if (!cursor) return moveCursor(view.scene.boxes[0]);
  if (opens && cursor.group.children.length > 0) return toggle(cursor.group);
  select({ box: cursor.group.key }, true);
}

function expandHere() {
  const at = view.cursor?.group;
  if (at && at.children.length > 0) toggle(at);
}

function collapseHere() {
  const above = view.cursor?.group.parent;
  if (above?.parent) toggle(above);
}

stage.addEventListener("focus", () => {
  view.cursor ??= view.scene.boxes[0] ?? null;
  if (view.cursor && stage.matches(":focus-visible")) announce(describe(view.cursor));
  presentSoon();
});
stage.addEventListener("blur", presentSoon);
on("moved", () => tip(null));
