// @ts-check
// The layered layout of the parts of one frame, after Sugiyama: assign ranks, order the items
// within ranks for few crossings, assign coordinates. Lines to the same target share one trunk, so
// that a module with many users costs one line per rank and not one for each user.
//
// The sizes of parts depend on what is open inside them, so the layout is computed here and not in
// advance. The order with few links against it does not depend on them: it is in the data, and the
// matrix uses it, too.

/** @import { Link, Point, Route } from "./types.d.ts" */

/** @typedef {{ w: number, h: number }} Size */

/**
 * A link that runs downward, and whether it originally ran upward.
 * @typedef {Link & { up: boolean }} Down
 */

/**
 * A line between items of adjacent rows.
 * @typedef {{ from: number, to: number, weight: number }} Line
 */

/**
 * A box, or a turning point of a trunk: its row, its position in the row, and its lines.
 * @typedef {object} Item
 * @property {number} row
 * @property {number} w
 * @property {number} v the box; -1 for a turning point
 * @property {number} x
 * @property {number} at
 * @property {number} top
 * @property {number} bottom
 * @property {Line[]} up
 * @property {Line[]} down
 * @property {boolean} dummy
 */

/**
 * Items in rows, and the turning points of each link.
 * @typedef {{ items: Item[], rows: number[][], via: number[][], rowOf: Map<number, number> }} Net
 */

/**
 * The positions of the boxes; the route of each link by its `routeKey`; the size.
 * @typedef {{ at: Point[], routes: Map<string, Route>, w: number, h: number }} Result
 */

const GAP_X = 22;
const GAP_Y = 36;
const TRUNK = 7;
const MOST_TRUNKS = 9000;

/**
 * Lays out boxes of the given sizes.
 * @param {Size[]} sizes
 * @param {number[]} bands the rank of the declared layer of each; -1 for none
 * @param {number[]} order the position of each in an order against which few links run
 * @param {Link[]} links
 */
export function layered(sizes, bands, order, links) {
  const linked = new Uint8Array(sizes.length);
  links.forEach(({ a, b }) => (linked[a] = linked[b] = 1));
  const inLayers = [...sizes.keys()].filter((v) => linked[v] || bands[v] >= 0);
  const alone = [...sizes.keys()].filter((v) => !linked[v] && bands[v] < 0);
  const area = sizes.reduce((sum, s) => sum + (s.w + GAP_X) * (s.h + GAP_Y), 0);
  const width = sizes.reduce(
    (most, s) => Math.max(most, s.w),
    Math.max(620, 1.75 * Math.sqrt(area)),
  );
  const at = sizes.map(() => ({ x: 0, y: 0 }));
  /** @type {Result} */
  const result = { at, routes: new Map(), w: 0, h: 0 };
  if (inLayers.length > 0) placeLayers(inLayers, sizes, bands, order, links, width, result);
  placeAlone(alone, sizes, Math.max(width * 0.8, result.w), result);
  return result;
}

/**
 * Returns the key of the route of a link between the parts at two positions.
 * @param {number} a
 * @param {number} b
 * @param {string} target
 */
export function routeKey(a, b, target) {
  return `${a}:${b}:${target}`;
}

/**
 * Places the boxes without links in rows below the others.
 * @param {number[]} alone
 * @param {Size[]} sizes
 * @param {number} width
 * @param {Result} result
 */
function placeAlone(alone, sizes, width, result) {
  let [x, y, h] = [0, result.h > 0 ? result.h + GAP_Y * 0.7 : 0, 0];
  for (const v of alone.sort((a, b) => sizes[b].h - sizes[a].h || a - b)) {
    if (x > 0 && x + sizes[v].w > width) [x, y, h] = [0, y + h + 16, 0];
    result.at[v] = { x, y };
    h = Math.max(h, sizes[v].h);
    x += sizes[v].w + GAP_X;
    result.w = Math.max(result.w, x - GAP_X);
    result.h = Math.max(result.h, y + h);
  }
}

/**
 * @param {number[]} nodes
 * @param {Size[]} sizes
 * @param {number[]} bands
 * @param {number[]} order
 * @param {Link[]} links
 * @param {number} width
 * @param {Result} result
 */
function placeLayers(nodes, sizes, bands, order, links, width, result) {
  const band = fullBands(nodes, bands, links, sizes.length);
  const place = order.map((at, v) => band[v] * (order.length + 1) + at);
  const down = links.map((l) =>
    place[l.a] < place[l.b] ? { ...l, up: false } : { ...l, a: l.b, b: l.a, up: true },
  );
  const rows = narrowed(ranked(nodes, band, place, down, sizes.length), sizes, down, width);
  const net = network(rows, sizes, down);
  uncross(net);
  coordinates(net);
  finish(net, sizes, down, result);
}

