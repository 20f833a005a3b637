// @ts-check
// The data of the page, in drawing order, and as texts.

import { byId } from "../../../render/page/assets/base/dom.js";

/** @import { Commit, Cycle, Data, Happening } from "./trends.d.ts" */

/** @type {Data} */
export const DATA = JSON.parse(byId("data").textContent ?? "");
export const COMMITS = DATA.commits;

/** The indices of the commits sorted by time, since clocks can be wrong, but a time axis must ascend. */
export const BY_TIME = COMMITS.map((_, at) => at).sort(
  (a, b) => COMMITS[a].time - COMMITS[b].time || a - b,
);
export const BY_ORDER = COMMITS.map((_, at) => at);

const two = (/** @type {number} */ n) => String(n).padStart(2, "0");

/**
 * Formats the day in UTC, as 2026-01-31.
 * @param {number} time seconds since 1970
 */
export function dayOf(time) {
  const date = new Date(time * 1000);
  return `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
}

/**
 * Formats the minute in UTC, as 23:59.
 * @param {number} time seconds since 1970
 */
export function minuteOf(time) {
  const date = new Date(time * 1000);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/**
 * Formats a number with the decimals of its metric.
 * @param {number | null | undefined} value
 * @param {number} places
 */
export function spelled(value, places) {
  return value == null
    ? "–"
    : value.toLocaleString("en", { minimumFractionDigits: places, maximumFractionDigits: places });
}

/**
 * Formats a change in percent.
 * @param {number} from
 * @param {number} to
 */
export function changed(from, to) {
  if (from === to) return "unchanged";
  if (from === 0) return "from nothing";
  const percent = ((to - from) / Math.abs(from)) * 100;
  return `${percent > 0 ? "+" : "−"}${Math.abs(percent).toLocaleString("en", { maximumFractionDigits: Math.abs(percent) < 10 ? 1 : 0 })} %`;
}

/**
 * Describes a cycle in one line.
 * @param {Cycle} cycle
 */
export function cycleText({ of, members }) {
  const named = members.slice(0, 4).join(", ");
  return `${members.length} ${of}: ${named}${members.length > 4 ? ` and ${members.length - 4} more` : ""}`;
}

/**
 * Describes an event.
 * @param {Happening} event
 */
export function eventText(event) {
  if (event.kind !== "jump")
    return `${event.kind === "gone" ? "Cycle gone" : "New cycle"} of ${cycleText(event.cycle)}`;
  const { title, places } = DATA.metrics[event.metric];
  return `${title} ${spelled(event.from, places)} → ${spelled(event.to, places)} (${changed(event.from, event.to)})`;
}

/** The sign of each kind of event. */
export const MARKS = { appeared: "●", gone: "○", jump: "▲" };

/**
 * Returns the reason why the numbers of a commit are unreliable.
 * @param {Commit} commit
 */
export function doubtful({ doubts }) {
  return `Doubtful: ${doubts === 1 ? "a file does" : `${doubts} files do`} not parse, or the configuration has mistakes.`;
}
