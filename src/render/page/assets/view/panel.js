// @ts-check
// The panel with the details of the selected box or arrow.

import { button, byId, el, prose } from "../base/dom.js";
import { number, plural } from "../base/text.js";
import { coupling, sum } from "../model/coupling.js";
import { fullName } from "../model/groups.js";
import { brokenBy, counts } from "../model/shown.js";
import { reveal, select, toggle } from "./actions.js";
import { findingCard, openFinding } from "./findings.js";
import { listed, placeItem, section } from "./lists.js";
import { model, on, state, view } from "./state.js";
import { kindOf } from "./words.js";

/** @import { Finding, Group, Place } from "../model/types.d.ts" */
/** @import { Children } from "../base/types.d.ts" */

const SITES_AT_ONCE = 60;

function fillPanel() {
  const chosen = state.selected;
  if (!chosen) return;
  const body = byId("panel-body");
  const at = (/** @type {string} */ key) => view.tree.byKey.get(key);
  const content =
    "box" in chosen ? aboutGroup(at(chosen.box)) : aboutPair(at(chosen.from), at(chosen.to));
  body.replaceChildren(...content);
  body.scrollTop = 0;
}

/**
 * @param {string} kind
 * @param {Children[]} words
 */
function title(kind, ...words) {
  return el("header", {}, el("p", { class: "kind" }, kind), el("h2", { tabindex: "-1" }, ...words));
}

/** @param {Group | undefined} at */
function aboutGroup(at) {
  if (!at) return [title("", "not in this view")];
  const open = state.open.has(at.key);
  const actions = el(
    "p",
    { class: "actions" },
    at.children.length > 0 &&
      button(open ? "Collapse" : "Expand", () => toggle(at), { "data-action": "toggle" }),
    button("Show in graph", () => reveal(at)),
  );
  const findings = findingsOf(at);
  return [
    title(kindOf(at), fullName(at)),
    actions,
    facts(at),
    ...(findings ? [findings] : []),
    neighbours(at, "Uses"),
    neighbours(at, "Used by"),
  ];
}

/** @param {Group} at */
function facts(at) {
  /** @type {HTMLElement[]} */
  const rows = [];
  const add = (/** @type {string} */ name, /** @type {Children} */ value) => {
    if (value) rows.push(el("dt", {}, name), el("dd", {}, value));
  };
  const component = model.componentOf(at.nodes);
  const module = at.node >= 0 && !model.isExternal(at.node) ? model.modules[at.node] : null;
  const inside = at.nodes.length > 0 && !model.isExternal(at.nodes[0]);
  const { fanIn, fanOut, externals, instability } = coupling(model, at.nodes, state.tests);
  add("Component", component?.name);
  add("Layer", component?.layer);
  add("Tags", component?.tags.join(", "));
  add("Owner", component?.owner);
  if (module) add("File", el("code", {}, `${model.fileName(module.file)}:${module.line}`));
  if (module) add("Package", model.data.packages[module.package]);
  if (at.nodes.length > 1) add("Modules", number(at.nodes.length));
  if (inside) {
    const [lines, items] = [
      sum(model, at.nodes, (m) => m.lines),
      sum(model, at.nodes, (m) => m.items),
    ];
    add("Size", `${plural(lines, "line")}, ${plural(items, "item")}`);
    add("Fan-out", `${number(fanOut)} modules, ${plural(externals, "external crate")}`);
  }
  add("Fan-in", plural(fanIn, "module"));
  if (fanIn + fanOut > 0 && inside) add("Instability", instability.toFixed(2));
  return el("dl", { class: "facts" }, rows);
}

/** @param {Group} at */
function findingsOf(at) {
  const own = new Set(at.nodes);
  /** @type {Set<Finding>} */
  const found = new Set();
  for (const [edge, findings] of model.marks) {
    if (own.has(model.from[edge]) || own.has(model.to[edge]))
      findings.forEach((finding) => found.add(finding));
  }
  for (const finding of model.findings) {
    const from = finding.from ? model.nodeOf(finding.from) : undefined;
    if (from !== undefined && own.has(from)) found.add(finding);
  }
  if (found.size === 0) return null;
  const item = (/** @type {Finding} */ finding) =>
    el(
      "li",
      {},
      button(prose(finding.message), () => openFinding(finding), {
        class: `link ${finding.severity}`,
      }),
      " ",
      el("span", { class: "chip" }, finding.rule),
      finding.status !== "new" && el("span", { class: "chip" }, finding.status),
    );
  return section(
    `Findings (${found.size})`,
    listed(
      [...found].sort((a, b) => a.number - b.number),
      item,
    ),
  );
}

