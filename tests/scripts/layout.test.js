// @ts-check
// Tests of the layout, the order of the matrix, the reduction and the curves. Properties that hold
// for every graph are tested on many pseudo-random graphs, always the same ones.

import assert from "node:assert/strict";
import { test } from "node:test";

import { boundsOf, distance, pathOf, pointOn } from "../../src/render/page/assets/model/curves.js";
import { crossings, layered, routeKey } from "../../src/render/page/assets/model/layers.js";
import { fitted, layout } from "../../src/render/page/assets/model/layout.js";
import { partitioned } from "../../src/render/page/assets/model/matrix.js";
import { fits, ranked } from "../../src/render/page/assets/model/ranking.js";
import { reduced, strongComponents } from "../../src/render/page/assets/model/reduction.js";
import { show } from "../../src/render/page/assets/model/shown.js";
import { choice, tree, workspace } from "./sample.js";

/**
 * Returns a generator of pseudo-random numbers from 0 to below `n`: a linear congruential
 * generator.
 * @param {number} seed
 */
function random(seed) {
  let state = seed;
  return (/** @type {number} */ n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/**
 * Returns some arrows between `n` boxes, without loops and duplicates.
 * @param {(n: number) => number} next
 * @param {number} n
 * @returns {[number, number][]}
 */
function graph(next, n) {
  const pairs = Array.from({ length: n + next(2 * n) }, () => [next(n), next(n)]);
  return [...new Set(pairs.filter(([a, b]) => a !== b).map(String))].map((pair) => {
    const [a, b] = pair.split(",").map(Number);
    return [a, b];
  });
}

/**
 * Returns the boxes that each box reaches by at least one arrow.
 * @param {number} n
 * @param {[number, number][]} arrows
 */
function reach(n, arrows) {
  const sets = Array.from({ length: n }, () => new Set(/** @type {number[]} */ ([])));
  for (let round = 0; round < n; round++) {
    for (const [a, b] of arrows) [b, ...sets[b]].forEach((v) => sets[a].add(v));
  }
  return sets;
}

test("strong components are those that reach each other, callees first", () => {
  for (let seed = 1; seed < 60; seed++) {
    const next = random(seed);
    const n = 1 + next(12);
    const arrows = graph(next, n);
    const reached = reach(n, arrows);
    const components = strongComponents(
      Array.from({ length: n }, (_, v) => arrows.filter(([a]) => a === v).map(([, b]) => b)),
    );
    const of = new Map(components.flatMap((members, at) => members.map((v) => [v, at])));
    assert.equal(of.size, n);
    for (let a = 0; a < n; a++) {
      for (let b = 0; b < n; b++) {
        if (a !== b)
          assert.equal(
            of.get(a) === of.get(b),
            reached[a].has(b) && reached[b].has(a),
            `${seed}: ${a} ${b}`,
          );
      }
    }
    for (const [a, b] of arrows)
      assert.ok((of.get(a) ?? 0) >= (of.get(b) ?? 0), `${seed}: ${a} stands before ${b}`);
  }
});

test("a reduction keeps what can be reached, and nothing that a longer way implies", () => {
  assert.deepEqual(
    reduced(3, [
      [0, 1],
      [1, 2],
      [0, 2],
    ]),
    [true, true, false],
  );
  assert.deepEqual(
    reduced(2, [
      [0, 1],
      [1, 0],
    ]),
    [true, true],
  );
  for (let seed = 1; seed < 60; seed++) {
    const next = random(seed);
    const n = 1 + next(40);
    const arrows = graph(next, n).filter(([a, b]) => a < b);
    const stays = reduced(n, arrows);
    const kept = arrows.filter((_, at) => stays[at]);
    assert.deepEqual(reach(n, kept), reach(n, arrows), `${seed}`);
    for (const arrow of kept) {
      const others = kept.filter((other) => other !== arrow);
      assert.ok(!reach(n, others)[arrow[0]].has(arrow[1]), `${seed}: ${arrow} is implied`);
    }
  }
});

test("boxes stand apart, in layers, with a way for every link", () => {
  for (let seed = 1; seed < 40; seed++) {
    const next = random(seed);
    const n = 2 + next(25);
    const sizes = Array.from({ length: n }, () => ({ w: 60 + next(200), h: 30 + next(60) }));
    const bands = Array.from({ length: n }, () => next(4) - 1);
    const links = graph(next, n).map(([a, b]) => ({ a, b, target: `b${b}`, weight: 1 + next(9) }));
    const found = layered(
      sizes,
      bands,
      sizes.map((_, at) => at),
      links,
    );
    const boxes = sizes.map((size, at) => ({ ...size, ...found.at[at] }));
    boxes.forEach((a, i) =>
      boxes.slice(i + 1).forEach((b, j) => {
        const apart =
          a.x + a.w <= b.x + 0.01 ||
          b.x + b.w <= a.x + 0.01 ||
          a.y + a.h <= b.y ||
          b.y + b.h <= a.y;
        assert.ok(apart, `${seed}: ${i} and ${i + 1 + j} overlap`);
      }),
    );
    const linked = new Set(links.flatMap(({ a, b }) => [a, b]));
    const layer = (/** @type {number} */ v) => linked.has(v) && bands[v] >= 0;
    for (const { a, b, target } of links) {
      const route = found.routes.get(routeKey(a, b, target));
      assert.ok(route, `${seed}: ${a} to ${b} has no way`);
      assert.equal(
        route.up,
        boxes[a].y > boxes[b].y || (boxes[a].y === boxes[b].y && a > b),
        `${seed}: ${a} to ${b}`,
      );
      if (
        layer(a) &&
        layer(b) &&
        bands[a] < bands[b] &&
        new Set(bands.filter((band) => band >= 0)).size > 1
      ) {
        assert.ok(boxes[a].y < boxes[b].y, `${seed}: the layer of ${a} is not above that of ${b}`);
      }
    }
    boxes.forEach((box) =>
      assert.ok(
        box.x >= -0.01 && box.x + box.w <= found.w + 0.01 && box.y + box.h <= found.h + 0.01,
        `${seed}`,
      ),
    );
  }
});

test("lines that cross are counted", () => {
  const item = (/** @type {number} */ at, /** @type {number[]} */ to) => ({
    row: 0,
    w: 1,
    v: at,
    x: 0,
    at,
    top: 0,
    bottom: 0,
    up: [],
    down: to.map((end) => ({ from: at, to: end, weight: 1 })),
    dummy: false,
  });
  const items = [
    item(0, [4, 5]),
    item(1, [3]),
    item(2, [3, 4]),
    item(0, []),
    item(1, []),
    item(2, []),
  ];
  assert.equal(
    crossings({
      items,
      rows: [
        [0, 1, 2],
        [3, 4, 5],
      ],
    }),
    5,
  );
});

test("arrows lead from box to box through their frames", () => {
  const model = workspace();
  const groups = tree(model);
  const measure = (/** @type {string} */ text) => 7 * text.length;
  const shown = show(model, groups, choice({ open: new Set(["package:app"]), tests: true }));
  const scene = layout(shown, measure, groups.order.place);
  assert.equal(scene.arrows.length, 3);
  for (const { from, to, path, up } of scene.arrows) {
    assert.equal(path[1], Math.fround(up ? from.y : from.y + from.h));
    assert.equal(path[path.length - 1], Math.fround(up ? to.y + to.h : to.y));
  }
  const [root, app] = scene.frames;
  for (const box of scene.boxes.filter((one) => one.frame === app)) {
    assert.ok(
      box.x >= app.x &&
        box.x + box.w <= app.x + app.w &&
        box.y >= app.y &&
        box.y + box.h <= app.y + app.h,
    );
  }
  assert.ok(app.w <= root.w && app.h <= root.h);
});

test("a long text is cut to its room", () => {
  const measure = (/** @type {string} */ text) => text.length;
  assert.equal(fitted("short", 5, measure), "short");
  assert.equal(fitted("a long name", 5, measure), "a lo…");
});

test("a cycle is a block of rows with all that its open parts hold, and none where it is alone", () => {
  const model = workspace();
  const groups = tree(model);
  const order = { place: [0, 1, 0, 1, 2, 0, 2, 0], cycle: [-1, 0, -1, -1, -1, 0, -1, -1] };
  const rows = (/** @type {string[]} */ ...open) => {
    const found = partitioned(show(model, groups, choice({ open: new Set(open) })), order);
    return { rows: found.rows.map((part) => part.group.key), blocks: found.blocks };
  };
  assert.deepEqual(rows(), { rows: ["package:core", "package:app"], blocks: [[0, 2]] });
  assert.deepEqual(rows("package:app"), {
    rows: ["package:core", "package:app/self", "m:app::web"],
    blocks: [[0, 3]],
  });
  const alone = show(model, groups, choice({}));
  alone.boxes = alone.boxes.slice(0, 1);
  assert.deepEqual(partitioned(alone, order).blocks, []);
});

test("a path begins and ends where its arrow does, upright", () => {
  const path = pathOf({ start: [0, 0], middle: [[50, 40]], end: [100, 100], up: false });
  assert.equal(path.length, 2 + 2 * 6);
  assert.deepEqual(pointOn(path, 0), { x: 0, y: 0 });
  assert.deepEqual(pointOn(path, 0.5), { x: 50, y: 40 });
  assert.deepEqual(pointOn(path, 1), { x: 100, y: 100 });
  assert.equal(path[2], 0);
  assert.deepEqual(boundsOf(path), [0, 0, 100, 100]);
  const arrow = { path, samples: null };
  assert.ok(distance(arrow, 50, 40) < 1e-6);
  assert.ok(distance(arrow, 100, 0) > 30 ** 2);
});

test("the best hit is the name itself, then its end, then its beginning", () => {
  assert.equal(fits("records::store", ["none"]), null);
  const names = ["bookstore", "store::keys", "records::store", "store"];
  assert.deepEqual(
    ranked(names, (name) => name, " Store "),
    ["store", "records::store", "bookstore", "store::keys"],
  );
  assert.deepEqual(
    ranked(names, (name) => name, "rec st"),
    ["records::store"],
  );
  assert.deepEqual(
    ranked(names, (name) => name, ""),
    [],
  );
});
