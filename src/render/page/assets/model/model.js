// @ts-check
// The data of the page, unpacked from the columns of the data block. Modules and, after them,
// external crates are nodes, numbered from 0; edges and findings are numbered in the order of the
// data.

import { trees } from "./groups.js";

/** @import { Component, Data, Findings, Rule, Way } from "./data.d.ts" */
/** @import { Finding, Module, Place, Tree } from "./types.d.ts" */

/** The data, with values derived from it for every view. */
export class Model {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    this.modules = modulesOf(data);
    /** The number of nodes. */
    this.nodes = this.modules.length + data.externals.length;
    const { from, to, sites } = data.edges;
    this.from = Uint32Array.from(from);
    this.to = Uint32Array.from(to);
    /** The index of the first site of each edge, and the end of the last edge's sites. */
    this.start = new Uint32Array(from.length + 1);
    sites.forEach((count, edge) => (this.start[edge + 1] = this.start[edge] + count));
    this.testSites = testSites(data, this.start);
    this.hasTests = data.sites.shapes.test.includes(1);
    this.naming = new Set(data.edges.naming);
    this.outgoing = byNode(this.from, this.nodes);
    this.incoming = byNode(this.to, this.nodes);
    /** @type {Rule[]} */
    this.rules = data.findings?.rules ?? [];
    this.findings = data.findings ? findingsOf(data, data.findings) : [];
    /** The findings that refer to each edge. @type {Map<number, Finding[]>} */
    this.marks = new Map();
    for (const { edge, findings } of data.findings?.marks ?? []) {
      this.marks.set(
        edge,
        findings.map((number) => this.findings[number]),
      );
    }
    this.findingsByPlace = byPlace(this.findings);
    /** @type {Map<string, number>} */
    this.nodeById = new Map();
    for (let node = this.nodes - 1; node >= 0; node--) this.nodeById.set(this.idOf(node), node);
    /** The trees, keyed by their way of grouping modules. @type {Map<Way, Tree>} */
    this.trees = trees(this);
    /** @type {Map<number, Map<number, { text: string, indent: number }>>} */
    this.lines = new Map();
  }

  get edges() {
    return this.from.length;
  }

  /** @param {number} node */
  isExternal(node) {
    return node >= this.modules.length;
  }

  /** @param {number} node */
  idOf(node) {
    const external = node - this.modules.length;
    return external >= 0 ? this.data.externals[external] : this.modules[node].id;
  }

  /**
   * Returns the node with the given id; for an external path, its crate.
   * @param {string} id
   */
  nodeOf(id) {
    return this.nodeById.get(id) ?? this.nodeById.get(id.replace(/^::/, "").split("::")[0]);
  }

  /**
   * Returns the component that all of `nodes` belong to.
   * @param {number[]} nodes
   * @returns {Component | null}
   */
  componentOf(nodes) {
    const of = (/** @type {number} */ node) =>
      this.isExternal(node) ? -1 : this.modules[node].component;
    const component = nodes.length > 0 ? of(nodes[0]) : -1;
    return component >= 0 && nodes.every((node) => of(node) === component)
      ? this.data.components[component]
      : null;
  }

  /**
   * Returns the number of references of an edge.
   * @param {number} edge
   * @param {boolean} tests whether references in test code count
   */
  references(edge, tests) {
    return this.start[edge + 1] - this.start[edge] - (tests ? 0 : this.testSites[edge]);
  }

  /**
   * Returns whether all references of an edge are in test code.
   * @param {number} edge
   */
  isTest(edge) {
    return this.references(edge, false) === 0;
  }

  /**
   * Returns whether an edge is by name alone: rules judge such edges, and metrics ignore them.
   * @param {number} edge
   */
  isNaming(edge) {
    return this.naming.has(edge);
  }

  /**
   * Returns the references of an edge, sorted by position.
   * @param {number} edge
   * @returns {Place[]}
   */
  sitesOf(edge) {
    const { sites, contexts } = this.data;
    const { shapes } = sites;
    const places = [];
    let line = 0;
    for (let at = this.start[edge]; at < this.start[edge + 1]; at++) {
      const shape = sites.shape[at];
      const [file, named, condition, chain] = [
        shapes.file[shape],
        shapes.named[shape],
        shapes.condition[shape],
        shapes.chain[shape],
      ];
      line += sites.line[at];
      places.push({
        edge,
        file: file < 0 ? this.modules[this.from[edge]].file : file,
        line,
        column: sites.column[at],
        length: sites.length[at],
        context: contexts[shapes.context[shape]],
        item: sites.items[sites.item[at]],
        named: named < 0 ? null : this.idOf(named),
        condition: condition < 0 ? null : sites.conditions[condition],
        passes: chain < 0 ? [] : this.passes(chain),
        test: shapes.test[shape] === 1,
      });
    }
    return places;
  }

  /** @param {number} chain */
  passes(chain) {
    const { module, file, line, column } = this.data.sites.chains[chain];
    return module.map((node, at) => ({
      module: this.idOf(node),
      file: file[at],
      line: line[at],
      column: column[at],
    }));
  }

  /**
   * Returns the findings that refer to a reference, without waived ones.
   * @param {Place} place
   */
  findingsAt(place) {
    const found = this.findingsByPlace.get(keyOf(place)) ?? [];
    return [...new Set(found)].filter((finding) => finding.status !== "waived");
  }

  /** @param {number} file */
  fileName(file) {
    return this.data.excerpts.files[file].name;
  }

  /**
   * Returns the text of a line and the number of whitespace characters before it; `null` if the
   * data does not contain the line.
   * @param {number} file
   * @param {number} line
   */
  excerpt(file, line) {
    let lines = this.lines.get(file);
    if (!lines) {
      lines = this.linesOf(file);
      this.lines.set(file, lines);
    }
    return lines.get(line) ?? null;
  }

  /** @param {number} file */
  linesOf(file) {
    const { files, texts } = this.data.excerpts;
    const { line, text, indent } = files[file];
    const lines = new Map();
    let number = 0;
    line.forEach((more, row) => {
      number += more;
      lines.set(number, { text: texts[text[row]], indent: indent[row] });
    });
    return lines;
  }
}

