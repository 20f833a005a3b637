// Where everything stands: frames from the innermost out, each laid out by itself, with the arrows between its parts lifted
// to the parts; then every arrow's way through the frames around its ends.

const BOX_H = 30;
const TITLE_H = 30;
const PAD = 16;
const MOST_W = 250;
const FONT = '12.5px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const MANY_ARROWS = 320;

const measure = (() => {
  const context = document.createElement("canvas").getContext("2d");
  context.font = FONT;
  const known = new Map();
  return (text) => {
    if (!known.has(text)) known.set(text, context.measureText(text).width);
    return known.get(text);
  };
})();

/** `text` cut so that it takes at most `width`. */
function fitted(text, width) {
  if (measure(text) <= width) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(`${text.slice(0, middle)}…`) <= width) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low)}…`;
}

/** Gives every box, frame and arrow of `shown` its place. */
function layout(shown) {
  const parts = shown.frames.map(() => []);
  for (const made of [...shown.frames, ...shown.boxes]) if (made.frame) parts[made.frame.number].push(made);
  for (const box of shown.boxes) {
    const room = box.group.children.length > 0 ? 44 : 26;
    box.text = fitted(visible(box.group.name), MOST_W - room);
    [box.w, box.h] = [Math.max(64, Math.ceil(measure(box.text)) + room), BOX_H];
  }
  const links = lifted(shown);
  // Frames are listed parents first.
  for (let at = shown.frames.length - 1; at >= 0; at--) inside(shown.frames[at], parts[at], links[at]);
  const [root] = shown.frames;
  Object.assign(root, { x: 0, y: 0 });
  for (const frame of shown.frames) {
    for (const part of parts[frame.number]) {
      part.x = frame.x + frame.inner.x + part.at.x;
      part.y = frame.y + frame.inner.y + part.at.y;
    }
  }
  for (const arrow of shown.arrows) arrow.of = [arrow.from, arrow.to];
  shown.drawn = shown.arrows.length > MANY_ARROWS ? bundled(shown) : shown.arrows;
  const all = new Set([...shown.arrows, ...shown.drawn]);
  for (const arrow of all) route(arrow);
  spread(shown.drawn);
  all.forEach((arrow) => (arrow.path = pathOf(arrow)));
  return shown;
}

/** Where there are too many arrows to follow, those that run between frames are drawn as one for each pair of frames; those
 * that break a rule stay. Each box's own are drawn when it is in focus. */
function bundled({ arrows }) {
  const bundles = new Map();
  const drawn = [];
  for (const arrow of arrows) {
    const { a, b, from, to } = arrow;
    if ((a === from && b === to) || arrow.broken.size > 0) {
      drawn.push(arrow);
      continue;
    }
    const key = `${partKey(a)}:${partKey(b)}`;
    if (!bundles.has(key)) bundles.set(key, { a, b, target: b, from: a, to: b, of: [a, b], count: 0, size: 0, broken: new Set(), test: true, bundle: true });
    const bundle = bundles.get(key);
    bundle.count += arrow.count;
    bundle.size += 1;
    bundle.test &&= arrow.test;
  }
  return [...drawn, ...bundles.values()];
}

/** For each frame the links between its parts that its arrows make; each arrow learns its link. */
function lifted(shown) {
  const links = shown.frames.map(() => new Map());
  const many = shown.arrows.length > MANY_ARROWS;
  for (const arrow of shown.arrows) {
    let [a, b] = [arrow.from, arrow.to];
    const chain = new Map();
    for (let at = a; at.frame; at = at.frame) chain.set(at.frame, at);
    while (!chain.has(b.frame)) b = b.frame;
    a = chain.get(b.frame);
    const target = many ? b : arrow.to;
    Object.assign(arrow, { a, b, target });
    const of = links[b.frame.number];
    const key = `${partKey(a)}:${partKey(b)}:${partKey(target)}`;
    if (!of.has(key)) of.set(key, { a, b, target, weight: 0 });
    of.get(key).weight += arrow.count;
  }
  return links.map((of) => [...of.values()]);
}

const partKey = (made) => `${made.box ? "b" : "f"}${made.number}`;

function inside(frame, parts, links) {
  const at = new Map(parts.map((part, i) => [part, i]));
  const sizes = parts.map(({ w, h }) => ({ w, h }));
  const bands = bandsOf(parts);
  const numbered = links.map(({ a, b, target, weight }) => {
    return { a: at.get(a), b: at.get(b), target: partKey(target), weight };
  });
  const found = layered(sizes, bands, numbered);
  parts.forEach((part, i) => (part.at = found.at[i]));
  frame.routes = new Map();
  for (const link of links) {
    const key = `${partKey(link.a)}:${partKey(link.b)}:${partKey(link.target)}`;
    frame.routes.set(key, found.routes.get(`${at.get(link.a)}:${at.get(link.b)}:${partKey(link.target)}`));
  }
  const titled = frame.frame !== null;
  frame.inner = titled ? { x: PAD, y: TITLE_H + 6 } : { x: 0, y: 0 };
  frame.text = titled ? visible(frame.group.name) : "";
  frame.w = titled ? Math.max(found.w + 2 * PAD, measure(frame.text) + 60) : found.w;
  frame.h = titled ? found.h + TITLE_H + 6 + PAD : found.h;
}

/** Declared layers give the ranks where they tell the parts apart. The external crates are beneath all. */
function bandsOf(parts) {
  const ranks = parts.map(({ group: at }) => at.rank);
  const declared = new Set(ranks.filter((rank) => rank >= 0));
  if (declared.size < 2) return parts.map(({ group: at }) => (at.kind === "externals" ? 0 : -1));
  const bottom = Math.max(...declared) + 1;
  return parts.map(({ group: at }, i) => (at.kind === "externals" ? bottom : ranks[i]));
}

/** The points of an arrow: out of its box, through the ranks between, into the other. */
function route(arrow) {
  const { from, to, a, b } = arrow;
  const frame = b.frame;
  const found = frame.routes.get(`${partKey(a)}:${partKey(b)}:${partKey(arrow.target)}`);
  const [dx, dy] = [frame.x + frame.inner.x, frame.y + frame.inner.y];
  arrow.up = found.up;
  arrow.middle = [];
  for (const [x, top, bottom] of found.points) {
    const ys = found.up ? [bottom, top] : [top, bottom];
    arrow.middle.push([x + dx, ys[0] + dy], [x + dx, ys[1] + dy]);
  }
  arrow.start = [from.x + from.w / 2, found.up ? from.y : from.y + from.h];
  arrow.end = [to.x + to.w / 2, found.up ? to.y + to.h : to.y];
}

/** Arrows leave a box side by side, in the order of where they go. Those that come share the middle: they mean the same. */
function spread(arrows) {
  const sides = new Map();
  const at = (box, bottom) => {
    const key = `${partKey(box)}${bottom ? "b" : "t"}`;
    if (!sides.has(key)) sides.set(key, { box, ports: [] });
    return sides.get(key).ports;
  };
  for (const arrow of arrows) {
    const next = arrow.middle[0] ?? arrow.end;
    const last = arrow.middle[arrow.middle.length - 1] ?? arrow.start;
    at(arrow.from, !arrow.up).push({ toward: next[0], set: (x) => (arrow.start[0] = x) });
    const into = at(arrow.to, arrow.up);
    const shared = into.find((port) => port.into);
    if (shared) {
      shared.arrows.push(arrow);
      shared.toward += (last[0] - shared.toward) / shared.arrows.length;
    } else {
      const port = { into: true, toward: last[0], arrows: [arrow] };
      port.set = (x) => port.arrows.forEach((one) => (one.end[0] = x));
      into.push(port);
    }
  }
  for (const { box, ports } of sides.values()) {
    ports.sort((p, q) => p.toward - q.toward);
    const room = Math.min(box.w - 20, ports.length * 14);
    ports.forEach((port, i) => port.set(box.x + box.w / 2 + room * ((i + 0.5) / ports.length - 0.5)));
  }
}

/** A smooth line: the first point, then curves of two handles and a point each. Lines leave and arrive upright. */
function pathOf({ start, middle: between, end, up }) {
  const points = [start, ...between, end];
  const path = [start[0], start[1]];
  for (let i = 1; i < points.length; i++) {
    const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]];
    const reach = Math.max(Math.abs(y1 - y0) * 0.5, Math.min(18, Math.abs(x1 - x0) * 0.25)) * (up ? -1 : 1);
    path.push(x0, y0 + reach, x1, y1 - reach, x1, y1);
  }
  return Float32Array.from(path);
}
