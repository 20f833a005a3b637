// Numbers of every module, crate, package or component, in a table that sorts.

const COLUMNS = [
  { key: "name", name: "Name", about: "", text: true },
  { key: "lines", name: "Lines", about: "lines of source, without those of inline modules" },
  { key: "items", name: "Items", about: "items defined" },
  { key: "modules", name: "Modules", about: "modules inside", top: true },
  { key: "fanIn", name: "Fan-in", about: "modules elsewhere that use it" },
  { key: "fanOut", name: "Fan-out", about: "modules elsewhere that it uses" },
  { key: "externals", name: "External", about: "crates outside the workspace that it uses" },
  { key: "instability", name: "Instability", about: "fan-out ÷ (fan-in + fan-out): 0 is leant on, 1 leans on others", fixed: 2 },
];
const table = { level: "top", sort: "lines", down: true, rows: [], shown: 300 };

function metricRows() {
  const wanted = (at) => {
    if (at.kind === "external" || at.kind === "externals" || !at.parent || (at.test && !state.tests)) return false;
    return table.level === "top" ? at.parent === groups.root : at.children.length === 0;
  };
  return groups.all.filter(wanted).map((at) => {
    const { fanIn, fanOut, externals, instability } = coupling(at.nodes);
    return { at, name: fullName(at).replace(/ \(itself\)$/, ""), lines: sum(at.nodes, (m) => m.lines), items: sum(at.nodes, (m) => m.items),
      modules: at.nodes.length, fanIn, fanOut, externals, instability };
  });
}

function buildMetrics() {
  table.rows = metricRows();
  const select = el("select", { id: "metrics-level", onchange: () => { table.level = select.value; buildMetrics(); byId("metrics-level").focus(); } },
    el("option", { value: "top" }, state.by === "component" ? "components" : "packages"), el("option", { value: "module" }, "modules"));
  select.value = table.level;
  const { references, resolved, external, unresolved } = DATA.resolution;
  byId("metrics-body").replaceChildren(
    el("p", { class: "summary" }, `${plural(references, "reference")} looked up: ${number(resolved)} to the workspace, ${number(external)} to external crates, ${number(unresolved)} not found.`),
    el("p", {}, el("label", {}, "One row for each of the ", select)),
    el("table", { class: "numbers" }, el("thead", {}, el("tr", {}, columns().map(metricHead))), el("tbody", { id: "metrics-rows" })),
    el("p", { id: "metrics-more" }));
  fillMetrics();
}

const columns = () => COLUMNS.filter((column) => !column.top || table.level === "top");

function metricHead(column) {
  const sorted = table.sort === column.key;
  const sort = () => {
    table.down = sorted ? !table.down : !column.text;
    table.sort = column.key;
    buildMetrics();
    byId(`sort-${column.key}`).focus();
  };
  return el("th", { scope: "col", "aria-sort": sorted ? (table.down ? "descending" : "ascending") : "none", title: column.about },
    button(`${column.name}${sorted ? (table.down ? " ↓" : " ↑") : ""}`, sort, { id: `sort-${column.key}` }));
}

function fillMetrics() {
  const { sort, down, rows } = table;
  const compare = (a, b) => (a[sort] < b[sort] ? -1 : a[sort] > b[sort] ? 1 : 0) * (down ? -1 : 1);
  const sorted = [...rows].sort((a, b) => compare(a, b) || (a.name < b.name ? -1 : 1));
  const most = Object.fromEntries(COLUMNS.map(({ key }) => [key, Math.max(1, ...rows.map((row) => Number(row[key]) || 0))]));
  const value = (row, { key, fixed }) => {
    const bar = placed(el("span", { class: "bar", "aria-hidden": "true" }), { width: `${(56 * row[key]) / most[key]}px` });
    return el("td", {}, bar, el("span", {}, fixed ? row[key].toFixed(fixed) : number(row[key])));
  };
  const line = (row) => el("tr", {}, el("th", { scope: "row" }, button(row.name, () => { setTab("graph"); reveal(row.at); }, { class: "link" })),
    columns().slice(1).map((column) => value(row, column)));
  byId("metrics-rows").replaceChildren(...sorted.slice(0, table.shown).map(line));
  const left = sorted.length - table.shown;
  const more = button(`${number(left)} more`, () => { table.shown += 1000; fillMetrics(); }, { class: "more" });
  byId("metrics-more").replaceChildren(...(left > 0 ? [more] : []));
}
