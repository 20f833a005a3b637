// @ts-check
// Smooth lines: the first point, then Bézier curves of two control points and an end point each.

/** @import { Arrow, Point } from "./types.d.ts" */

/**
 * Returns the path of an arrow through its points. The ends of the path are vertical.
 * @param {Pick<Arrow, "start" | "middle" | "end" | "up">} arrow
 */
export function pathOf({ start, middle, end, up }) {
  const points = [start, ...middle, end];
  const path = [start[0], start[1]];
  for (let i = 1; i < points.length; i++) {
    const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]];
    const reach =
      Math.max(Math.abs(y1 - y0) * 0.5, Math.min(18, Math.abs(x1 - x0) * 0.25)) * (up ? -1 : 1);
    path.push(x0, y0 + reach, x1, y1 - reach, x1, y1);
  }
  return Float32Array.from(path);
}

/**
 * Returns the point at the fraction `t` of a path.
 * @param {Float32Array} path
 * @param {number} t
 */
export function pointOn(path, t) {
  const curves = (path.length - 2) / 6;
  const at = Math.min(curves - 1, Math.floor(t * curves));
  return curvePoint(path, at, t * curves - at);
}

/**
 * Returns the point at the fraction `t` of one curve of a path.
 * @param {Float32Array} path
 * @param {number} curve
 * @param {number} t
 * @returns {Point}
 */
export function curvePoint(path, curve, t) {
  const i = curve * 6;
  const s = 1 - t;
  const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return {
    x: a * path[i] + b * path[i + 2] + c * path[i + 4] + d * path[i + 6],
    y: a * path[i + 1] + b * path[i + 3] + c * path[i + 5] + d * path[i + 7],
  };
}

/**
 * Returns the bounding box of a path's points: left, top, right, bottom.
 * @param {Float32Array} path
 * @returns {[number, number, number, number]}
 */
export function boundsOf(path) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < path.length; i += 2) {
    left = Math.min(left, path[i]);
    right = Math.max(right, path[i]);
    top = Math.min(top, path[i + 1]);
    bottom = Math.max(bottom, path[i + 1]);
  }
  return [left, top, right, bottom];
}

/**
 * Returns the square of the distance from a point to an arrow, which is approximated by short
 * straight segments.
 * @param {Pick<Arrow, "path" | "samples">} arrow
 * @param {number} x
 * @param {number} y
 */
export function distance(arrow, x, y) {
  arrow.samples ??= samples(arrow.path);
  const points = arrow.samples;
  let least = Infinity;
  for (let i = 2; i < points.length; i += 2) {
    const [ax, ay] = [points[i - 2], points[i - 1]];
    const [dx, dy] = [points[i] - ax, points[i + 1] - ay];
    const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2);
  }
  return least;
}

/** @param {Float32Array} path */
function samples(path) {
  const points = [path[0], path[1]];
  for (let curve = 0; curve < (path.length - 2) / 6; curve++) {
    for (const t of [0.2, 0.4, 0.6, 0.8, 1]) {
      const { x, y } = curvePoint(path, curve, t);
      points.push(x, y);
    }
  }
  return points;
}
