// @ts-check
// The page: the charts, the events, and the selected commit.

import { byId, el, nodes, onceAFrame, the } from "../../../render/page/assets/base/dom.js";
import { plural, visible } from "../../../render/page/assets/base/text.js";
import { charts, draw, makeChart, order, state } from "./chart.js";
import {
  BY_TIME,
  COMMITS,
  cycleText,
  DATA,
  dayOf,
  doubtful,
  eventText,
  MARKS,
  minuteOf,
  spelled,
} from "./data.js";

/** @import { Commit, Happening, Rule } from "./trends.d.ts" */
/** @import { Children } from "../../../render/page/assets/base/types.d.ts" */

const part = the("part", HTMLSelectElement);
const axis = the("axis", HTMLSelectElement);

function fillCharts() {
  charts.splice(0).forEach((chart) => chart.u?.destroy());
  byId("charts").replaceChildren();
  const chosen = DATA.parts.find(({ name }) => name === part.value);
  const series = chosen ? chosen.series : DATA.whole;
  const cycles = DATA.events.filter((event) => event.kind !== "jump");
  if (!chosen) chartOfRules();
  DATA.metrics.forEach((metric, at) => {
    const jumps = DATA.events.filter((event) => event.kind === "jump" && event.metric === at);
    const happened = chosen ? [] : metric.key.includes("cycle") ? [...cycles, ...jumps] : jumps;
    const line = { title: metric.title, series: series[at], hue: 0 };
    if (!line.series.some((v) => v !== null)) return;
    makeChart({
      key: metric.key,
      title: metric.title,
      about: metric.about,
      places: metric.places,
      lines: [line],
      happened,
    });
  });
}

/** Returns one chart of findings by rule: the rules with any findings, those with the most first; beyond eight the others are combined. */
function chartOfRules() {
  const most = (/** @type {Rule} */ rule) => Math.max(0, ...rule.series.map((v) => v ?? 0));
  const busy = DATA.rules
    .filter((rule) => most(rule) > 0)
    .sort((a, b) => most(b) - most(a) || (a.id < b.id ? -1 : 1));
  if (busy.length === 0) return;
  const lines = busy
    .slice(0, busy.length > 8 ? 7 : 8)
    .map((rule, hue) => ({ title: rule.id, series: rule.series, hue }));
  if (busy.length > 8) {
    const rest = busy.slice(7);
    const sum = COMMITS.map((commit, at) =>
      commit.gap === null ? rest.reduce((sum, rule) => sum + (rule.series[at] ?? 0), 0) : null,
    );
    lines.push({ title: `${rest.length} other rules`, series: sum, hue: 7 });
  }
  const happened = DATA.events.filter((event) => event.kind !== "jump");
  makeChart({ key: "findings", title: "Findings by rule", places: 0, lines, happened, wide: true });
}

/**
 * Selects one commit in all charts, and shows its details.
 * @param {number | null} at
 */
function choose(at) {
  state.chosen = at === state.chosen ? null : at;
  for (const chart of charts) chart.u?.redraw(false, false);
  for (const pressed of document.querySelectorAll("aside [data-at]")) {
    pressed.setAttribute(
      "aria-pressed",
      String(Number(pressed.getAttribute("data-at")) === state.chosen),
    );
  }
  byId("commit").replaceChildren(
    ...(state.chosen === null ? [] : cardOf(COMMITS[state.chosen], state.chosen)),
  );
}

/**
 * @param {Commit} commit
 * @param {number} at
 */
function cardOf(commit, at) {
  const rows = DATA.metrics.map((metric, i) => [
    el("dt", { class: "quiet" }, metric.title),
    el("dd", {}, spelled(DATA.whole[i][at], metric.places)),
  ]);
  const broken = DATA.rules
    .filter((rule) => (rule.series[at] ?? 0) > 0)
    .map((rule) => [
      el("dt", { class: "quiet" }, el("code", {}, rule.id)),
      el("dd", {}, spelled(rule.series[at], 0)),
    ]);
  return nodes([
    el(
      "h2",
      {},
      el("code", {}, commit.short),
      ` ${dayOf(commit.time)} ${minuteOf(commit.time)} UTC`,
    ),
    el("p", {}, commit.subject),
    el("p", { class: "where" }, el("code", {}, commit.id)),
    commit.doubts > 0 && el("p", { class: "quiet" }, doubtful(commit)),
    commit.gap !== null
      ? el("p", { class: "quiet" }, `Cannot be read: ${commit.gap}`)
      : el("dl", {}, rows, broken),
  ]);
}

/** @param {number} at */
function where(at) {
  const commit = COMMITS[at];
  return el(
    "span",
    { class: "where" },
    dayOf(commit.time),
    " ",
    el("code", {}, commit.short),
    ` ${commit.subject}`,
  );
}

/**
 * Returns a button in a list that selects a commit.
 * @param {number} at
 * @param {Children[]} content
 */
function row(at, ...content) {
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", "data-at": String(at), "aria-pressed": "false", onclick: () => choose(at) },
      content,
    ),
  );
}

