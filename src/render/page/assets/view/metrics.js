// @ts-check
// The numbers of `archlint metrics`: those of the workspace, plots, and a sortable table.

import { button, byId, el, the } from "../base/dom.js";
import { number, plural } from "../base/text.js";
import { columnsOf, EXTERNALS, rowsOf, sorted } from "../model/table.js";
import { reveal, setTab } from "./actions.js";
import { dotsOf, largest, mainSequence, shownNumber } from "./plots.js";
import { model, on, state, view } from "./state.js";

/** @import { Row } from "../model/table.js" */
/** @import { Metric } from "./plots.js" */

const { levels, metrics, whole } = model.data.numbers;
const shown = { level: levels[0]?.level, sort: "lines", down: true, every: false, most: 300 };
/** @type {Row[]} */
let rows = [];

const levelNow = () => levels.find(({ level }) => level === shown.level);

/** Returns the metrics of the columns shown. @returns {Metric[]} */
function columns() {
  const level = levelNow();
  return level
    ? [...columnsOf(level, shown.every).map(({ metric }) => metrics[metric]), EXTERNALS]
    : [];
}

/**
 * Returns a function that shows the subject of a row in the graph; `null` if the graph has no group
 * for it.
 * @param {Row} row
 */
function goes({ group }) {
  return (
    group &&
    (() => {
      setTab("graph");
      reveal(group);
    })
  );
}

function buildMetrics() {
  const { references, resolved, external, unresolved } = model.data.resolution;
  const summary = el(
    "p",
    { class: "quiet" },
    `${plural(references, "reference")} looked up: ${number(resolved)} to the workspace, ${number(external)} to external crates, ${number(unresolved)} not found.`,
  );
  const level = levelNow();
  if (!level) return byId("metrics-body").replaceChildren(summary);
  rows = rowsOf(model, view.tree, level, state.tests);
  if (shown.sort !== "name" && !columns().some(({ name }) => name === shown.sort))
    shown.sort = columns()[0].name;
  const heads = [
    { name: "name", label: level.level, about: "" },
    ...columns().map(({ name, about }) => ({ name, label: name, about })),
  ];
  byId("metrics-body").replaceChildren(
    wholeNumbers(),
    summary,
    choices(),
    el("div", { id: "metrics-plots" }),
    el(
      "div",
      { class: "wide" },
      el(
        "table",
        { class: "numbers" },
        el("thead", {}, el("tr", {}, heads.map(metricHead))),
        el("tbody", { id: "metrics-rows" }),
      ),
    ),
    el("p", { id: "metrics-more" }),
  );
  fillPlots();
  fillMetrics();
}

/** Returns the controls for the level and for the columns. */
function choices() {
  const again = (/** @type {string} */ id, /** @type {() => void} */ change) => () => {
    change();
    buildMetrics();
    byId(id).focus();
  };
  const [chosen, all] = ["metrics-level", "metrics-every"];
  const select = el(
    "select",
    {
      id: chosen,
      onchange: again(chosen, () => (shown.level = the(chosen, HTMLSelectElement).value)),
    },
    levels.map(({ level }) => el("option", { value: level }, `${level}s`)),
  );
  select.value = shown.level;
  const every = el("input", {
    type: "checkbox",
    id: all,
    onchange: again(all, () => (shown.every = !shown.every)),
  });
  every.checked = shown.every;
  return el(
    "p",
    { class: "metrics-choice" },
    el("label", {}, "One row for each of the ", select),
    el("label", {}, every, " all metrics"),
  );
}

/** Returns the numbers of the workspace as a whole. */
function wholeNumbers() {
  return el(
    "dl",
    { class: "whole" },
    metrics.map(
      (metric, at) =>
        whole[at] !== null &&
        el(
          "div",
          { title: metric.about },
          el("dt", {}, metric.name),
          el("dd", {}, shownNumber(whole[at], metric)),
        ),
    ),
  );
}

function fillPlots() {
  const dots = dotsOf(rows);
  const metric = [...metrics, EXTERNALS].find(({ name }) => name === shown.sort) ?? metrics[0];
  const figure = (/** @type {string} */ title, /** @type {Element} */ plot) =>
    el("figure", {}, el("figcaption", {}, title), plot);
  byId("metrics-plots").replaceChildren(
    ...(dots.length > 0
      ? [figure("Main sequence: larger dots have more lines", mainSequence(dots, goes))]
      : []),
    figure(`Largest by ${metric.name}: ${metric.about}`, largest(rows, metric, goes)),
  );
}

/** @param {{ name: string, label: string, about: string }} column */
function metricHead({ name, label, about }) {
  const here = shown.sort === name;
  const sort = () => {
    shown.down = here ? !shown.down : name !== "name";
    shown.sort = name;
    buildMetrics();
    byId(`sort-${name}`).focus();
  };
  return el(
    "th",
    {
      scope: "col",
      "aria-sort": here ? (shown.down ? "descending" : "ascending") : "none",
      title: about,
    },
    button(`${label}${here ? (shown.down ? " ↓" : " ↑") : ""}`, sort, { id: `sort-${name}` }),
  );
}

function fillMetrics() {
  const all = sorted(rows, shown.sort, shown.down);
  const line = (/** @type {Row} */ row) => {
    const go = goes(row);
    const name = el(
      "th",
      { scope: "row" },
      go ? button(row.name, go, { class: "link" }) : row.name,
    );
    return el(
      "tr",
      {},
      name,
      columns().map((metric) => el("td", {}, shownNumber(row.numbers.get(metric.name), metric))),
    );
  };
  byId("metrics-rows").replaceChildren(...all.slice(0, shown.most).map(line));
  const left = all.length - shown.most;
  const more = button(
    `${number(left)} more`,
    () => {
      shown.most += 1000;
      fillMetrics();
    },
    { class: "more" },
  );
  byId("metrics-more").replaceChildren(...(left > 0 ? [more] : []));
}

on("tab", () => state.tab === "metrics" && buildMetrics());
