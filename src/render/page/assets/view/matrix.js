// @ts-check
// The design structure matrix of the boxes that the graph shows: a row uses a column. The boxes of
// a cycle are adjacent and framed. References below the diagonal run against the order.
//
// Only the rows in view are in the document.

import { announce, button, byId, el, onceAFrame, placed } from "../base/dom.js";
import { number, plural } from "../base/text.js";
import { fullName } from "../model/groups.js";
import { partitioned } from "../model/matrix.js";
import { select, toggle } from "./actions.js";
import { ARROWS } from "./keys.js";
import { on, orderNow, state, view } from "./state.js";
import { badness, describeArrow } from "./words.js";

/** @import { Arrow, Part } from "../model/types.d.ts" */

const CELL = 24;
const HEAD = 280;
const AHEAD = 14; // the number of rows and columns created beyond those in view
const grid = byId("matrix");

/** @type {Part[]} */
let rows = [];
/** The arrows of each row, with their columns. @type {Map<number, [number, Arrow][]>} */
let cells = new Map();
/** @type {[number, number][]} */
let blocks = [];
/** The row and the column of the keyboard's position. @type {[number, number]} */
let cursor = [0, 0];
/** The range of rows and columns in the document. @type {ReturnType<typeof inView> | null} */
let made = null;

function buildMatrix() {
  ({ rows, blocks } = partitioned(view.scene, orderNow()));
  const place = new Map(rows.map((part, i) => [part, i]));
  const at = (/** @type {Part} */ part) => place.get(part) ?? 0;
  cells = new Map();
  for (const arrow of view.scene.arrows) {
    const row = at(arrow.from);
    cells.set(row, [...(cells.get(row) ?? []), [at(arrow.to), arrow]]);
  }
  const side = rows.length * CELL;
  grid.setAttribute("aria-rowcount", String(rows.length));
  grid.setAttribute("aria-colcount", String(rows.length));
  placed(byId("matrix-size"), { width: `${HEAD + side}px`, height: `${CELL + side}px` });
  const { arrows } = view.scene;
  const against = arrows.filter((arrow) => at(arrow.from) > at(arrow.to)).length;
  byId("matrix-note").textContent =
    `${plural(rows.length, "row")}, ${plural(arrows.length, "dependency", "dependencies")}. ` +
    `A row uses a column. ${number(against)} below the diagonal run against the order; ` +
    `${plural(blocks.length, "cycle")} framed.`;
  drawMatrix();
}

/** Creates the cells in view and around it, so that most scroll events create nothing. */
const scrolled = onceAFrame(() => {
  const { first, last, left, right } = inView(0);
  const enough =
    made && first >= made.first && last <= made.last && left >= made.left && right <= made.right;
  if (!enough) makeMatrix();
});

/** @param {number} more */
function inView(more) {
  const inside = (/** @type {number} */ n) => Math.max(0, Math.min(rows.length, n));
  const [row, column] = [Math.floor(grid.scrollTop / CELL), Math.floor(grid.scrollLeft / CELL)];
  const [high, wide] = [
    Math.ceil(grid.clientHeight / CELL),
    Math.ceil((grid.clientWidth - HEAD) / CELL),
  ];
  return {
    first: inside(row - more),
    last: inside(row + high + 1 + more),
    left: inside(column - more),
    right: inside(column + wide + 1 + more),
  };
}

const drawMatrix = onceAFrame(makeMatrix);

function makeMatrix() {
  made = inView(AHEAD);
  const { first, last, left, right } = made;
  const heads = [];
  for (let i = left; i < right; i++) heads.push(columnHead(i));
  byId("matrix-heads").replaceChildren(el("div", { class: "corner" }, "uses →"), ...heads);
  const lines = [];
  for (let i = first; i < last; i++) lines.push(matrixRow(i, left, right));
  const framed = blocks.filter(
    ([from, to]) => to > Math.min(first, left) && from < Math.max(last, right),
  );
  byId("matrix-rows").replaceChildren(...framed.map(blockFrame), ...lines);
}

/** @param {number} i */
function columnHead(i) {
  const name = fullName(rows[i].group);
  const head = el(
    "div",
    { class: "column-head", role: "columnheader", "aria-label": name, title: name },
    String(i + 1),
  );
  return placed(head, { left: `${HEAD + i * CELL}px` });
}

/**
 * @param {number} i
 * @param {number} left
 * @param {number} right
 */