/**
 * @param {Data} data
 * @returns {Module[]}
 */
function modulesOf({ modules: columns }) {
  const tests = new Set(columns.tests);
  /** @type {Module[]} */
  const modules = [];
  columns.name.forEach((name, node) => {
    const parent = columns.parent[node];
    modules.push({
      parent,
      name,
      id: parent >= 0 && !name.includes("::") ? `${modules[parent].id}::${name}` : name,
      package: columns.package[node],
      target: columns.target[node],
      component: columns.component[node],
      rank: columns.rank[node],
      file: columns.file[node],
      line: columns.line[node],
      lines: columns.lines[node],
      items: columns.items[node],
      test: tests.has(node),
    });
  });
  return modules;
}

/**
 * Returns the number of references in test code for each edge.
 * @param {Data} data
 * @param {Uint32Array} start
 */
function testSites({ sites }, start) {
  const counts = new Uint32Array(start.length - 1);
  for (let edge = 0; edge < counts.length; edge++) {
    for (let site = start[edge]; site < start[edge + 1]; site++)
      counts[edge] += sites.shapes.test[sites.shape[site]];
  }
  return counts;
}

/**
 * Returns the edges grouped by one of their ends.
 * @param {Uint32Array} ends
 * @param {number} nodes
 */
function byNode(ends, nodes) {
  /** @type {number[][]} */
  const edges = Array.from({ length: nodes }, () => []);
  ends.forEach((node, edge) => edges[node].push(edge));
  return edges;
}

/**
 * Returns the findings with their places, which the data lists one after another.
 * @param {Data} data
 * @param {Findings} findings
 * @returns {Finding[]}
 */
function findingsOf(data, { list, places }) {
  const passes = places.passes.values();
  let pass = passes.next();
  const text = (/** @type {number} */ at) => (at < 0 ? null : places.texts[at]);
  let next = 0;
  const take = (/** @type {number} */ count) =>
    Array.from({ length: count }, () => {
      const at = next++;
      const context = places.context[at];
      /** @type {Place} */
      const place = {
        file: places.file[at],
        line: places.line[at],
        column: places.column[at],
        length: places.length[at],
        context: context < 0 ? null : data.contexts[context],
        item: text(places.item[at]),
        named: text(places.named[at]),
        condition: text(places.condition[at]),
        passes: [],
        test: false,
      };
      for (; !pass.done && pass.value.place === at; pass = passes.next())
        place.passes.push(pass.value);
      return place;
    });
  return list.map((finding, number) => ({
    ...finding,
    number,
    places: take(finding.places),
    chain: finding.chain.map((hop) => ({ ...hop, places: take(hop.places) })),
  }));
}

/** @param {Place} place */
function keyOf({ file, line, column }) {
  return `${file}:${line}:${column}`;
}

/** @param {Finding[]} findings */
function byPlace(findings) {
  /** @type {Map<string, Finding[]>} */
  const found = new Map();
  for (const finding of findings) {
    for (const place of [...finding.places, ...finding.chain.flatMap((hop) => hop.places)]) {
      const key = keyOf(place);
      const known = found.get(key);
      if (known) known.push(finding);
      else found.set(key, [finding]);
    }
  }
  return found;
}