/**
 * Assigns a band to each box without declared layer, between the bands of the boxes that it is
 * linked with.
 * @param {number[]} nodes
 * @param {number[]} bands
 * @param {Link[]} links
 * @param {number} n
 */
function fullBands(nodes, bands, links, n) {
  const band = Int32Array.from({ length: n }, (_, v) => bands[v]);
  // A single band is the bottom.
  if (new Set(bands.filter((b) => b >= 0)).size < 2) return band.map((b) => (b < 0 ? 0 : 1));
  const most = Math.max(...bands);
  for (let round = 0; round < 4; round++) {
    for (const v of nodes.filter((node) => bands[node] < 0)) {
      const above = links.filter((l) => l.b === v && band[l.a] >= 0).map((l) => band[l.a]);
      const below = links.filter((l) => l.a === v && band[l.b] >= 0).map((l) => band[l.b]);
      if (above.length > 0) band[v] = Math.max(...above);
      else if (below.length > 0) band[v] = Math.min(...below);
    }
  }
  return band.map((b) => (b < 0 ? most : b));
}

/**
 * Assigns ranks by the longest path to the bottom of the band, and moves boxes with more users than
 * dependencies up to their users. Returns the rows.
 * @param {number[]} nodes
 * @param {Int32Array} band
 * @param {number[]} place
 * @param {Down[]} down
 * @param {number} n
 */
function ranked(nodes, band, place, down, n) {
  /** @type {number[][]} */
  const above = Array.from({ length: n }, () => []);
  /** @type {number[][]} */
  const below = Array.from({ length: n }, () => []);
  for (const link of down.filter((l) => band[l.a] === band[l.b])) {
    below[link.a].push(link.b);
    above[link.b].push(link.a);
  }
  const sorted = [...nodes].sort((a, b) => place[a] - place[b]);
  const height = new Int32Array(n);
  /** @type {Map<number, number>} */
  const tallest = new Map();
  for (const v of [...sorted].reverse()) {
    height[v] = below[v].reduce((most, w) => Math.max(most, height[w] + 1), 0);
    tallest.set(band[v], Math.max(tallest.get(band[v]) ?? 0, height[v]));
  }
  const rank = new Int32Array(n);
  for (const v of sorted) {
    const low = (tallest.get(band[v]) ?? 0) - height[v];
    const high = above[v].reduce((most, w) => Math.max(most, rank[w] + 1), 0);
    rank[v] = above[v].length >= below[v].length && above[v].length > 0 ? high : low;
  }
  /** @type {Map<number, number[]>} */
  const rows = new Map();
  for (const v of sorted) {
    const key = band[v] * 1e6 + rank[v];
    rows.set(key, [...(rows.get(key) ?? []), v]);
  }
  return [...rows.entries()].sort((a, b) => a[0] - b[0]).map(([, row]) => row);
}

/**
 * Splits rows that are too wide. Boxes in one row are not linked, so no link changes its direction.
 * @param {number[][]} rows
 * @param {Size[]} sizes
 * @param {Down[]} down
 * @param {number} width
 */
function narrowed(rows, sizes, down, width) {
  /** @type {Map<number, number[]>} */
  const users = new Map();
  for (const { a, b } of down) users.set(b, [...(users.get(b) ?? []), a]);
  /** @type {Map<number, number>} */
  const x = new Map();
  return rows.flatMap((row) => {
    const total = row.reduce((sum, v) => sum + sizes[v].w + GAP_X, 0);
    const wish = (/** @type {number} */ v) => mean((users.get(v) ?? []).map((u) => x.get(u) ?? 0));
    const by = new Map(row.map((v) => [v, wish(v)]));
    const wished = (/** @type {number} */ v) => by.get(v) ?? 0;
    // Tall boxes are placed together, since a row is as high as its highest box.
    const parts = Math.max(1, Math.ceil(total / width));
    const sorted = [...row].sort(
      (a, b) => (parts > 1 ? sizes[b].h - sizes[a].h : 0) || wished(a) - wished(b),
    );
    /** @type {number[][]} */
    const made = [[]];
    let used = 0;
    for (const v of sorted) {
      if (used > 0 && used + sizes[v].w > total / parts + 40) {
        made.push([]);
        used = 0;
      }
      x.set(v, used);
      used += sizes[v].w + GAP_X;
      made[made.length - 1].push(v);
    }
    return made;
  });
}

const mean = (/** @type {number[]} */ list) =>
  list.length > 0 ? list.reduce((a, b) => a + b, 0) / list.length : 0;

/**
 * Arranges boxes and turning points of trunks in rows, with the lines between adjacent rows.
 * @param {number[][]} rows
 * @param {Size[]} sizes
 * @param {Down[]} down
 */
