// The numbers of `archlint metrics`: the whole, plots, and a table that sorts.

const METRICS = DATA.numbers.columns.map(([key, about, whole]) => ({ key, name: key, about, whole }));
const EXTERNALS = { key: "externals", name: "externals", about: "crates outside the workspace that it uses", whole: true };
const table = { level: DATA.numbers.levels[0]?.level, sort: "lines", down: true, every: false, rows: [], shown: 300 };

const levelOf = () => DATA.numbers.levels.find(({ level }) => level === table.level);

/** What a row is about: its name, its nodes, its box in the graph if there is one now. */
function subjectOf(at) {
  if (table.level === "component") {
    const nodes = MODULES.flatMap((module, node) => (module.component === at ? [node] : []));
    return { name: DATA.components[at].name, nodes, box: groups.byKey.get(`component:${DATA.components[at].name}`) };
  }
  if (table.level === "module") return { name: MODULES[at].id, nodes: [at], box: groups.leafOf[at] };
  const rootOf = (node) => {
    while (MODULES[node].parent >= 0) node = MODULES[node].parent;
    return node;
  };
  const nodes = MODULES.flatMap((_, node) => (rootOf(node) === at ? [node] : []));
  return { name: MODULES[at].id, nodes, box: groups.all.find((box) => box.node === at && box.kind !== SELF) };
}

function metricRows() {
  const { of, rows, all } = levelOf();
  const wanted = (at) => state.tests || table.level === "component" || !MODULES[at].test;
  return of.flatMap((at, place) => {
    if (!wanted(at)) return [];
    const { name, nodes, box } = subjectOf(at);
    const numbers = Object.fromEntries(all.map((column, i) => [METRICS[column].key, rows[place][i]]));
    const go = box && (() => { setTab("graph"); reveal(box); });
    return [{ ...numbers, name, go, externals: coupling(nodes).externals }];
  });
}

function columns() {
  const { usual, all } = levelOf();
  return [...(table.every ? all : usual).map((column) => METRICS[column]), EXTERNALS];
}

function buildMetrics() {
  const { references, resolved, external, unresolved } = DATA.resolution;
  const summary = el("p", { class: "quiet" }, `${plural(references, "reference")} looked up: ${number(resolved)} to the workspace, ${number(external)} to external crates, ${number(unresolved)} not found.`);
  if (!levelOf()) return byId("metrics-body").replaceChildren(summary);
  table.rows = metricRows();
  if (table.sort !== "name" && !columns().some(({ key }) => key === table.sort)) table.sort = columns()[0].key;
  const again = (change, id) => () => { change(); buildMetrics(); byId(id).focus(); };
  const select = el("select", { id: "metrics-level", onchange: again(() => (table.level = byId("metrics-level").value), "metrics-level") },
    DATA.numbers.levels.map(({ level }) => el("option", { value: level }, `${level}s`)));
  select.value = table.level;
  const every = el("input", { type: "checkbox", id: "metrics-every", onchange: again(() => (table.every = !table.every), "metrics-every") });
  every.checked = table.every;
  byId("metrics-body").replaceChildren(wholeNumbers(), summary,
    el("p", { class: "metrics-choice" }, el("label", {}, "One row for each of the ", select), el("label", {}, every, " all metrics")),
    el("div", { id: "metrics-plots" }),
    el("div", { class: "wide" }, el("table", { class: "numbers" }, el("thead", {}, el("tr", {}, [{ key: "name", name: table.level, about: "", text: true }, ...columns()].map(metricHead))), el("tbody", { id: "metrics-rows" }))),
    el("p", { id: "metrics-more" }));
  fillPlots();
  fillMetrics();
}

/** The workspace as a whole, a number each. */
function wholeNumbers() {
  const numbers = METRICS.map((column, at) => [column, DATA.numbers.whole[at]]).filter(([, value]) => value != null);
  return el("dl", { class: "whole" }, numbers.map(([column, value]) => el("div", { title: column.about }, el("dt", {}, column.name), el("dd", {}, shownNumber(value, column)))));
}

function fillPlots() {
  const sequence = table.rows.filter((row) => row.abstractness != null && row.instability != null);
  const column = [...METRICS, EXTERNALS].find(({ key }) => key === table.sort) ?? METRICS[0];
  const figure = (title, plot) => el("figure", {}, el("figcaption", {}, title), plot);
  byId("metrics-plots").replaceChildren(
    ...(sequence.length > 0 ? [figure("Main sequence: larger dots have more lines", mainSequence(sequence))] : []),
    figure(`Largest by ${column.name}: ${column.about}`, largest([...table.rows], column)));
}

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
  // What has no number stands last, whichever way one sorts.
  const compare = (a, b) => (a[sort] == null) - (b[sort] == null) || (a[sort] < b[sort] ? -1 : a[sort] > b[sort] ? 1 : 0) * (down ? -1 : 1);
  const sorted = [...rows].sort((a, b) => compare(a, b) || (a.name < b.name ? -1 : 1));
  const value = (row, column) => el("td", {}, shownNumber(row[column.key], column));
  const line = (row) => el("tr", {}, el("th", { scope: "row" }, row.go ? button(row.name, row.go, { class: "link" }) : row.name), columns().map((column) => value(row, column)));
  byId("metrics-rows").replaceChildren(...sorted.slice(0, table.shown).map(line));
  const left = sorted.length - table.shown;
  const more = button(`${number(left)} more`, () => { table.shown += 1000; fillMetrics(); }, { class: "more" });
  byId("metrics-more").replaceChildren(...(left > 0 ? [more] : []));
}
