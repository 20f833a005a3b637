// @ts-check
// One chart: lines over commits, a mark for each event, and a tooltip for the commit under the
// pointer.

import { around, byId, el, nodes, the } from "../../../render/page/assets/base/dom.js";
import { plural } from "../../../render/page/assets/base/text.js";
import {
  BY_ORDER,
  BY_TIME,
  changed,
  COMMITS,
  dayOf,
  doubtful,
  eventText,
  MARKS,
  minuteOf,
  spelled,
} from "./data.js";

/** @import { Happening } from "./trends.d.ts" */
/** @import uPlotType from "uplot" */

/** A line of a chart. @typedef {{ title: string, series: (number | null)[], hue: number }} Line */

/**
 * The content of a chart.
 * @typedef {object} Content
 * @property {string} key
 * @property {string} title
 * @property {string} [about]
 * @property {number} places
 * @property {Line[]} lines
 * @property {Happening[]} happened the events marked in the chart
 * @property {boolean} [wide]
 */

/** A chart in the page. @typedef {Content & { plot: HTMLElement, u: uPlotType | null }} Chart */

/** @type {Chart[]} */
export const charts = [];
/** @type {{ axis: "time" | "commit", chosen: number | null, choose: (at: number | null) => void }} */
export const state = { axis: "time", chosen: null, choose: () => {} };
const color = (/** @type {string} */ name) =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const shared = uPlot.sync("commits");
const tooltip = el("div", { id: "tooltip", role: "tooltip", hidden: true });
document.body.append(tooltip);

/** Returns the indices of the commits in the order of the axis. */
export const order = () => (state.axis === "time" ? BY_TIME : BY_ORDER);

/** Returns the positions of the commits on the axis. */
const across = () => order().map((at, place) => (state.axis === "time" ? COMMITS[at].time : place));

/**
 * Adds a chart to the page.
 * @param {Content} content
 */
export function makeChart(content) {
  const { key, title, about, places, lines, wide } = content;
  const plot = el("div", { class: "plot" });
  const last = lines.length === 1 ? lines[0].series.filter((v) => v !== null) : [];
  const caption = el(
    "figcaption",
    {},
    el("h3", { title: about }, title),
    last.length > 0 && [
      el("span", { class: "now" }, spelled(last.at(-1), places)),
      el("span", { class: "change" }, changed(last[0], last[last.length - 1])),
    ],
  );
  const keys =
    lines.length > 1 &&
    el(
      "ul",
      { class: "keys" },
      lines.map((line) =>
        el("li", {}, el("span", { class: `swatch hue-${line.hue}` }), line.title),
      ),
    );
  const figure = el(
    "figure",
    {
      class: wide && "wide",
      "data-key": key,
      "aria-label": `${title} over ${plural(COMMITS.length, "commit")}`,
    },
    caption,
    keys,
    plot,
  );
  const chart = { ...content, plot, u: null };
  byId("charts").append(figure);
  charts.push(chart);
  draw(chart);
}

/**
 * Redraws a chart.
 * @param {Chart} chart
 */
export function draw(chart) {
  chart.u?.destroy();
  chart.u = null;
  if (!chart.lines.some((line) => line.series.some((v) => v != null))) {
    chart.plot.replaceChildren(el("p", { class: "none" }, "Not defined at any of these commits."));
    return;
  }
  const { width } = chart.plot.getBoundingClientRect();
  /** @type {uPlotType.AlignedData} */
  const rows = [across(), ...chart.lines.map((line) => order().map((at) => line.series[at]))];
  chart.u = new uPlot(optionsOf(chart, Math.max(200, width)), rows, chart.plot);
  shared.sub(chart.u);
}

/**
 * @param {Chart} chart
 * @param {number} width
 * @returns {uPlotType.Options}
 */
