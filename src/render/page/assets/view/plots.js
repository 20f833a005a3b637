// @ts-check
// Plots of the numbers, as SVG elements.

import { drawing } from "../base/dom.js";
import { number, plural } from "../base/text.js";

/** @import { Rectangle } from "../model/types.d.ts" */
/** @import { Row } from "../model/table.js" */

/** A row with a position in the plot of the main sequence. */
/** @typedef {{ row: Row, instability: number, abstractness: number, distance: number, lines: number }} Dot */

/** A metric. @typedef {{ name: string, about: string, whole: boolean }} Metric */

/** Returns the function that shows the subject of a row. @typedef {(row: Row) => (() => void) | null} Goes */

const PLOT = { width: 470, height: 330, left: 44, right: 14, top: 14, bottom: 40 };

/**
 * Returns the rows with both coordinates of the main sequence.
 * @param {Row[]} rows
 * @returns {Dot[]}
 */
export function dotsOf(rows) {
  return rows.flatMap((row) => {
    const value = (/** @type {string} */ name) => row.numbers.get(name) ?? null;
    const [instability, abstractness] = [value("instability"), value("abstractness")];
    if (instability === null || abstractness === null) return [];
    return [
      {
        row,
        instability,
        abstractness,
        distance: value("distance") ?? 0,
        lines: value("lines") ?? 0,
      },
    ];
  });
}

/**
 * Plots Martin's main sequence: instability to the right, abstractness upward.
 * @param {Dot[]} dots
 * @param {Goes} goes
 */
export function mainSequence(dots, goes) {
  const { width, height, left, right, top, bottom } = PLOT;
  const x = (/** @type {number} */ value) => left + value * (width - left - right);
  const y = (/** @type {number} */ value) => top + (1 - value) * (height - top - bottom);
  const most = dots.reduce((most, dot) => Math.max(most, dot.lines), 1);
  const radius = (/** @type {Dot} */ dot) => 3 + 11 * Math.sqrt(dot.lines / most);
  const point = (/** @type {Dot} */ dot) => {
    const text = `${dot.row.name}: instability ${dot.instability}, abstractness ${dot.abstractness}, distance ${dot.distance}, ${plural(dot.lines, "line")}`;
    const go = goes(dot.row);
    const circle = {
      cx: x(dot.instability),
      cy: y(dot.abstractness),
      r: radius(dot),
      class: go ? "point goes" : "point",
      onclick: go,
    };
    return drawing("circle", circle, drawing("title", {}, text));
  };
  const tick = (/** @type {number} */ value) => [
    drawing("line", { x1: x(value), x2: x(value), y1: y(0), y2: y(1), class: "grid" }),
    drawing("line", { x1: x(0), x2: x(1), y1: y(value), y2: y(value), class: "grid" }),
    drawing(
      "text",
      { x: x(value), y: height - bottom + 15, "text-anchor": "middle" },
      value.toString(),
    ),
    drawing("text", { x: left - 7, y: y(value) + 4, "text-anchor": "end" }, value.toString()),
  ];
  const spots = dots.map((dot) => ({
    name: dot.row.name,
    distance: dot.distance,
    x: x(dot.instability),
    y: y(dot.abstractness),
    r: radius(dot),
  }));
  // Small points are drawn last, so that no large one hides them; the farthest points are labelled.
  const drawn = [...dots].sort((a, b) => b.lines - a.lines);
  return drawing(
    "svg",
    {
      viewBox: `0 0 ${width} ${height}`,
      class: "plot",
      role: "img",
      "aria-label": `Main sequence: abstractness against instability of ${plural(dots.length, "row")}`,
    },
    [0, 0.25, 0.5, 0.75, 1].map(tick),
    drawing("line", { x1: x(0), y1: y(1), x2: x(1), y2: y(0), class: "sequence" }),
    drawing("text", { x: x(0.02), y: y(0.03), class: "zone" }, "zone of pain"),
    drawing(
      "text",
      { x: x(0.98), y: y(0.94), class: "zone", "text-anchor": "end" },
      "zone of uselessness",
    ),
    drawn.map(point),
    dots.length > 40 ? [] : spotNames(spots),
    drawing("text", { x: x(0.5), y: height - 6, "text-anchor": "middle" }, "instability"),
    drawing(
      "text",
      { x: 12, y: y(0.5), "text-anchor": "middle", transform: `rotate(-90 12 ${y(0.5)})` },
      "abstractness",
    ),
  );
}

/**
 * Places names beside the points, those farthest from the main sequence first, each at a position
 * without points and earlier names.
 * @param {{ name: string, distance: number, x: number, y: number, r: number }[]} spots
 */
function spotNames(spots) {
  /** @type {Rectangle[]} */
  const taken = spots.map(({ x, y, r }) => ({ x: x - r, y: y - r, w: 2 * r, h: 2 * r }));
  const names = [];
  for (const { name, x, y, r } of [...spots].sort((a, b) => b.distance - a.distance)) {
    const w = name.length * 6.2;
    const gap = r + 4;
    const toRight = x + w + gap < PLOT.width;
    const box = { x: toRight ? x + gap : x - gap - w, y: y - 8, w, h: 13 };
    const hits = (/** @type {Rectangle} */ other) =>
      box.x < other.x + other.w &&
      other.x < box.x + box.w &&
      box.y < other.y + other.h &&
      other.y < box.y + box.h;
    if (box.x < PLOT.left || taken.some(hits)) continue;
    taken.push(box);
    names.push(
      drawing(
        "text",
        {
          x: toRight ? box.x : box.x + w,
          y: y + 4,
          "text-anchor": toRight ? "start" : "end",
          class: "point-name",
        },
        name,
      ),
    );
  }
  return names;
}

/**
 * Plots the largest values of a metric as bars.
 * @param {Row[]} rows
 * @param {Metric} metric
 * @param {Goes} goes
 */
export function largest(rows, metric, goes) {
  const value = (/** @type {Row} */ row) => row.numbers.get(metric.name) ?? 0;
  const shown = rows
    .filter((row) => value(row) > 0)
    .sort((a, b) => value(b) - value(a))
    .slice(0, 12);
  const most = Math.max(...shown.map(value));
  const [width, step, left] = [470, 26, 190];
  const label = (/** @type {string} */ text) => (text.length > 28 ? `…${text.slice(-27)}` : text);
  const bar = (/** @type {Row} */ row, /** @type {number} */ at) => {
    const length = ((width - left - 62) * value(row)) / most;
    const y = at * step;
    const go = goes(row);
    return drawing(
      "g",
      { onclick: go, class: go && "goes" },
      drawing("title", {}, `${row.name}: ${metric.name} ${shownNumber(value(row), metric)}`),
      drawing("text", { x: left - 8, y: y + 16, "text-anchor": "end" }, label(row.name)),
      drawing("rect", {
        x: left,
        y: y + 4,
        width: Math.max(1, length),
        height: step - 9,
        rx: 2,
        class: "length",
      }),
      drawing("text", { x: left + length + 6, y: y + 16 }, shownNumber(value(row), metric)),
    );
  };
  const height = Math.max(1, shown.length) * step;
  return drawing(
    "svg",
    {
      viewBox: `0 0 ${width} ${height}`,
      class: "plot",
      role: "img",
      "aria-label": `The largest by ${metric.name}`,
    },
    shown.map(bar),
  );
}

/**
 * Formats a number in the format of its metric.
 * @param {number | null | undefined} value
 * @param {Metric} metric
 */
export function shownNumber(value, metric) {
  if (value === null || value === undefined) return "–";
  return metric.whole ? number(value) : value.toFixed(3);
}