/**
 * Returns the groups that a group uses or that use it: as they are currently shown if the group has
 * parts, else by module.
 * @param {Group} at
 * @param {"Uses" | "Used by"} heading
 */
function neighbours(at, heading) {
  const [edgesOf, end] =
    heading === "Uses" ? [model.outgoing, model.to] : [model.incoming, model.from];
  const inside = new Set(at.nodes);
  /** @type {Map<Group, number[]>} */
  const by = new Map();
  for (const edge of at.nodes.flatMap((node) => edgesOf[node])) {
    if (model.references(edge, state.tests) === 0 || inside.has(end[edge])) continue;
    const other = otherEnd(at, end[edge]);
    by.set(other, [...(by.get(other) ?? []), edge]);
  }
  if (by.size === 0) return section(heading, el("p", { class: "quiet" }, "nothing"));
  const total = (/** @type {number[]} */ edges) =>
    edges.reduce((n, edge) => n + model.references(edge, state.tests), 0);
  const sorted = [...by].sort(
    (a, b) => total(b[1]) - total(a[1]) || (fullName(a[0]) < fullName(b[0]) ? -1 : 1),
  );
  const item = (/** @type {[Group, number[]]} */ [other, edges]) => {
    const [from, to] = heading === "Uses" ? [at, other] : [other, at];
    const broken = edges.some((edge) => brokenBy(model, edge, state.rule).length > 0);
    return el(
      "li",
      {},
      button(fullName(other), () => select({ from: from.key, to: to.key }, true), {
        class: `link${broken ? " error" : ""}`,
      }),
      " ",
      el("span", { class: "quiet" }, `${number(total(edges))} · ${whys(edges)}`),
    );
  };
  return section(`${heading} (${by.size})`, listed(sorted, item));
}

/**
 * @param {Group} at
 * @param {number} node
 */
function otherEnd(at, node) {
  const leaf = view.tree.leafOf[node];
  if (at.children.length === 0) return leaf;
  return view.scene.of[leaf.number]?.group ?? leaf;
}

/**
 * Returns the contexts of the references of edges, the most frequent first.
 * @param {number[]} edges
 */
function whys(edges) {
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const { context } of edges.slice(0, 400).flatMap((edge) => model.sitesOf(edge))) {
    if (context !== null) times.set(context, (times.get(context) ?? 0) + 1);
  }
  return [...times]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([context]) => context)
    .join(", ");
}

/**
 * Returns every reference of one group to another, with the source line.
 * @param {Group | undefined} from
 * @param {Group | undefined} to
 */
function aboutPair(from, to) {
  if (!from || !to) return [title("", "not in this view")];
  const edges = edgesBetween(from, to);
  const end = (/** @type {Group} */ at) =>
    button(fullName(at), () => select({ box: at.key }, true), { class: "link" });
  const places = edges
    .flatMap((edge) => model.sitesOf(edge))
    .filter((place) => state.tests || !place.test);
  const shown = (/** @type {Finding} */ finding) => counts(finding, state.rule);
  const found = [...new Set(places.flatMap((place) => model.findingsAt(place)))].filter(shown);
  const broken = (/** @type {Place} */ place) => model.findingsAt(place).some(shown);
  const ordered = [...places.filter(broken), ...places.filter((place) => !broken(place))];
  return [
    title(plural(places.length, "reference"), end(from), " → ", end(to)),
    ...(found.length > 0
      ? [section(`Broken rules (${found.length})`, found.slice(0, 20).map(findingCard))]
      : []),
    section(
      `References (${number(places.length)})`,
      listed(ordered, (place) => placeItem(place, edges.length > 1), SITES_AT_ONCE),
    ),
  ];
}

/**
 * Returns the edges from one group to another.
 * @param {Group} from
 * @param {Group} to
 */
function edgesBetween(from, to) {
  const [inside, target] = [new Set(from.nodes), new Set(to.nodes)];
  // If one of the groups contains the other, a node inside both counts on the side of the inner
  // group.
  const holds = from.nodes.some((node) => target.has(node));
  return from.nodes
    .flatMap((node) => model.outgoing[node])
    .filter((edge) => {
      const counted =
        target.has(model.to[edge]) &&
        (!holds || !(inside.has(model.to[edge]) && target.has(model.from[edge])));
      return counted && model.references(edge, state.tests) > 0;
    });
}

on("shown", fillPanel);
on("selected", fillPanel);