function eventsByCommit() {
  /** @type {Map<number, Happening[]>} */
  const groups = new Map();
  for (const event of DATA.events) groups.set(event.at, [...(groups.get(event.at) ?? []), event]);
  return [...groups];
}

/**
 * Returns the row of all events at one commit.
 * @param {[number, Happening[]]} group
 */
function rowOfEvents([at, events]) {
  const lines = events.map((event) =>
    el(
      "span",
      { class: `event ${event.kind}` },
      el("span", { class: "mark" }, MARKS[event.kind]),
      eventText(event),
    ),
  );
  return row(at, where(at), lines);
}

/**
 * Returns a row with a text about a commit, and the commit.
 * @param {number} at
 * @param {string | null} text
 */
function withCommit(at, text) {
  return row(at, text, where(at));
}

function fillLists() {
  byId("about-events").textContent =
    `Cycles that appeared or disappeared, and numbers that changed by ${DATA.jump} % or more from one commit to the next.`;
  byId("events").append(...eventsByCommit().reverse().map(rowOfEvents));
  if (DATA.events.length === 0)
    byId("events").append(el("li", {}, el("div", { class: "quiet" }, "There are none.")));
  const places = new Map(COMMITS.map((commit, at) => [commit.id, at]));
  byId("standing").append(
    ...DATA.cycles.map(({ cycle, since }) =>
      since !== null
        ? withCommit(places.get(since) ?? 0, cycleText(cycle))
        : el(
            "li",
            {},
            el(
              "div",
              {},
              cycleText(cycle),
              el("span", { class: "where" }, "since the first of these commits"),
            ),
          ),
    ),
  );
  byId("standing-section").hidden = DATA.cycles.length === 0;
  const gaps = COMMITS.map((commit, at) => ({ commit, at })).filter(
    ({ commit }) => commit.gap !== null,
  );
  byId("gaps").append(...gaps.reverse().map(({ commit, at }) => withCommit(at, commit.gap)));
  byId("gaps-section").hidden = gaps.length === 0;
}

function fillHead() {
  const times = BY_TIME.map((at) => COMMITS[at].time);
  const period =
    times.length > 0 ? `, ${dayOf(times[0])} to ${dayOf(times[times.length - 1])}` : "";
  byId("title").textContent =
    DATA.title === "" ? "Architecture over time" : `${visible(DATA.title)}: architecture over time`;
  byId("period").textContent =
    `${plural(COMMITS.length, "commit")}${period}${DATA.shallow ? "; the clone is shallow, earlier commits are unknown" : ""}`;
  part.append(
    el("option", { value: "" }, "the whole"),
    ...DATA.parts.map(({ name }) => el("option", { value: name }, name)),
  );
  byId("part-choice").hidden = DATA.parts.length < 2;
}

const THEMES = ["auto", "light", "dark"];
function nextTheme() {
  const now = document.documentElement.dataset.theme ?? "auto";
  const next = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
  if (next === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  byId("theme").textContent = `Theme: ${next}`;
  charts.forEach(draw);
}

state.choose = choose;
fillHead();
fillLists();
fillCharts();
part.addEventListener("change", fillCharts);
axis.addEventListener("change", () => {
  state.axis = axis.value === "time" ? "time" : "commit";
  charts.forEach(draw);
});
byId("reset").addEventListener("click", () => {
  for (const { u } of charts)
    u?.setScale("x", { min: u.data[0][0], max: u.data[0][u.data[0].length - 1] });
});
byId("theme").addEventListener("click", nextTheme);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => charts.forEach(draw));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.chosen !== null) choose(null);
});
new ResizeObserver(
  onceAFrame(() => {
    for (const { u, plot } of charts)
      if (u && u.width !== Math.max(200, plot.clientWidth))
        u.setSize({ width: Math.max(200, plot.clientWidth), height: u.height });
  }),
).observe(byId("charts"));

/**
 * Returns the plot of the chart with the given key.
 * @param {string} key
 */
function plotOf(key) {
  const u = charts.find((chart) => chart.key === key)?.u;
  if (!u) throw new Error(`there is no chart ${key}`);
  return u;
}

// The interface for programs that drive the page.
Object.assign(window, {
  archlint: {
    charts: () =>
      charts.map(({ key, title, happened }) => ({
        key,
        title,
        marks: happened.map(({ at, kind }) => ({ at, kind })),
      })),
    /**
     * Returns the position on the screen of a commit in a chart.
     * @param {string} key
     * @param {number} at
     */
    where(key, at) {
      const u = plotOf(key);
      const over = u.over.getBoundingClientRect();
      return {
        x: over.left + u.valToPos(u.data[0][order().indexOf(at)], "x"),
        y: over.top + over.height / 2,
      };
    },
    range: (/** @type {string} */ key) => [plotOf(key).scales.x.min, plotOf(key).scales.x.max],
  },
});
requestAnimationFrame(() => performance.mark("archlint-ready"));