function network(rows, sizes, down) {
  /** @type {Item[]} */
  const items = [];
  /** @type {Net} */
  const net = { items, rows: rows.map(() => []), via: [], rowOf: new Map() };
  /** @type {Map<number, number>} */
  const itemOf = new Map();
  const add = (/** @type {number} */ row, /** @type {number} */ w, /** @type {number} */ v) => {
    const item = {
      row,
      w,
      v,
      x: 0,
      at: net.rows[row].length,
      top: 0,
      bottom: 0,
      up: [],
      down: [],
      dummy: v < 0,
    };
    net.rows[row].push(items.push(item) - 1);
    return items.length - 1;
  };
  rows.forEach((row, r) =>
    row.forEach((v) => {
      net.rowOf.set(v, r);
      itemOf.set(v, add(r, sizes[v].w, v));
    }),
  );
  const trunks = trunksOf(net, add);
  net.via = down.map((link) => {
    const path = trunks(link);
    const points = [itemOf.get(link.a) ?? 0, ...path, itemOf.get(link.b) ?? 0];
    for (let i = 1; i < points.length; i++) join(items, points[i - 1], points[i], link.weight);
    return path;
  });
  return net;
}

/**
 * Returns a function that returns the turning points of a link, which links to the same target
 * share.
 * @param {Net} net
 * @param {(row: number, w: number, v: number) => number} add
 */
function trunksOf(net, add) {
  /** @type {Map<string, number>} */
  const trunks = new Map();
  let spent = 0;
  return (/** @type {Down} */ { a, b, target, up }) => {
    const [top, bottom] = [net.rowOf.get(a) ?? 0, net.rowOf.get(b) ?? 0];
    /** @type {number[]} */
    const path = [];
    // A trunk leads to its target; one that runs upward leads to its upper end.
    const trunk = `${up ? "u" : "d"}${target}:${up ? a : b}`;
    if (bottom - top > 1 && spent > MOST_TRUNKS) return path;
    for (let r = top + 1; r < bottom; r++) {
      const key = `${trunk}@${r}`;
      let point = trunks.get(key);
      if (point === undefined) {
        point = add(r, TRUNK, -1);
        trunks.set(key, point);
        spent++;
      }
      path.push(point);
    }
    return path;
  };
}

/**
 * @param {Item[]} items
 * @param {number} a
 * @param {number} b
 * @param {number} weight
 */
function join(items, a, b, weight) {
  const known = items[a].down.find((line) => line.to === b);
  if (known) {
    known.weight += weight;
    return;
  }
  const line = { from: a, to: b, weight };
  items[a].down.push(line);
  items[b].up.push(line);
}

/**
 * Sorts every row by the mean position of the neighbours of each item, and keeps the order with the
 * fewest crossings.
 * @param {Net} net
 */
function uncross(net) {
  const { items, rows } = net;
  const lines = items.reduce((sum, item) => sum + item.down.length, 0);
  const rounds = lines > 6000 ? 4 : lines > 1500 ? 10 : 24;
  const renumber = (/** @type {number[]} */ row) =>
    row.forEach((item, at) => (items[item].at = at));
  rows.forEach(renumber);
  let best = { crossings: crossings(net), rows: rows.map((row) => [...row]) };
  for (let round = 0; round < rounds && best.crossings > 0; round++) {
    const downward = round % 2 === 0;
    for (let i = 1; i < rows.length; i++) {
      const row = rows[downward ? i : rows.length - 1 - i];
      const wish = new Map(row.map((item) => [item, middle(items, item, downward)]));
      row.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0) || items[a].at - items[b].at);
      renumber(row);
    }
    const found = crossings(net);
    if (found < best.crossings) best = { crossings: found, rows: rows.map((row) => [...row]) };
  }
  net.rows = best.rows;
  net.rows.forEach(renumber);
}

/**
 * @param {Item[]} items
 * @param {number} item
 * @param {boolean} downward
 */
function middle(items, item, downward) {
  const lines = downward ? items[item].up : items[item].down;
  let [sum, weights] = [0, 0];
  for (const line of lines) {
    const weight = Math.sqrt(line.weight);
    sum += items[downward ? line.from : line.to].at * weight;
    weights += weight;
  }
  return weights > 0 ? sum / weights : items[item].at;
}

/**
 * Returns the number of crossings between lines, counted with a binary indexed tree over each lower
 * row.
 * @param {Pick<Net, "items" | "rows">} net
 */
