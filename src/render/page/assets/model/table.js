// @ts-check
// The rows of the table of metrics.

import { coupling } from "./coupling.js";

/** @import { Column, Table } from "./data.d.ts" */
/** @import { Group, Tree } from "./types.d.ts" */
/** @import { Model } from "./model.js" */

/**
 * A component, crate or module with its numbers, keyed by the names of their metrics.
 * @typedef {{ name: string, group: Group | null, numbers: Map<string, number | null> }} Row
 */

/** A metric that is computed here, since it depends on the switch for test code. */
export const EXTERNALS = {
  name: "externals",
  about: "crates outside the workspace that it uses",
  whole: true,
};

/**
 * Returns the rows of a level.
 * @param {Model} model
 * @param {Tree} tree
 * @param {Table} table
 * @param {boolean} tests whether test code is included
 * @returns {Row[]}
 */
export function rowsOf(model, tree, table, tests) {
  const { metrics } = model.data.numbers;
  return table.of.flatMap((of, row) => {
    if (!tests && table.level !== "component" && model.modules[of].test) return [];
    const { name, nodes, group } = subjectOf(model, tree, table.level, of);
    const numbers = new Map(
      table.columns.map(({ metric, values }) => [metrics[metric].name, values[row]]),
    );
    numbers.set(EXTERNALS.name, coupling(model, nodes, tests).externals);
    return [{ name, group, numbers }];
  });
}

/**
 * Returns the subject of a row: its name, its nodes, and its group if there is one.
 * @param {Model} model
 * @param {Tree} tree
 * @param {string} level
 * @param {number} of
 */
function subjectOf(model, tree, level, of) {
  const { modules } = model;
  if (level === "component") {
    const { name } = model.data.components[of];
    const nodes = modules.flatMap((module, node) => (module.component === of ? [node] : []));
    return { name, nodes, group: tree.byKey.get(`component:${name}`) ?? null };
  }
  const name = modules[of].id;
  if (level === "module") return { name, nodes: [of], group: tree.leafOf[of] };
  const rootOf = (/** @type {number} */ node) => {
    while (modules[node].parent >= 0) node = modules[node].parent;
    return node;
  };
  const nodes = modules.flatMap((_, node) => (rootOf(node) === of ? [node] : []));
  return {
    name,
    nodes,
    group: tree.all.find((at) => at.node === of && at.kind !== "itself") ?? null,
  };
}

/**
 * Returns the columns of a table: the default ones in their own order, or all in the order of the
 * metrics.
 * @param {Table} table
 * @param {boolean} every
 */
export function columnsOf(table, every) {
  const byMetric = (/** @type {Column} */ a, /** @type {Column} */ b) => a.metric - b.metric;
  return every ? [...table.columns].sort(byMetric) : table.columns.filter((column) => column.usual);
}

/**
 * Returns the rows sorted by a metric, or by `name`. Rows without a value come last in both
 * directions.
 * @param {Row[]} rows
 * @param {string} by
 * @param {boolean} down
 */
export function sorted(rows, by, down) {
  const value = (/** @type {Row} */ row) =>
    by === "name" ? row.name : (row.numbers.get(by) ?? null);
  const compare = (/** @type {Row} */ a, /** @type {Row} */ b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1);
  };
  return [...rows].sort((a, b) => compare(a, b) || (a.name < b.name ? -1 : 1));
}
