// What is known of the chosen box or arrow.

const SITES_AT_ONCE = 60;
const ENDS_AT_ONCE = 40;

/** Users and used of `nodes`, as far as they are shown now, and what follows from them. */
function coupling(nodes) {
  const inside = new Set(nodes);
  const outside = { out: new Set(), in: new Set(), externals: new Set() };
  for (const node of nodes) {
    for (const edge of OUT[node]) {
      if (referencesOf(edge) === 0 || inside.has(TO[edge])) continue;
      (isExternal(TO[edge]) ? outside.externals : outside.out).add(TO[edge]);
    }
    for (const edge of IN[node]) if (referencesOf(edge) > 0 && !inside.has(FROM[edge])) outside.in.add(FROM[edge]);
  }
  const [fanOut, fanIn] = [outside.out.size, outside.in.size];
  const instability = fanIn + fanOut > 0 ? fanOut / (fanIn + fanOut) : 0;
  return { fanIn, fanOut, externals: outside.externals.size, instability };
}

const sum = (nodes, of) => nodes.reduce((total, node) => total + (isExternal(node) ? 0 : of(MODULES[node])), 0);

/** A box in one sentence. */
function describe(made) {
  const at = made.group;
  const arrows = scene.arrows.filter((a) => a.from === made || a.to === made);
  const out = arrows.filter((a) => a.from === made).length;
  const broken = new Set(arrows.flatMap((a) => [...a.broken])).size;
  const parts = [`${fullName(at)}, ${kindOf(at)}`];
  if (at.children.length > 0) parts.push(`closed, ${plural(at.nodes.length, "module")} inside`);
  parts.push(`uses ${out}, used by ${arrows.length - out}`);
  if (broken > 0) parts.push(plural(broken, "finding"));
  if (made.inner.size > 0) parts.push(`${plural(made.inner.size, "finding")} inside`);
  return visible(parts.join(" · "));
}

function describeArrow(arrow) {
  const rules = arrow.broken.size > 0 ? ` · breaks ${labelOf(arrow)}` : "";
  const ends = `${fullName(arrow.from.group)} → ${fullName(arrow.to.group)}`;
  return visible(`${ends} · ${plural(arrow.count, "reference")}${rules}`);
}

function kindOf(at) {
  if (at.kind === SELF) return "the module itself";
  if (at.kind === "crate") return at.node >= 0 ? `crate (${DATA.targets[MODULES[at.node].target]})` : "crate";
  return { external: "external crate", externals: "crates outside the workspace" }[at.kind] ?? at.kind;
}

/** Chooses a box or an arrow, or nothing, and shows what is known of it. */
function select(chosen, focusPanel = false) {
  state.selected = chosen;
  const panel = byId("panel");
  panel.hidden = !chosen;
  byId("main").classList.toggle("with-panel", Boolean(chosen));
  if (chosen) fillPanel(chosen);
  if (chosen && focusPanel) byId("panel-body").querySelector("h2")?.focus();
  treeFollows();
  presentSoon();
  saveSoon();
}

function fillPanel(chosen) {
  const body = byId("panel-body");
  const at = (key) => groups.byKey.get(key);
  const content = chosen.box ? aboutGroup(at(chosen.box)) : aboutPair(at(chosen.from), at(chosen.to));
  body.replaceChildren(...content);
  body.scrollTop = 0;
}

function title(kind, ...words) {
  return el("header", {}, el("p", { class: "kind" }, kind), el("h2", { tabindex: "-1" }, ...words));
}

function aboutGroup(at) {
  if (!at) return [title("", "not in this view")];
  const open = state.open.has(at.key);
  const actions = el("p", { class: "actions" },
    at.children.length > 0 && button(open ? "Collapse" : "Expand", () => toggle(at), { "data-action": "toggle" }),
    button("Show in graph", () => reveal(at)));
  return [
    title(kindOf(at), fullName(at)),
    actions,
    facts(at),
    findingsOf(at),
    neighbours(at, "Uses", (node) => OUT[node], TO),
    neighbours(at, "Used by", (node) => IN[node], FROM),
  ].filter(Boolean);
}

