// @ts-check
// The positions of elements in the window, for programs that drive the page.

import { pointOn } from "../model/curves.js";
import { drawingTime, stage } from "./camera.js";
import { partBy, view } from "./state.js";
import { rulesOf } from "./words.js";

/** @import { Arrow, Point } from "../model/types.d.ts" */

/**
 * Returns the point of the window at which a point of the picture is shown.
 * @param {Point} point
 */
function inWindow({ x, y }) {
  const { left, top } = stage.getBoundingClientRect();
  const { camera } = view;
  return { x: left + x * camera.k + camera.x, y: top + y * camera.k + camera.y };
}

window.archlint = {
  where(key) {
    const part = partBy(key);
    if (!part) return null;
    const point = part.box
      ? { x: part.x + part.w / 2, y: part.y + part.h / 2 }
      : { x: part.x + 24, y: part.y + 15 };
    return { ...inWindow(point), open: !part.box };
  },
  wherePath(from, to, t = 0.5) {
    const is = (/** @type {Arrow} */ a) => a.from.group.key === from && a.to.group.key === to;
    const arrow = view.scene.drawn.find(is) ?? view.scene.arrows.find(is);
    return arrow ? inWindow(pointOn(arrow.path, t)) : null;
  },
  scene: () => ({
    boxes: view.scene.boxes.map(({ x, y, w, h, group, tint }) => ({
      key: group.key,
      x,
      y,
      w,
      h,
      tint,
      rank: group.rank,
    })),
    frames: view.scene.frames.map(({ x, y, w, h, group }) => ({ key: group.key, x, y, w, h })),
    arrows: view.scene.arrows.map((a) => ({
      from: a.from.group.key,
      to: a.to.group.key,
      count: a.count,
      rules: rulesOf(a),
    })),
  }),
  cursor: () => view.cursor?.group.key ?? null,
  drawing: drawingTime,
};
