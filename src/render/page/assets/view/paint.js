// The picture: frames, arrows, boxes, on a canvas. One full picture is kept; while the reader moves, it is moved, and drawn
// anew when there is time. What the pointer or the keyboard is on is drawn over it.

const COLORS = { names: {} };
const HUES = 8;

/** Reads the colours of the theme from the style. */
function readColors() {
  const style = getComputedStyle(document.documentElement);
  const names = ["ground", "frame", "frame-line", "box", "box-line", "ink", "faint", "line", "out", "in", "bad", "warn", "accent"];
  for (const name of names) COLORS.names[name] = style.getPropertyValue(`--${name}`).trim();
  COLORS.hues = Array.from({ length: HUES }, (_, i) => style.getPropertyValue(`--hue-${i}`).trim());
}

const color = (name) => COLORS.names[name];

/** What the colours of boxes mean, as a list of labels; a box's tint is a place in it. */
function tints() {
  const name = { layer: (c) => c.layer, component: (c) => c.name }[state.color];
  if (state.color === "instability") return ["stable: below 0.25", "0.25 to 0.5", "0.5 to 0.75", "unstable: 0.75 and above"];
  if (!name) return [];
  const order = DATA.layers.flat();
  const names = [...new Set(DATA.components.map(name).filter(Boolean))];
  const place = (n) => (order.includes(n) ? order.indexOf(n) : order.length);
  return names.sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

function tintOf(at, labels) {
  if (at.kind === "external" || at.kind === "externals") return -1;
  if (state.color === "instability") return Math.min(3, Math.floor(coupling(at.nodes).instability * 4));
  const component = componentOf(at);
  if (!component) return -1;
  return labels.indexOf(state.color === "layer" ? component.layer : component.name);
}

const tintColor = (tint) => (tint < 0 ? color("faint") : COLORS.hues[tint % HUES]);

/** Draws all of `scene` as `camera` sees it. */
function paintScene(context, scene, camera, size) {
  const { x, y, k } = camera;
  context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
  context.fillStyle = color("ground");
  context.fillRect(0, 0, size.w, size.h);
  context.setTransform(size.ratio * k, 0, 0, size.ratio * k, x * size.ratio, y * size.ratio);
  const seen = { left: -x / k, top: -y / k, right: (size.w - x) / k, bottom: (size.h - y) / k };
  for (const frame of scene.frames) if (frame.frame && inView(frame, seen)) paintFrame(context, frame, k);
  paintArrows(context, scene.drawn, seen, k);
  for (const box of scene.boxes) if (inView(box, seen)) paintBox(context, box, k);
  const taken = [];
  for (const frame of scene.frames) if (frame.frame && inView(frame, seen)) paintTitle(context, frame, k, taken);
  paintLabels(context, scene, seen, k, taken);
}

const inView = (made, seen) =>
  made.x < seen.right && made.x + made.w > seen.left && made.y < seen.bottom && made.y + made.h > seen.top;

function arrowInView({ bounds }, seen) {
  return bounds[0] < seen.right && bounds[2] > seen.left && bounds[1] < seen.bottom && bounds[3] > seen.top;
}

function rounded(context, { x, y, w, h }, radius) {
  context.beginPath();
  context.roundRect(x, y, w, h, radius);
}

function paintFrame(context, frame, k) {
  rounded(context, frame, 10);
  context.fillStyle = color("frame");
  context.fill();
  context.lineWidth = 1 / Math.min(1, k);
  context.strokeStyle = color("frame-line");
  context.stroke();
  if (frame.tint >= 0 && frame.w * k > 30) {
    context.fillStyle = tintColor(frame.tint);
    context.fillRect(frame.x + 14, frame.y, Math.min(46, frame.w - 28), 3);
  }
}

/** A frame's title keeps a readable size, as on a map, as long as the frame has room for it and no other title stands there. */
function paintTitle(context, frame, k, taken) {
  // As long as boxes can be read the title stays above them; from further away it may cover them.
  const most = k > 0.3 ? 1.45 : frame.h / 40;
  const scale = Math.max(1, Math.min(11 / (12.5 * k), (frame.w - 16) / (measure(frame.text) * 1.1), most));
  if (12.5 * k * scale < 5) return;
  const spot = { x: frame.x + 8, y: frame.y + 17 - 9.5 * Math.min(scale, 1.45), w: measure(frame.text) * 1.1 * scale + 10, h: 19 * scale };
  if (taken.some((other) => overlap(spot, other))) return;
  taken.push(spot);
  rounded(context, spot, 4 * scale);
  context.fillStyle = color("frame");
  context.globalAlpha = 0.85;
  context.fill();
  context.globalAlpha = 1;
  text(context, frame.text, spot.x + 6, spot.y + spot.h / 2, color("faint"), scale, "600 ");
}

const overlap = (a, b) => a.x < b.x + b.w && a.x + a.w > b.x && a.y < b.y + b.h && a.y + a.h > b.y;

function text(context, words, x, y, fill, scale = 1, weight = "") {
  context.font = weight + (scale === 1 ? FONT : FONT.replace("12.5px", `${12.5 * scale}px`));
  context.fillStyle = fill;
  context.textBaseline = "middle";
  context.fillText(words, x, y);
}

function paintBox(context, box, k, emphasis = null) {
  const outside = box.group.kind === "external" || box.group.kind === "externals";
  rounded(context, box, outside ? 3 : 7);
  context.fillStyle = color(outside ? "frame" : "box");
  context.fill();
  if (box.tint >= 0 && !outside) {
    context.save();
    context.clip();
    context.fillStyle = tintColor(box.tint);
    context.fillRect(box.x, box.y, 5, box.h);
    context.restore();
    rounded(context, box, 7);
  }
  context.lineWidth = emphasis ? 2.2 / Math.min(1, k) : 1 / Math.min(1, k);
  context.strokeStyle = emphasis ?? color("box-line");
  if (box.group.test) context.setLineDash([4, 3]);
  context.stroke();
  context.setLineDash([]);
  if (12.5 * k < 3.5) return;
  const itself = box.group.kind === SELF;
  text(context, box.text, box.x + 14, box.y + box.h / 2 + 0.5, color(itself || outside ? "faint" : "ink"), 1, itself ? "italic " : "");
  if (box.inner.size > 0) paintInner(context, box);
  if (box.group.children.length > 0) text(context, "+", box.x + box.w - 19, box.y + box.h / 2, color("faint"), 1.15);
}

/** How many findings a closed box hides, on its corner. */
function paintInner(context, box) {
  const words = String(box.inner.size);
  const w = Math.max(16, measure(words) * 0.84 + 9);
  const worst = [...box.inner].some((finding) => finding.severity === "error") ? "bad" : "warn";
  rounded(context, { x: box.x + box.w - w / 2 - 4, y: box.y - 8, w, h: 16 }, 8);
  context.fillStyle = color(worst);
  context.fill();
  text(context, words, box.x + box.w - 4 - (measure(words) * 0.84) / 2, box.y + 0.5, color("box"), 0.84, "600 ");
}

const widthOf = (count) => 0.9 + Math.log10(count) * 1.05;

/** Arrows of one look are one path: a canvas draws a path of many curves faster than many paths. */
function paintArrows(context, arrows, seen, k) {
  const batches = new Map();
  for (const arrow of arrows) {
    if (!arrowInView(arrow, seen)) continue;
    const bad = arrow.broken.size > 0;
    const step = Math.round(widthOf(arrow.count) * 2) / 2;
    const key = `${bad ? badness(arrow) : "line"} ${step} ${arrow.test}`;
    if (!batches.has(key)) batches.set(key, { bad, step, test: arrow.test, name: bad ? badness(arrow) : "line", list: [] });
    batches.get(key).list.push(arrow);
  }
  const thin = arrows.length > 2000 ? 0.5 : arrows.length > 400 ? 0.75 : 1;
  for (const batch of [...batches.values()].sort((a, b) => a.bad - b.bad)) {
    context.globalAlpha = batch.bad ? 0.95 : 0.62 * thin;
    strokeArrows(context, batch.list, color(batch.name), batch.step + (batch.bad ? 0.9 : 0), k, batch.test);
  }
  context.globalAlpha = 1;
}

/** Red for an error, amber for a warning. */
const badness = (arrow) => ([...arrow.broken].some((f) => f.severity === "error") ? "bad" : "warn");

function strokeArrows(context, arrows, stroke, width, k, dashed) {
  context.strokeStyle = context.fillStyle = stroke;
  // A line never gets so thin that it is not seen.
  context.lineWidth = Math.max(width, 0.7 / k);
  if (dashed) context.setLineDash([5, 4]);
  context.beginPath();
  for (const { path } of arrows) {
    context.moveTo(path[0], path[1]);
    if (k < 0.12 && arrows.length > 2500) context.lineTo(path[path.length - 2], path[path.length - 1]);
    else for (let i = 2; i < path.length; i += 6) context.bezierCurveTo(path[i], path[i + 1], path[i + 2], path[i + 3], path[i + 4], path[i + 5]);
  }
  context.stroke();
  context.setLineDash([]);
  if (k < 0.3) return;
  context.beginPath();
  for (const { path, up } of arrows) {
    const [x, y] = [path[path.length - 2], path[path.length - 1]];
    const [length, half] = [7 + width, 2.8 + width * 0.7];
    context.moveTo(x, y);
    context.lineTo(x - half, y + (up ? length : -length));
    context.lineTo(x + half, y + (up ? length : -length));
    context.closePath();
  }
  context.fill();
}

/** Rules' ids on what breaks them, and numbers on the others, where there is room. */
function paintLabels(context, scene, seen, k, taken) {
  if (k < 0.45) return;
  const few = scene.drawn.length <= 90 || k > 1.4;
  const bad = scene.drawn.filter((arrow) => arrow.broken.size > 0);
  const plain = few ? scene.drawn.filter((arrow) => arrow.broken.size === 0 && arrow.count > 1) : [];
  const boxes = scene.boxes.filter((box) => inView(box, seen));
  for (const arrow of [...bad, ...plain]) {
    if (arrowInView(arrow, seen)) paintLabel(context, arrow, taken, boxes);
  }
}

function labelOf(arrow) {
  const rules = [...new Set([...arrow.broken].map((finding) => finding.rule))].sort();
  return rules.length === 0 ? number(arrow.count) : rules.length > 2 ? `${rules[0]} and ${rules.length - 1} more` : rules.join(", ");
}

function paintLabel(context, arrow, taken, boxes) {
  const words = visible(labelOf(arrow));
  const bad = arrow.broken.size > 0;
  const w = measure(words) * (bad ? 0.92 : 0.84) + 10;
  const free = ({ x, y }) => {
    const spot = { x: x - w / 2, y: y - 8, w, h: 16 };
    const overlaps = (other) => overlap(spot, other);
    return !taken.some(overlaps) && !boxes.some(overlaps) ? spot : null;
  };
  // Near its beginning an arrow is by itself; further on it may share a trunk.
  const own = [0.5, 0.35, 0.65].map((t) => (6 * t) / (arrow.path.length - 2));
  const spots = [...own, ...(bad ? [0.5, 0.35, 0.65, 0.8] : [])].map((t) => free(pointOn(arrow.path, t)));
  const spot = spots.find(Boolean);
  if (!spot) return;
  taken.push(spot);
  rounded(context, spot, 8);
  context.fillStyle = color("ground");
  context.globalAlpha = 0.88;
  context.fill();
  context.globalAlpha = 1;
  text(context, words, spot.x + 5, spot.y + 8.5, color(bad ? badness(arrow) : "faint"), 0.84, bad ? "600 " : "");
}

/** The point a part `t` of the way along a path. */
function pointOn(path, t) {
  const curves = (path.length - 2) / 6;
  const at = Math.min(curves - 1, Math.floor(t * curves));
  return curvePoint(path, at, t * curves - at);
}

function curvePoint(path, curve, t) {
  const i = curve * 6;
  const s = 1 - t;
  const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return {
    x: a * path[i] + b * path[i + 2] + c * path[i + 4] + d * path[i + 6],
    y: a * path[i + 1] + b * path[i + 3] + c * path[i + 5] + d * path[i + 7],
  };
}

/** What is in focus, over the dimmed rest: a box with its arrows, or an arrow with its ends. */
function paintFocus(context, scene, camera, size, focus) {
  const { x, y, k } = camera;
  context.setTransform(size.ratio * k, 0, 0, size.ratio * k, x * size.ratio, y * size.ratio);
  const arrows = focus.arrow ? [focus.arrow] : scene.arrows.filter((a) => a.from === focus.box || a.to === focus.box);
  const sorts = { out: [], in: [], bad: [], warn: [] };
  for (const arrow of arrows) {
    const plain = focus.arrow || arrow.from === focus.box ? "out" : "in";
    sorts[arrow.broken.size > 0 ? badness(arrow) : plain].push(arrow);
  }
  for (const [name, list] of Object.entries(sorts)) {
    for (const arrow of list) strokeArrows(context, [arrow], color(name), widthOf(arrow.count) + 0.9, k, arrow.test);
  }
  const boxes = new Set(arrows.flatMap((a) => [a.from, a.to]).filter((made) => made.box));
  if (focus.box) boxes.add(focus.box);
  for (const box of boxes) {
    const out = arrows.some((a) => a.to === box);
    paintBox(context, box, k, color(box === focus.box ? "accent" : out ? "out" : "in"));
  }
  if (k < 0.3) return;
  const taken = [];
  for (const arrow of arrows.slice(0, 60)) paintLabel(context, arrow, taken, [...boxes]);
}