function optionsOf(chart, width) {
  const [ink, grid] = [color("--faint"), color("--grid")];
  const axis = {
    stroke: ink,
    grid: { stroke: grid, width: 1 },
    ticks: { stroke: grid, width: 1 },
    font: "11px system-ui, sans-serif",
  };
  const single = chart.lines.length === 1;
  return {
    width,
    height: 190,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    scales: {
      x: { time: state.axis === "time" },
      y: { range: (_, low, high) => rangeOf(chart, low, high) },
    },
    legend: { show: false },
    cursor: {
      sync: { key: shared.key, setSeries: false, scales: ["x", null] },
      y: false,
      drag: { x: true, y: false },
      points: { size: 7 },
    },
    axes: [
      {
        ...axis,
        space: 74,
        values: state.axis === "time" ? DATES : (_, splits) => splits.map(dateAt),
      },
      {
        ...axis,
        ...(chart.places === 0 && { incrs: WHOLE }),
        size: 58,
        space: 34,
        values: (_, splits) => splits.map((v) => shortNumber(v, chart.places)),
      },
    ],
    series: [
      {},
      ...chart.lines.map((line) => ({
        label: line.title,
        stroke: color(`--hue-${line.hue}`),
        fill: single ? color("--fill") : undefined,
        width: 1.75,
        spanGaps: false,
        paths: uPlot.paths.stepped?.({ align: 1 }),
        points: { show: COMMITS.length <= 40, size: 5 },
      })),
    ],
    hooks: {
      draw: [(u) => drawMarks(u, chart)],
      setCursor: [(u) => tell(u, chart)],
      setScale: [(u, key) => key === "x" && zoomed(u)],
      ready: [(u) => u.over.addEventListener("click", () => state.choose(placeUnder(u)))],
    },
  };
}

/**
 * Returns the range of the vertical axis. The range is never narrower than a tenth of the values,
 * so that numbers that hardly change do not seem to.
 * @param {Chart} chart
 * @param {number | null} low
 * @param {number | null} high
 * @returns {[number, number]}
 */
function rangeOf(chart, low, high) {
  if (low === null || high === null) return [0, 1];
  const least = chart.places === 0 ? 1 : 0.01;
  const width = Math.max(high - low, Math.abs(high) * 0.1, least);
  const middle = (high + low) / 2;
  const bottom = middle - width * 0.6;
  return [
    low >= 0 ? Math.max(0, bottom) : bottom,
    Math.max(middle + width * 0.6, high + width * 0.05),
  ];
}

/** The steps of an axis of whole numbers. */
const WHOLE = [...Array(10).keys()].flatMap((power) => [1, 2, 5].map((n) => n * 10 ** power));

// The year is shown at the first mark and where it changes; all dates are in UTC.
const DATES = [
  [86400 * 28, "{YYYY}-{MM}", null, null, null, null, null, null, 1],
  [86400, "{MM}-{DD}", "\n{YYYY}", null, null, null, null, null, 1],
  [60, "{HH}:{mm}", "\n{YYYY}-{MM}-{DD}", null, "\n{MM}-{DD}", null, null, null, 1],
  [
    1,
    ":{ss}",
    "\n{YYYY}-{MM}-{DD} {HH}:{mm}",
    null,
    "\n{MM}-{DD} {HH}:{mm}",
    null,
    "\n{HH}:{mm}",
    null,
    1,
  ],
];

/** @param {number} place */
function dateAt(place) {
  return Number.isInteger(place) && COMMITS[place] ? dayOf(COMMITS[place].time) : "";
}

/**
 * @param {number} value
 * @param {number} places
 */
function shortNumber(value, places) {
  const large = Math.abs(value) >= 10000;
  return value.toLocaleString("en", {
    notation: large ? "compact" : "standard",
    maximumFractionDigits: places === 0 && !large ? 0 : 2,
  });
}

/**
 * Draws a vertical line for each event, with its sign on top, a line for the selected commit, and
 * gaps as bands along the bottom.
 * @param {uPlotType} u
 * @param {Chart} chart
 */