export function crossings({ items, rows }) {
  let total = 0;
  for (let r = 0; r + 1 < rows.length; r++) {
    const size = rows[r + 1].length;
    const tree = new Int32Array(size + 1);
    let seen = 0;
    for (const item of rows[r]) {
      const ends = items[item].down.map((line) => items[line.to].at).sort((a, b) => a - b);
      for (const end of ends) {
        let before = 0;
        for (let i = end + 1; i > 0; i -= i & -i) before += tree[i];
        total += seen - before;
      }
      for (const end of ends) for (let i = end + 1; i <= size; i += i & -i) tree[i]++;
      seen += ends.length;
    }
  }
  return total;
}

/**
 * Assigns horizontal positions: each item near its neighbours, in the order of its row and without
 * overlap.
 * @param {Net} net
 */
function coordinates({ items, rows }) {
  for (const row of rows) {
    let x = 0;
    for (const item of row) {
      items[item].x = x + items[item].w / 2;
      x += items[item].w + GAP_X;
    }
  }
  for (let round = 0; round < 12; round++) {
    const downward = round % 2 === 0;
    for (let i = 0; i < rows.length; i++) {
      settle(
        items,
        rows[downward ? i : rows.length - 1 - i],
        round >= 10 ? "both" : downward ? "up" : "down",
      );
    }
  }
}

/**
 * Returns the positions nearest to the preferred ones that keep the order and the distances:
 * neighbours that push each other move as a block.
 * @param {Item[]} items
 * @param {number[]} row
 * @param {"up" | "down" | "both"} toward
 */
function settle(items, row, toward) {
  /** @typedef {{ sum: number, weight: number, members: [Item, number][] }} Block */
  /** @type {Block[]} */
  const blocks = [];
  let offset = 0;
  row.forEach((number, at) => {
    const item = items[number];
    if (at > 0) {
      const before = items[row[at - 1]];
      offset += (before.w + item.w) / 2 + (before.dummy && item.dummy ? TRUNK : GAP_X);
    }
    const { x, weight } = wished(items, item, toward);
    /** @type {Block} */
    let block = { sum: (x - offset) * weight, weight, members: [[item, offset]] };
    while (blocks.length > 0) {
      const last = blocks[blocks.length - 1];
      if (last.sum / last.weight <= block.sum / block.weight) break;
      blocks.pop();
      last.members.push(...block.members);
      block = {
        sum: last.sum + block.sum,
        weight: last.weight + block.weight,
        members: last.members,
      };
    }
    blocks.push(block);
  });
  for (const { sum, weight, members } of blocks) {
    for (const [item, shift] of members) item.x = sum / weight + shift;
  }
}

/**
 * Returns the mean position of an item's neighbours, and the weight of that preference.
 * @param {Item[]} items
 * @param {Item} item
 * @param {"up" | "down" | "both"} toward
 */
function wished(items, item, toward) {
  let [sum, weights] = [0, 0];
  const look = (/** @type {Line[]} */ lines, /** @type {"from" | "to"} */ end) => {
    for (const line of lines) {
      const other = items[line[end]];
      const weight =
        Math.log2(2 + line.weight) *
        (other.dummy && item.dummy ? 8 : other.dummy || item.dummy ? 2 : 1);
      sum += other.x * weight;
      weights += weight;
    }
  };
  if (toward !== "down") look(item.up, "from");
  if (toward !== "up") look(item.down, "to");
  if (weights === 0) return { x: item.x, weight: 0.1 };
  return { x: sum / weights, weight: weights };
}

/**
 * Assigns vertical positions, and the points of each link.
 * @param {Net} net
 * @param {Size[]} sizes
 * @param {Down[]} down
 * @param {Result} result
 */
function finish({ items, rows, via }, sizes, down, result) {
  const left = items.reduce((least, item) => Math.min(least, item.x - item.w / 2), Infinity);
  const tops = [];
  let y = 0;
  for (const row of rows) {
    const h = row.reduce(
      (most, i) => (items[i].dummy ? most : Math.max(most, sizes[items[i].v].h)),
      12,
    );
    for (const item of row.map((i) => items[i])) {
      item.x -= left;
      item.top = y;
      item.bottom = y + h;
      // Boxes are aligned with the top of their row, near the items joined from above.
      if (!item.dummy) result.at[item.v] = { x: item.x - item.w / 2, y };
    }
    tops.push(y);
    y += h + GAP_Y + Math.min(36, row.length);
    result.h = Math.max(result.h, tops[tops.length - 1] + h);
  }
  result.w = items.reduce((most, item) => Math.max(most, item.x + item.w / 2), 0);
  down.forEach((link, at) => {
    /** @type {[number, number, number][]} */
    const points = via[at].map((i) => [items[i].x, items[i].top, items[i].bottom]);
    const [a, b] = link.up ? [link.b, link.a] : [link.a, link.b];
    result.routes.set(routeKey(a, b, link.target), {
      up: link.up,
      points: link.up ? points.reverse() : points,
    });
  });
}
