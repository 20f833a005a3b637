// @ts-check
// The tree that expands and collapses: components or packages, their crates and modules, and the
// external crates.
//
// A group is a box while it is closed and a frame while it is open. A module with child modules has
// code of its own, too: its first child stands for that code. The data defines the groups; this
// module adds their names. Groups are listed parents first. No function recurses, since the
// workspace determines the depth of its modules.

/** @import { Grouping, Way } from "./data.d.ts" */
/** @import { Group, Tree } from "./types.d.ts" */
/** @import { Model } from "./model.js" */

/**
 * Returns the tree of each way to group the modules.
 * @param {Model} model
 * @returns {Map<Way, Tree>}
 */
export function trees(model) {
  return new Map(model.data.groupings.map((grouping) => [grouping.way, treeOf(model, grouping)]));
}

/**
 * @param {Model} model
 * @param {Grouping} grouping
 * @returns {Tree}
 */
function treeOf(model, { groups, order, with_tests }) {
  /** @type {Group[]} */
  const all = groups.kind.map((kind, number) => {
    return {
      kind: model.data.kinds[kind],
      key: "",
      name: "",
      id: "",
      parent: null,
      children: [],
      node: groups.node[number],
      depth: 0,
      number,
      nodes: [],
      test: false,
      rank: -1,
    };
  });
  /** @type {Group[]} */
  const leafOf = new Array(model.nodes);
  for (const at of all) {
    const parent = groups.parent[at.number];
    if (parent < 0) continue;
    at.parent = all[parent];
    at.depth = at.parent.depth + 1;
    at.parent.children.push(at);
  }
  for (const at of [...all].reverse()) {
    if (at.children.length > 0) at.nodes = at.children.flatMap((child) => child.nodes);
    else if (at.node >= 0) at.nodes = [at.node];
    if (at.children.length === 0 && at.node >= 0) leafOf[at.node] = at;
    const modules = at.nodes.map((node) => (model.isExternal(node) ? null : model.modules[node]));
    at.test = modules.every((module) => module?.test);
    at.rank = common(
      modules.flatMap((module) => (module && module.rank >= 0 ? [module.rank] : [])),
    );
  }
  for (const at of all) name(at, model);
  return {
    root: all[0],
    all,
    leafOf,
    byKey: new Map(all.map((at) => [at.key, at])),
    order,
    orderWithTests: with_tests ?? order,
  };
}

/**
 * Sets the names of a group. The groups that contain it already have names.
 * @param {Group} at
 * @param {Model} model
 */
function name(at, model) {
  const [first] = at.nodes;
  const { data } = model;
  const id = at.node >= 0 ? model.idOf(at.node) : null;
  switch (at.kind) {
    case "root":
      return;
    case "component":
    case "package": {
      const top =
        at.kind === "component"
          ? data.components[model.modules[first].component].name
          : data.packages[model.modules[first].package];
      // The rest of a package that belongs to no component is not the whole package.
      const leftOver = at.kind === "package" && id !== null && model.modules[at.node].parent >= 0;
      Object.assign(at, { key: `${at.kind}:${top}`, name: leftOver ? id : top, id: id ?? top });
      return;
    }
    case "crate":
    case "module": {
      const module = model.modules[at.node];
      const under =
        at.parent?.node === module.parent && module.parent >= 0 && !module.name.includes("::");
      Object.assign(at, {
        key: `m:${module.id}`,
        name: under ? module.name : module.id,
        id: module.id,
      });
      return;
    }
    case "itself":
      Object.assign(at, { key: `${at.parent?.key}/self`, name: "self", id });
      return;
    case "externals":
      Object.assign(at, { key: "externals", name: "external crates", id: "external crates" });
      return;
    case "external":
      Object.assign(at, { key: `x:${id}`, name: id, id });
  }
}

/**
 * Returns the common value of all; -1 if they differ or there are none.
 * @param {number[]} values
 */
function common(values) {
  return values.length > 0 && values.every((value) => value === values[0]) ? values[0] : -1;
}

/**
 * Returns the name of a group in a context that does not show the groups around it.
 * @param {Group} at
 */
export function fullName(at) {
  if (at.kind === "itself") return `${at.id} (itself)`;
  return at.kind === "component" ? at.name : at.id;
}

/**
 * Returns the groups that contain one, from the outermost inward, without the root.
 * @param {Group} at
 */
export function above(at) {
  const path = [];
  for (let next = at.parent; next?.parent; next = next.parent) path.unshift(next);
  return path;
}

/**
 * Returns the keys of the groups that are open at first, so that about `most` boxes are shown: the
 * coarsest informative level.
 * @param {Tree} tree
 * @param {number} most
 */
export function firstOpen(tree, most) {
  /** @type {Set<string>} */
  const open = new Set();
  const closed = (/** @type {Group} */ at) => at.kind !== "externals" && at.children.length > 0;
  let level = tree.root.children.filter((at) => !at.test);
  for (;;) {
    const next = level.flatMap((at) => (closed(at) ? at.children : [at]));
    if (level.length >= 4 || next.length > most || !level.some(closed)) return open;
    level.filter(closed).forEach((at) => open.add(at.key));
    level = next;
  }
}
