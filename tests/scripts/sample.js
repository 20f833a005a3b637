// @ts-check
// A workspace of two packages: `app` with a module `web` and one of tests, and `core`. `app` and `web` use
// `core`, the tests use `web`, and `web` uses an external crate. A finding shows the first edge.

import { Model } from "../../src/render/page/assets/model/model.js";

/** @import { Data, Finding } from "../../src/render/page/assets/model/data.d.ts" */
/** @import { Choice, Tree } from "../../src/render/page/assets/model/types.d.ts" */

/** @type {Omit<Finding, "rule" | "status" | "places" | "chain">} */
const PLAIN = {
  severity: "error",
  message: "a message",
  reason: null,
  instead: null,
  from: "app",
  to: "core",
  components: [],
  owner: null,
};

/** @returns {Data} */
function data() {
  const order = { place: [0, 0, 0, 1, 2, 1, 2, 0], cycle: [-1, -1, -1, -1, -1, -1, -1, -1] };
  return {
    version: 2,
    title: "sample",
    start: "",
    contexts: ["import", "body"],
    targets: ["lib"],
    packages: ["app", "core"],
    components: [],
    layers: [],
    modules: {
      parent: [-1, 0, 0, -1],
      name: ["app", "web", "tests", "core"],
      package: [0, 0, 0, 1],
      target: [0, 0, 0, 0],
      component: [-1, -1, -1, -1],
      rank: [-1, -1, -1, -1],
      file: [0, 1, 1, 1],
      line: [1, 1, 1, 1],
      lines: [10, 20, 5, 40],
      items: [1, 2, 1, 4],
      tests: [2],
    },
    externals: ["serde"],
    kinds: ["root", "component", "package", "crate", "module", "itself", "externals", "external"],
    groupings: [
      {
        way: "package",
        groups: {
          kind: [0, 2, 5, 4, 4, 2, 6, 7],
          parent: [-1, 0, 1, 1, 1, 0, 0, 6],
          node: [-1, 0, 0, 1, 2, 3, -1, 4],
        },
        order,
        with_tests: order,
      },
    ],
    edges: { from: [0, 1, 1, 2], to: [3, 3, 4, 1], sites: [2, 1, 1, 1], naming: [] },
    sites: {
      line: [3, 4, 5, 6, 8],
      column: [5, 9, 5, 5, 5],
      length: [1, 1, 1, 1, 1],
      shape: [0, 1, 2, 0, 1],
      item: [0, 1, 0, 2, 3],
      shapes: {
        file: [-1, -1, -1],
        context: [0, 0, 0],
        named: [-1, -1, 3],
        condition: [-1, -1, 0],
        chain: [-1, -1, 0],
        test: [0, 1, 0],
      },
      items: ["B", "C", "serde::de::Error", "Web"],
      conditions: ["unix"],
      chains: [{ module: [3], file: [1], line: [4], column: [9] }],
    },
    findings: {
      summary: {
        errors: 1,
        unread: 0,
        unresolved: 0,
        unknown: 0,
        configured: true,
        warnings: 0,
        infos: 0,
        baseline: 0,
        waived: 1,
        elsewhere: 0,
        rules: 1,
        unchecked: 0,
        modules: 4,
        dependencies: 4,
      },
      rules: [
        {
          id: "layers",
          kind: "layers",
          about: "about",
          severity: "error",
          reason: null,
          instead: null,
        },
      ],
      list: [
        {
          ...PLAIN,
          rule: "layers",
          status: "new",
          places: 1,
          chain: [{ from: "app", to: "core", places: 1 }],
        },
        { ...PLAIN, rule: "layers", status: "waived", places: 1, chain: [] },
      ],
      places: {
        file: [0, 0, 0],
        line: [3, 7, 9],
        column: [5, 5, 5],
        length: [1, 1, 1],
        context: [0, 0, -1],
        item: [0, 1, -1],
        named: [-1, -1, -1],
        condition: [-1, -1, -1],
        texts: ["B", "C"],
        passes: [{ place: 1, module: "core", file: 1, line: 4, column: 9 }],
      },
      marks: [{ edge: 0, findings: [0, 1] }],
    },
    resolution: {
      references: 5,
      resolved: 4,
      external: 1,
      assumed: 0,
      unresolved: 0,
      associated: { resolved: 0, external: 0, unknown: 0 },
      methods: { resolved: 0, external: 0, unknown: 0 },
      fields: { resolved: 0, external: 0, unknown: 0 },
    },
    excerpts: {
      files: [
        { name: "app/src/lib.rs", line: [3, 4], text: [0, 1], indent: [0, 4] },
        { name: "core/src/lib.rs", line: [], text: [], indent: [] },
      ],
      texts: ["use core::B;", "use core::C;"],
    },
    numbers: {
      metrics: [
        { name: "lines", about: "lines", whole: true },
        { name: "share", about: "a share", whole: false },
      ],
      whole: [75, null],
      levels: [
        {
          level: "module",
          of: [0, 1, 3],
          columns: [
            { metric: 1, usual: true, values: [0.25, 0.5, null] },
            { metric: 0, usual: false, values: [10, 20, 40] },
          ],
        },
      ],
    },
  };
}

/** The workspace. */
export function workspace() {
  return new Model(data());
}

/**
 * Returns the tree of the workspace by package.
 * @param {Model} model
 * @returns {Tree}
 */
export function tree(model) {
  const found = model.trees.get("package");
  if (!found) throw new Error("the data has no tree by package");
  return found;
}

/**
 * Returns the state of a page that was just opened, with all groups closed.
 * @param {Partial<Choice>} asked
 * @returns {Choice}
 */
export function choice(asked) {
  return {
    open: new Set(),
    tests: false,
    externals: false,
    only: false,
    reduce: false,
    rule: "",
    ...asked,
  };
}