function facts(at) {
  const rows = [];
  const add = (name, value) => value !== null && value !== "" && rows.push(el("dt", {}, name), el("dd", {}, value));
  const component = componentOf(at);
  const module = at.node >= 0 && !isExternal(at.node) ? MODULES[at.node] : null;
  const { fanIn, fanOut, externals, instability } = coupling(at.nodes);
  add("Component", component ? component.name : null);
  add("Layer", component?.layer ?? null);
  add("Tags", component ? component.tags.join(", ") : null);
  add("Owner", component?.owner ?? null);
  if (module) add("File", el("code", {}, `${fileName(module.file)}:${module.line}`));
  if (module) add("Package", DATA.packages[module.pack]);
  if (at.nodes.length > 1) add("Modules", number(at.nodes.length));
  if (!isExternal(at.nodes[0] ?? NODES)) {
    add("Size", `${plural(sum(at.nodes, (m) => m.lines), "line")}, ${plural(sum(at.nodes, (m) => m.items), "item")}`);
    add("Fan-out", `${number(fanOut)} modules, ${plural(externals, "external crate")}`);
  }
  add("Fan-in", plural(fanIn, "module"));
  if (fanIn + fanOut > 0 && !isExternal(at.nodes[0])) add("Instability", instability.toFixed(2));
  return el("dl", { class: "facts" }, rows);
}

function findingsOf(at) {
  const own = new Set(at.nodes);
  const found = new Set();
  for (const [edge, marks] of MARKS) {
    if (own.has(FROM[edge]) || own.has(TO[edge])) marks.forEach((mark) => found.add(FINDINGS[mark]));
  }
  for (const finding of FINDINGS) if (finding.from && own.has(nodeOf(finding.from))) found.add(finding);
  if (found.size === 0) return null;
  const item = (finding) => el("li", {}, button(prose(finding.message), () => openFinding(finding), { class: `link ${finding.severity}` }),
    " ", el("span", { class: "chip" }, finding.rule), finding.status !== "new" && el("span", { class: "chip" }, finding.status));
  return section(`Findings (${found.size})`, listed([...found].sort((a, b) => a.number - b.number), item));
}

function section(heading, ...content) {
  return el("section", {}, el("h3", {}, heading), content);
}

/** A list that shows its first items, and more when asked. */
function listed(items, make, most = ENDS_AT_ONCE) {
  const list = el("ul", { class: "plain" }, items.slice(0, most).map(make));
  let shown = most;
  const more = button(`${number(items.length - shown)} more`, () => {
    list.append(...items.slice(shown, shown + 10 * most).map(make));
    shown += 10 * most;
    if (shown >= items.length) more.remove();
    else more.textContent = `${number(items.length - shown)} more`;
  }, { class: "more" });
  return items.length > most ? [list, more] : [list];
}

/** What a group uses, or who uses it: as it is shown now where it has parts, else by module. */
function neighbours(at, heading, edgesOf, end) {
  const inside = new Set(at.nodes);
  const by = new Map();
  for (const node of at.nodes) {
    for (const edge of edgesOf(node)) {
      if (referencesOf(edge) === 0 || inside.has(end[edge])) continue;
      const other = otherEnd(at, end[edge]);
      by.set(other, [...(by.get(other) ?? []), edge]);
    }
  }
  if (by.size === 0) return section(heading, el("p", { class: "quiet" }, "nothing"));
  const total = (edges) => edges.reduce((n, edge) => n + referencesOf(edge), 0);
  const sorted = [...by].sort((a, b) => total(b[1]) - total(a[1]) || (fullName(a[0]) < fullName(b[0]) ? -1 : 1));
  const item = ([other, edges]) => {
    const [from, to] = end === TO ? [at, other] : [other, at];
    const broken = edges.some((edge) => brokenBy(edge).length > 0);
    return el("li", {}, button(fullName(other), () => select({ from: from.key, to: to.key }, true), { class: `link${broken ? " error" : ""}` }),
      " ", el("span", { class: "quiet" }, `${number(total(edges))} · ${whys(edges)}`));
  };
  return section(`${heading} (${by.size})`, listed(sorted, item));
}

