// @ts-check
// The tree that expands and collapses: components or packages, their crates and modules, and the crates
// outside.
//
// A group is a box while it is closed and a frame while it is open. A module with modules beneath it
// has code of its own too: its first child stands for that. The data says which groups there are; here
// they get their names. Groups are listed parents first; nothing here recurses, since a workspace
// decides how deep its modules nest.

/** @import { Grouping, Way } from "./data.d.ts" */
/** @import { Group, Tree } from "./types.d.ts" */
/** @import { Model } from "./model.js" */

/**
 * The tree of each way to group the modules.
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
 * Gives a group its names. Those around it have theirs.
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
      // The part of a package that components have left over is not the package.
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
 * The value of all; -1 where they differ or there are none.
 * @param {number[]} values
 */
function common(values) {
  return values.length > 0 && values.every((value) => value === values[0]) ? values[0] : -1;
}

/**
 * The name of a group where nothing around it says the rest.
 * @param {Group} at
 */
export function fullName(at) {
  if (at.kind === "itself") return `${at.id} (itself)`;
  return at.kind === "component" ? at.name : at.id;
}

/**
 * The groups around one, from the outermost in; the root is none.
 * @param {Group} at
 */
export function above(at) {
  const path = [];
  for (let next = at.parent; next?.parent; next = next.parent) path.unshift(next);
  return path;
}

/**
 * The keys of the groups that are open at first, so that about `most` boxes are shown: the coarsest
 * level that says something.
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
