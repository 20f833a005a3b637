// The tree that expands and collapses: components or packages, their crates and modules, and the crates outside.
//
// A group is a box while it is closed and a frame while it is open. A module with modules beneath it has code of its own
// too: among its children stands one, `self`, for that. Groups are listed parents first; nothing here recurses, since a
// workspace decides how deep its modules nest.

const SELF = "self";

function group(kind, key, name, id, parent) {
  const made = { kind, key, name, id, parent, children: [], node: -1, depth: parent ? parent.depth + 1 : 0 };
  parent?.children.push(made);
  return made;
}

/** The tree by `component` or by `package`. */
function buildGroups(mode) {
  const root = group("root", "", "", "", null);
  const tops = new Map();
  const of = [];
  MODULES.forEach((module, node) => {
    const { parent } = module;
    const same = parent >= 0 && topKey(MODULES[parent], mode) === topKey(module, mode);
    const above = same ? of[parent] : topOf(module, mode, root, tops);
    const name = same && !module.name.includes("::") ? module.name : module.id;
    const kind = parent < 0 ? "crate" : "module";
    of.push(Object.assign(group(kind, `m:${module.id}`, name, module.id, above), { node }));
  });
  root.children = root.children.map(merged);
  root.children.sort((a, b) => (a.name < b.name ? -1 : 1));
  const outside = group("externals", "externals", "external crates", "external crates", root);
  DATA.externals.forEach((name, at) => {
    Object.assign(group("external", `x:${name}`, name, name, outside), { node: MODULES.length + at });
  });
  if (outside.children.length === 0) root.children.pop();
  return finished(root);
}

function topKey(module, mode) {
  return mode === "component" && module.component >= 0 ? `c:${module.component}` : `p:${module.pack}`;
}

function topOf(module, mode, root, tops) {
  const key = topKey(module, mode);
  if (!tops.has(key)) {
    const component = key.startsWith("c:");
    const name = component ? DATA.components[module.component].name : DATA.packages[module.pack];
    const kind = component ? "component" : "package";
    tops.set(key, group(kind, `${kind}:${name}`, name, name, root));
  }
  return tops.get(key);
}

/** A component or package that is one crate or module stands for it: two frames around the same would say nothing. */
function merged(top) {
  if (top.children.length !== 1) return top;
  const [only] = top.children;
  only.children.forEach((child) => (child.parent = top));
  // What is left of a package when components have taken the rest is not the package.
  if (top.kind === "package" && only.kind !== "crate") top.name = only.id;
  return Object.assign(top, { children: only.children, node: only.node, id: only.id });
}

/** Adds the `self` of modules with children, and lists all groups, parents first, with what lies beneath each. */
function finished(root) {
  const all = [];
  const leafOf = new Array(NODES);
  const open = [root];
  while (open.length > 0) {
    const at = open.pop();
    at.number = all.length;
    at.nodes = [];
    all.push(at);
    at.depth = at.parent ? at.parent.depth + 1 : 0;
    if (at.node >= 0 && at.children.length > 0) {
      at.children = [selfOf(at), ...at.children];
    } else if (at.node >= 0) {
      leafOf[at.node] = at;
    }
    for (let child = at.children.length - 1; child >= 0; child--) open.push(at.children[child]);
  }
  for (let number = all.length - 1; number >= 0; number--) {
    const at = all[number];
    if (at.children.length === 0 && at.node >= 0) at.nodes = [at.node];
    else at.nodes = at.children.flatMap((child) => child.nodes);
    at.test = at.nodes.every((node) => !isExternal(node) && MODULES[node].test);
    at.rank = common(at.nodes.map((node) => (isExternal(node) ? -1 : MODULES[node].rank)).filter((r) => r >= 0));
  }
  return { root, all, leafOf, byKey: new Map(all.map((at) => [at.key, at])) };
}

function selfOf(at) {
  const self = { kind: SELF, key: `${at.key}/self`, name: SELF, id: at.id, parent: at, children: [], depth: 0 };
  return Object.assign(self, { node: at.node });
}

/** What all of `values` are; -1 where they differ or there are none. */
function common(values) {
  return values.length > 0 && values.every((value) => value === values[0]) ? values[0] : -1;
}

/** What a group is called where nothing around it says the rest. */
const fullName = (at) => (at.kind === SELF ? `${at.id} (itself)` : at.kind === "component" ? at.name : at.id);

/** The groups around one, from the outermost in; the root is none. */
function around(at) {
  const path = [];
  for (let above = at.parent; above?.parent; above = above.parent) path.unshift(above);
  return path;
}

/** The component that all of a group belongs to. */
function componentOf(at) {
  const component = common(at.nodes.map((node) => (isExternal(node) ? -1 : MODULES[node].component)));
  return component < 0 ? null : DATA.components[component];
}

/** What it takes to show about `most` boxes at first: the coarsest level that says something. */
function firstOpen(groups, most) {
  const open = new Set();
  const closed = (at) => at.kind !== "externals" && at.children.length > 0;
  let level = groups.root.children.filter((at) => !at.test);
  for (;;) {
    const next = level.flatMap((at) => (closed(at) ? at.children : [at]));
    if (level.length >= 4 || next.length > most || !level.some(closed)) return open;
    level.filter(closed).forEach((at) => open.add(at.key));
    level = next;
  }
}
