// @ts-check
// Tests of the values that the page computes from its data, on small hand-written workspaces.

import assert from "node:assert/strict";
import { test } from "node:test";

import { coupling, sum } from "../../src/render/page/assets/model/coupling.js";
import { above, firstOpen, fullName } from "../../src/render/page/assets/model/groups.js";
import { brokenBy, hidesBroken, show } from "../../src/render/page/assets/model/shown.js";
import { columnsOf, rowsOf, sorted } from "../../src/render/page/assets/model/table.js";
import { choice, tree, workspace } from "./sample.js";

test("places are counted on from the one before on their edge", () => {
  const model = workspace();
  assert.deepEqual(
    model.sitesOf(0).map(({ line, item, test }) => [line, item, test]),
    [
      [3, "B", false],
      [7, "C", true],
    ],
  );
  const [reference] = model.sitesOf(1);
  assert.deepEqual(
    [reference.file, reference.context, reference.named, reference.condition],
    [1, "import", "core", "unix"],
  );
  assert.deepEqual(reference.passes, [{ module: "core", file: 1, line: 4, column: 9 }]);
  assert.equal(model.references(0, false), 1);
  assert.equal(model.references(0, true), 2);
});

test("a line is found by its number, and one that was not kept is not there", () => {
  const model = workspace();
  assert.deepEqual(model.excerpt(0, 7), { text: "use core::C;", indent: 4 });
  assert.equal(model.excerpt(0, 4), null);
});

test("findings have their own places, then those of their chains", () => {
  const { findings } = workspace();
  assert.deepEqual(
    findings.map(({ places, chain }) => [
      places.map((p) => p.line),
      chain.map((hop) => hop.places.map((p) => p.line)),
    ]),
    [
      [[3], [[7]]],
      [[9], []],
    ],
  );
  assert.deepEqual(findings[0].chain[0].places[0].passes, [
    { place: 1, module: "core", file: 1, line: 4, column: 9 },
  ]);
});

test("a finding is found by its place, unless a waiver allows it", () => {
  const model = workspace();
  const at = (/** @type {number} */ line) =>
    model.findingsAt({ ...model.sitesOf(0)[0], line }).map((f) => f.number);
  assert.deepEqual([at(3), at(7), at(9)], [[0], [0], []]);
});

test("ids are found, and paths into a crate are the crate", () => {
  const model = workspace();
  assert.equal(model.nodeOf("app::web"), 1);
  assert.equal(model.nodeOf("::serde::de::Error"), 4);
  assert.equal(model.nodeOf("nothing"), undefined);
});

test("groups have the shortest names that tell them apart", () => {
  const { all } = tree(workspace());
  assert.deepEqual(
    all.map((at) => [at.key, at.name, fullName(at), at.depth]),
    [
      ["", "", "", 0],
      ["package:app", "app", "app", 1],
      ["package:app/self", "self", "app (itself)", 2],
      ["m:app::web", "web", "app::web", 2],
      ["m:app::tests", "tests", "app::tests", 2],
      ["package:core", "core", "core", 1],
      ["externals", "external crates", "external crates", 1],
      ["x:serde", "serde", "serde", 2],
    ],
  );
  assert.deepEqual(
    above(all[3]).map((at) => at.key),
    ["package:app"],
  );
  assert.deepEqual(all[1].nodes, [0, 1, 2]);
  assert.deepEqual([all[3].test, all[4].test], [false, true]);
});

test("a page opens with few boxes, but not with next to none", () => {
  const opened = tree(workspace());
  assert.deepEqual([...firstOpen(opened, 60)], ["package:app"]);
  assert.deepEqual([...firstOpen(opened, 3)], []);
});