function otherEnd(at, node) {
  const leaf = groups.leafOf[node];
  if (at.children.length === 0) return leaf;
  return scene.of?.[leaf.number]?.group ?? leaf;
}

/** In which contexts edges refer, the commonest first. */
function whys(edges) {
  const counts = new Map();
  for (const edge of edges.slice(0, 400)) {
    for (const site of sitesOf(edge)) counts.set(site.context, (counts.get(site.context) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 3).map(([context]) => context).join(", ");
}

/** Every reference of one group to another, with the source line. */
function aboutPair(from, to) {
  if (!from || !to) return [title("", "not in this view")];
  const [inside, target] = [new Set(from.nodes), new Set(to.nodes)];
  // Of two groups of which one holds the other, what is inside both counts on the side that is closer.
  const holds = from.nodes.some((node) => target.has(node));
  const edges = [];
  for (const node of from.nodes) {
    for (const edge of OUT[node]) {
      const counted = target.has(TO[edge]) && (!holds || !(inside.has(TO[edge]) && target.has(FROM[edge])));
      if (counted && referencesOf(edge) > 0) edges.push(edge);
    }
  }
  const end = (at) => button(fullName(at), () => select({ box: at.key }, true), { class: "link" });
  const sites = edges.flatMap(sitesOf).filter((site) => state.tests || !site.test);
  const found = [...new Set(sites.flatMap(findingsAt))].filter(counts);
  const broken = (site) => findingsAt(site).some(counts);
  const ordered = [...sites.filter(broken), ...sites.filter((site) => !broken(site))];
  return [
    title(plural(sites.length, "reference"), end(from), " → ", end(to)),
    found.length > 0 && section(`Broken rules (${found.length})`, found.slice(0, 20).map(findingCard)),
    section(`References (${number(sites.length)})`, listed(ordered, (site) => siteItem(site, edges.length > 1), SITES_AT_ONCE)),
  ].filter(Boolean);
}

/** One reference: where it is, what it names, and its line. */
function siteItem(site, withEnds = false) {
  const rules = [...new Set(findingsAt(site).filter(counts).map((f) => f.rule))];
  const place = site.line > 0 ? `${fileName(site.file)}:${site.line}:${site.column}` : fileName(site.file);
  const ends = withEnds && site.edge !== undefined;
  return el("li", { class: `site${rules.length > 0 ? " broken" : ""}` },
    el("p", { class: "where" }, el("code", {}, place), site.context && el("span", { class: "chip" }, site.context),
      site.cfg && el("span", { class: "chip" }, `cfg(${site.cfg})`), site.test && el("span", { class: "chip" }, "test"),
      rules.map((rule) => el("span", { class: "chip bad" }, rule))),
    source(site),
    ends && el("p", { class: "quiet" }, `${idOf(FROM[site.edge])} → ${idOf(TO[site.edge])}`),
    site.item && el("p", { class: "quiet" }, "names ", el("code", {}, site.item),
      site.named && [" through ", el("code", {}, site.named)],
      (site.via ?? []).map(([module, file, line, column]) => [", re-exported by ", el("code", {}, module), ` (${fileName(file)}:${line}:${column})`])));
}

/** The source line, with what refers marked. */
function source({ file, line, column, length }) {
  const found = excerpt(file, line);
  if (!found) return null;
  const [words, blank] = found;
  const letters = [...words];
  const start = Math.max(0, column - 1 - blank);
  const end = length > 0 ? start + length : letters.length;
  const part = (a, b) => letters.slice(a, b).join("");
  return el("pre", {}, el("span", { class: "line-number", "aria-hidden": "true" }, String(line)),
    el("code", {}, part(0, start), el("mark", {}, part(start, end)), part(end)));
}
