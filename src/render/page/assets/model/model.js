// What the page knows, unpacked from the numbers in the data block. Modules and, after them, external crates are nodes,
// counted from 0; edges and findings are counted as the data lists them.

const DATA = JSON.parse(byId("data").textContent);

const MODULES = DATA.modules.map((row) => {
  const [parent, name, pack, target, component, rank, file, line, lines, items, test] = row;
  return { parent, name, pack, target, component, rank, file, line, lines, items, test: test === 1 };
});
for (const module of MODULES) {
  const joined = module.parent >= 0 && !module.name.includes("::");
  module.id = joined ? `${MODULES[module.parent].id}::${module.name}` : module.name;
}

const NODES = MODULES.length + DATA.externals.length;
const isExternal = (node) => node >= MODULES.length;
const idOf = (node) => (isExternal(node) ? DATA.externals[node - MODULES.length] : MODULES[node].id);

// Edges, as columns.
const EDGES = DATA.edges.length / 3;
const FROM = new Uint32Array(EDGES);
const TO = new Uint32Array(EDGES);
const COUNT = new Uint32Array(EDGES);
const START = new Uint32Array(EDGES + 1);
const TEST_SITES = new Uint32Array(EDGES);
const OUT = Array.from({ length: NODES }, () => []);
const IN = Array.from({ length: NODES }, () => []);
for (let edge = 0; edge < EDGES; edge++) {
  FROM[edge] = DATA.edges[3 * edge];
  TO[edge] = DATA.edges[3 * edge + 1];
  COUNT[edge] = DATA.edges[3 * edge + 2];
  START[edge + 1] = START[edge] + COUNT[edge];
  OUT[FROM[edge]].push(edge);
  IN[TO[edge]].push(edge);
}

// Without the references of test code its modules would stand about as if nothing used them.
const HAS_TESTS = DATA.sites.shapes.some((shape) => shape[5] === 1);
if (HAS_TESTS) {
  for (let edge = 0; edge < EDGES; edge++) {
    for (let site = START[edge]; site < START[edge + 1]; site++) {
      TEST_SITES[edge] += DATA.sites.shapes[DATA.sites.rows[5 * site + 3]][5];
    }
  }
}

/** The references of an edge, by place. */
function sitesOf(edge) {
  const { rows, shapes, items, conditions } = DATA.sites;
  const sites = [];
  let line = 0;
  for (let at = START[edge]; at < START[edge + 1]; at++) {
    const [delta, column, length, shape, item] = rows.slice(5 * at, 5 * at + 5);
    const [file, context, named, cfg, chain, test] = shapes[shape];
    line += delta;
    sites.push({
      edge,
      file: file < 0 ? MODULES[FROM[edge]].file : file,
      line,
      column,
      length,
      context: DATA.contexts[context],
      item: items[item],
      named: named < 0 ? null : idOf(named),
      cfg: cfg < 0 ? null : conditions[cfg],
      via: chain < 0 ? [] : DATA.sites.chains[chain].map(([m, f, l, c]) => [idOf(m), f, l, c]),
      test: test === 1,
    });
  }
  return sites;
}

/** The place of a finding, in the shape of a reference. */
function placeOf([file, line, column, length, context, item, named, cfg, via]) {
  return { file, line, column, length, context: context < 0 ? null : DATA.contexts[context], item, named, cfg, via };
}

const fileName = (file) => DATA.excerpts.files[file];
const LINES = new Map();

/** The text of a line and how many blanks stand before it; `null` where the page does not have it. */
function excerpt(file, line) {
  if (!LINES.has(file)) {
    const lines = new Map();
    const row = DATA.excerpts.lines[file];
    for (let at = 0, number = 0; at < row.length; at += 3) {
      number += row[at];
      lines.set(number, [DATA.excerpts.texts[row[at + 1]], row[at + 2]]);
    }
    LINES.set(file, lines);
  }
  return LINES.get(file).get(line) ?? null;
}

// Findings.
const FINDINGS = DATA.findings?.list ?? [];
const RULES = DATA.findings?.rules ?? [];
const MARKS = new Map(DATA.marks);
const FINDINGS_AT = new Map();
FINDINGS.forEach((finding, number) => {
  finding.number = number;
  const hops = finding.chain.flatMap(([, , places]) => places);
  for (const place of [...finding.sites, ...hops]) {
    const key = `${place[0]}:${place[1]}:${place[2]}`;
    FINDINGS_AT.set(key, [...(FINDINGS_AT.get(key) ?? []), finding]);
  }
});

/** The findings that show a reference; those that a waiver allows are not counted. */
function findingsAt(site) {
  const found = FINDINGS_AT.get(`${site.file}:${site.line}:${site.column}`) ?? [];
  return [...new Set(found)].filter((f) => f.status !== "waived");
}

const NODE_BY_ID = new Map();
for (let node = NODES - 1; node >= 0; node--) NODE_BY_ID.set(idOf(node), node);

/** The node that an id stands for; of an external path, its crate. */
function nodeOf(id) {
  return NODE_BY_ID.get(id) ?? NODE_BY_ID.get(id.replace(/^::/, "").split("::")[0]);
}