function drawMarks(u, chart) {
  const { ctx, bbox } = u;
  const places = new Map(order().map((at, place) => [at, place]));
  const xOf = (/** @type {number} */ at) =>
    Math.round(u.valToPos(u.data[0][places.get(at) ?? 0], "x", true));
  const within = (/** @type {number} */ x) => x >= bbox.left - 1 && x <= bbox.left + bbox.width + 1;
  const ratio = devicePixelRatio;
  ctx.save();
  const line = (
    /** @type {number} */ at,
    /** @type {string} */ stroke,
    /** @type {number[]} */ dash,
  ) => {
    const x = xOf(at);
    if (!within(x)) return;
    ctx.strokeStyle = stroke;
    ctx.lineWidth = ratio;
    ctx.setLineDash(dash.map((n) => n * ratio));
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  };
  COMMITS.forEach((commit, at) => {
    if (commit.gap === null || !within(xOf(at))) return;
    ctx.fillStyle = color("--faint");
    ctx.fillRect(xOf(at) - 2 * ratio, bbox.top + bbox.height - 4 * ratio, 4 * ratio, 4 * ratio);
  });
  const hues = { appeared: color("--bad"), gone: color("--good"), jump: color("--warn") };
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = "center";
  for (const event of chart.happened) {
    line(event.at, hues[event.kind], [3, 3]);
    if (!within(xOf(event.at))) continue;
    ctx.fillStyle = hues[event.kind];
    ctx.fillText(MARKS[event.kind], xOf(event.at), bbox.top + 9 * ratio);
  }
  if (state.chosen !== null) line(state.chosen, color("--accent"), []);
  ctx.restore();
}

/**
 * Returns the index of the commit under the cursor; `null` if there is none.
 * @param {uPlotType} u
 */
function placeUnder(u) {
  const { idx, left } = u.cursor;
  return idx === null || idx === undefined || (left ?? -1) < 0 ? null : order()[idx];
}

/**
 * Fills the tooltip, which belongs to the chart under the pointer; the other charts only move their
 * cursors.
 * @param {uPlotType} u
 * @param {Chart} chart
 */
function tell(u, chart) {
  if (!u.over.matches(":hover")) return;
  const at = placeUnder(u);
  if (at === null) {
    tooltip.hidden = true;
    return;
  }
  tooltip.replaceChildren(...tooltipOf(at, chart));
  tooltip.hidden = false;
  const over = u.over.getBoundingClientRect();
  const { width, height } = tooltip.getBoundingClientRect();
  const x = over.left + (u.cursor.left ?? 0) + 16;
  tooltip.style.left = `${x + width > innerWidth - 8 ? Math.max(8, x - width - 32) : x}px`;
  tooltip.style.top = `${Math.min(over.top + 12, innerHeight - height - 8)}px`;
}

/**
 * @param {number} at
 * @param {Chart} chart
 */
function tooltipOf(at, chart) {
  const commit = COMMITS[at];
  const value = (/** @type {Line} */ line) => [
    el(
      "dt",
      {},
      chart.lines.length > 1 && el("span", { class: `swatch hue-${line.hue}` }),
      line.title,
    ),
    el("dd", {}, spelled(line.series[at], chart.places)),
  ];
  const shown =
    chart.lines.length > 6 ? chart.lines.filter((line) => line.series[at]) : chart.lines;
  const happened = chart.happened.filter((event) => event.at === at);
  return nodes([
    el(
      "div",
      {},
      el("code", {}, commit.short),
      ` ${dayOf(commit.time)} ${minuteOf(commit.time)} UTC`,
    ),
    el("div", { class: "subject" }, commit.subject),
    commit.gap !== null
      ? el("div", { class: "quiet" }, `Cannot be read: ${commit.gap}`)
      : el("dl", { class: "value" }, shown.map(value)),
    commit.doubts > 0 && el("div", { class: "quiet" }, doubtful(commit)),
    happened.map((event) =>
      el(
        "div",
        { class: event.kind },
        el("span", { class: "mark" }, MARKS[event.kind]),
        eventText(event),
      ),
    ),
  ]);
}

let zooming = false;

/**
 * Shows the same part of the axis in every chart.
 * @param {uPlotType} u
 */
function zoomed(u) {
  if (zooming) return;
  zooming = true;
  const { min, max } = u.scales.x;
  const all = u.data[0];
  if (min !== undefined && max !== undefined) {
    for (const other of charts) if (other.u && other.u !== u) other.u.setScale("x", { min, max });
    the("reset", HTMLButtonElement).disabled = min <= all[0] && max >= all[all.length - 1];
  }
  zooming = false;
}

document.addEventListener("pointermove", (event) => {
  if (!around(event, ".u-over")) tooltip.hidden = true;
});