function matrixRow(i, left, right) {
  const own = (cells.get(i) ?? []).filter(([column]) => column >= left && column < right);
  const diagonal = placed(el("div", { class: "diagonal" }), { left: `${HEAD + i * CELL}px` });
  const [row, column] = cursor;
  const cursorHere =
    row === i &&
    placed(el("div", { class: "matrix-cursor" }), { left: `${HEAD + column * CELL}px` });
  const line = el(
    "div",
    { class: "matrix-row", role: "row", "aria-rowindex": String(i + 1) },
    rowHead(i),
    diagonal,
    own.map(([at, arrow]) => cell(i, at, arrow)),
    cursorHere,
  );
  return placed(line, { top: `${i * CELL}px` });
}

/** @param {number} i */
function rowHead(i) {
  const at = rows[i].group;
  const depth = Math.min(5, at.depth - 1);
  const { parent } = at;
  const tiny = (
    /** @type {string} */ label,
    /** @type {string} */ says,
    /** @type {() => void} */ action,
  ) => button(label, action, { class: "tiny", title: says, tabindex: "-1", "aria-label": says });
  return el(
    "div",
    { class: "row-head", role: "rowheader", title: fullName(at), "data-key": at.key },
    placed(el("span", { class: "indent" }), { width: `${depth * 10}px` }),
    parent?.parent && tiny("−", `collapse ${fullName(parent)}`, () => toggle(parent)),
    at.children.length > 0 && tiny("+", `expand ${fullName(at)}`, () => toggle(at)),
    el("span", { class: "name" }, at.kind === "itself" ? `${parent?.name} (itself)` : at.name),
    el("span", { class: "quiet" }, String(i + 1)),
  );
}

/**
 * @param {number} row
 * @param {number} column
 * @param {Arrow} arrow
 */
function cell(row, column, arrow) {
  const against = column < row && !arrow.naming ? " against" : "";
  const bad = arrow.broken.size > 0 ? ` ${badness(arrow)}` : against;
  const count = arrow.count > 999 ? `${Math.round(arrow.count / 1000)}k` : String(arrow.count);
  const made = el(
    "div",
    {
      class: `cell${bad}`,
      role: "gridcell",
      title: describeArrow(arrow),
      "aria-colindex": String(column + 1),
      "data-from": arrow.from.group.key,
      "data-to": arrow.to.group.key,
      onclick: () => {
        cursor = [row, column];
        chooseCell();
      },
    },
    arrow.naming ? `(${count})` : count,
  );
  return placed(made, { left: `${HEAD + column * CELL}px` });
}

/** @param {[number, number]} block */
function blockFrame([from, to]) {
  const frame = el("div", { class: "block", "aria-hidden": "true" });
  return placed(frame, {
    left: `${HEAD + from * CELL}px`,
    top: `${from * CELL}px`,
    width: `${(to - from) * CELL}px`,
    height: `${(to - from) * CELL}px`,
  });
}

function arrowHere() {
  const [row, column] = cursor;
  return (cells.get(row) ?? []).find(([at]) => at === column)?.[1];
}

function chooseCell() {
  const arrow = arrowHere();
  const row = rows[cursor[0]];
  if (arrow) select({ from: arrow.from.group.key, to: arrow.to.group.key });
  else if (row) select({ box: row.group.key });
  drawMatrix();
}

grid.addEventListener("scroll", scrolled);
grid.addEventListener("keydown", (event) => {
  const move = ARROWS.get(event.key);
  const [row, column] = cursor;
  const at = rows[row]?.group;
  if (move) {
    const inside = (/** @type {number} */ n) => Math.max(0, Math.min(rows.length - 1, n));
    cursor = [inside(row + move[1]), inside(column + move[0])];
    showCell();
  } else if (event.key === "Enter" || event.key === " ") chooseCell();
  else if (event.key === "+" && at?.children.length > 0) toggle(at);
  else if (event.key === "-" && at?.parent?.parent) toggle(at.parent);
  else return;
  event.preventDefault();
});

/** Scrolls to the cell at the keyboard's position, and announces it. */
function showCell() {
  const [row, column] = cursor;
  if (!rows[row]) return;
  const [x, y] = [HEAD + column * CELL, CELL + row * CELL];
  if (x < grid.scrollLeft + HEAD) grid.scrollLeft = x - HEAD;
  if (x + CELL > grid.scrollLeft + grid.clientWidth) grid.scrollLeft = x + CELL - grid.clientWidth;
  if (y < grid.scrollTop + CELL) grid.scrollTop = y - CELL;
  if (y + CELL > grid.scrollTop + grid.clientHeight) grid.scrollTop = y + CELL - grid.clientHeight;
  const arrow = arrowHere();
  const [a, b] = [rows[row], rows[column]].map((part) => fullName(part.group));
  announce(arrow ? describeArrow(arrow) : `${a} does not use ${b}`);
  drawMatrix();
}

for (const signal of /** @type {const} */ (["shown", "tab"]))
  on(signal, () => state.tab === "matrix" && buildMatrix());
