// @ts-check
// Coupling counted in modules. The numbers of `archlint metrics` are in the data; those computed
// here are available for any group, and respect the switch for test code.

/** @import { Module } from "./types.d.ts" */
/** @import { Model } from "./model.js" */

/**
 * Computes the users of `nodes`, the nodes that `nodes` use, and the numbers derived from both.
 * @param {Model} model
 * @param {number[]} nodes
 * @param {boolean} tests whether references of test code count
 */
export function coupling(model, nodes, tests) {
  const inside = new Set(nodes);
  /** @type {Set<number>[]} */
  const [used, users, crates] = [new Set(), new Set(), new Set()];
  for (const node of nodes) {
    for (const edge of model.outgoing[node]) {
      const to = model.to[edge];
      if (!isCounted(model, edge, tests) || inside.has(to)) continue;
      (model.isExternal(to) ? crates : used).add(to);
    }
    for (const edge of model.incoming[node]) {
      if (isCounted(model, edge, tests) && !inside.has(model.from[edge]))
        users.add(model.from[edge]);
    }
  }
  const [fanOut, fanIn] = [used.size, users.size];
  const instability = fanIn + fanOut > 0 ? fanOut / (fanIn + fanOut) : 0;
  return { fanIn, fanOut, externals: crates.size, instability };
}

/**
 * Returns whether an edge has references that count: metrics ignore edges by name alone.
 * @param {Model} model
 * @param {number} edge
 * @param {boolean} tests
 */
function isCounted(model, edge, tests) {
  return model.references(edge, tests) > 0 && !model.isNaming(edge);
}

/**
 * Returns the sum of a number over the modules among `nodes`.
 * @param {Model} model
 * @param {number[]} nodes
 * @param {(module: Module) => number} of
 */
export function sum(model, nodes, of) {
  return nodes.reduce(
    (total, node) => total + (model.isExternal(node) ? 0 : of(model.modules[node])),
    0,
  );
}