test("edges by name alone are arrows of their own look, and no part of the numbers", () => {
  const model = workspace();
  model.naming.add(1);
  const arrows = (/** @type {Set<string>} */ open) =>
    show(model, tree(model), choice({ open })).arrows.map((a) => [a.count, a.naming]);
  // The arrow between the packages stands for another edge as well, which alone counts.
  assert.deepEqual(arrows(new Set()), [[1, false]]);
  assert.deepEqual(arrows(new Set(["package:app"])), [
    [1, false],
    [1, true],
  ]);
  assert.equal(coupling(model, [1], false).fanOut, 0);
});

test("closed groups are boxes, open ones are frames, and edges become arrows between them", () => {
  const model = workspace();
  const scene = (
    /** @type {Partial<import("../../src/render/page/assets/model/types.d.ts").Choice>} */ asked,
  ) => {
    const { boxes, arrows, frames } = show(model, tree(model), choice(asked));
    return {
      boxes: boxes.map((box) => box.group.key),
      frames: frames.length,
      arrows: arrows.map((a) => `${a.from.group.key} ${a.to.group.key} ${a.count}`),
    };
  };
  assert.deepEqual(scene({}), {
    boxes: ["package:app", "package:core"],
    frames: 1,
    arrows: ["package:app package:core 2"],
  });
  const open = new Set(["package:app"]);
  assert.deepEqual(scene({ open }), {
    boxes: ["package:app/self", "m:app::web", "package:core"],
    frames: 2,
    arrows: ["package:app/self package:core 1", "m:app::web package:core 1"],
  });
  assert.deepEqual(scene({ open, tests: true }).arrows, [
    "package:app/self package:core 2",
    "m:app::web package:core 1",
    "m:app::tests m:app::web 1",
  ]);
  assert.deepEqual(scene({ externals: true }).boxes, ["package:app", "package:core", "externals"]);
  assert.deepEqual(scene({ only: true }), {
    boxes: ["package:app", "package:core"],
    frames: 1,
    arrows: ["package:app package:core 1"],
  });
  assert.deepEqual(scene({ only: true, rule: "other" }), { boxes: [], frames: 1, arrows: [] });
});

test("what counts as broken is not waived, and of the chosen rule", () => {
  const model = workspace();
  assert.deepEqual(
    brokenBy(model, 0, "").map((f) => f.number),
    [0],
  );
  assert.deepEqual(brokenBy(model, 0, "other"), []);
  assert.deepEqual(hidesBroken(model, tree(model), choice({})), []);
});

test("users and used are counted in modules, with test code as one asks", () => {
  const model = workspace();
  assert.deepEqual(coupling(model, [1], false), {
    fanIn: 0,
    fanOut: 1,
    externals: 1,
    instability: 1,
  });
  assert.deepEqual(coupling(model, [1], true), {
    fanIn: 1,
    fanOut: 1,
    externals: 1,
    instability: 0.5,
  });
  assert.deepEqual(coupling(model, [0, 1, 2], true), {
    fanIn: 0,
    fanOut: 1,
    externals: 1,
    instability: 1,
  });
  assert.equal(
    sum(model, [0, 1, 4], (module) => module.lines),
    30,
  );
});

test("rows without a number stand last whichever way one sorts", () => {
  const model = workspace();
  const [level] = model.data.numbers.levels;
  const rows = rowsOf(model, tree(model), level, true);
  const names = (/** @type {string} */ by, /** @type {boolean} */ down) =>
    sorted(rows, by, down).map((row) => row.name);
  assert.deepEqual(names("share", true), ["app::web", "app", "core"]);
  assert.deepEqual(names("share", false), ["app", "app::web", "core"]);
  assert.deepEqual(names("name", false), ["app", "app::web", "core"]);
  assert.deepEqual(
    rows.map((row) => row.numbers.get("externals")),
    [0, 1, 0],
  );
  assert.deepEqual(
    columnsOf(level, false).map((column) => column.metric),
    [1],
  );
  assert.deepEqual(
    columnsOf(level, true).map((column) => column.metric),
    [0, 1],
  );
});
