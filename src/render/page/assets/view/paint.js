// @ts-check
// Drawing of the picture on a canvas: frames, arrows, boxes. One full picture is kept; while the
// reader moves the camera, that picture is moved, and redrawn when there is time. The focus is
// drawn on top.

import { visible } from "../base/text.js";
import { pointOn } from "../model/curves.js";
import { font, FONT_SIZE, measure } from "./font.js";
import { color, tintColor } from "./theme.js";
import { badness, labelOf } from "./words.js";

/** @import { Arrow, Part, Point, Rectangle, Scene } from "../model/types.d.ts" */
/** @import { Camera, Focus, Seen, Size } from "./types.d.ts" */
/** @typedef {CanvasRenderingContext2D} Context */

/**
 * Draws the whole of `scene` as seen by `camera`.
 * @param {Context} context
 * @param {Scene} scene
 * @param {Camera} camera
 * @param {Size} size
 */
export function paintScene(context, scene, camera, size) {
  const { x, y, k } = camera;
  context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
  context.fillStyle = color("ground");
  context.fillRect(0, 0, size.w, size.h);
  context.setTransform(size.ratio * k, 0, 0, size.ratio * k, x * size.ratio, y * size.ratio);
  const seen = { left: -x / k, top: -y / k, right: (size.w - x) / k, bottom: (size.h - y) / k };
  for (const frame of scene.frames)
    if (frame.frame && inView(frame, seen)) paintFrame(context, frame, k);
  paintArrows(context, scene.drawn, seen, k);
  for (const box of scene.boxes) if (inView(box, seen)) paintBox(context, box, k);
  /** @type {Rectangle[]} */
  const taken = [];
  for (const frame of scene.frames)
    if (frame.frame && inView(frame, seen)) paintTitle(context, frame, k, taken);
  paintLabels(context, scene, seen, k, taken);
}

/**
 * @param {Rectangle} part
 * @param {Seen} seen
 */
function inView(part, seen) {
  return (
    part.x < seen.right &&
    part.x + part.w > seen.left &&
    part.y < seen.bottom &&
    part.y + part.h > seen.top
  );
}

/**
 * @param {Arrow} arrow
 * @param {Seen} seen
 */
function arrowInView({ bounds }, seen) {
  return (
    bounds[0] < seen.right &&
    bounds[2] > seen.left &&
    bounds[1] < seen.bottom &&
    bounds[3] > seen.top
  );
}

/**
 * @param {Context} context
 * @param {Rectangle} rectangle
 * @param {number} radius
 */
function rounded(context, { x, y, w, h }, radius) {
  context.beginPath();
  context.roundRect(x, y, w, h, radius);
}

/**
 * @param {Context} context
 * @param {Part} frame
 * @param {number} k
 */
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

/**
 * Draws the title of a frame. Like a label on a map, the title keeps a readable size as long as the
 * frame has room for it and no other title is in the way.
 * @param {Context} context
 * @param {Part} frame
 * @param {number} k
 * @param {Rectangle[]} taken
 */
function paintTitle(context, frame, k, taken) {
  // While boxes are readable the title stays above them; at a smaller scale it may cover them.
  const most = k > 0.3 ? 1.45 : frame.h / 40;
  const scale = Math.max(
    1,
    Math.min(11 / (FONT_SIZE * k), (frame.w - 16) / (measure(frame.text) * 1.1), most),
  );
  if (FONT_SIZE * k * scale < 5) return;
  const spot = {
    x: frame.x + 8,
    y: frame.y + 17 - 9.5 * Math.min(scale, 1.45),
    w: measure(frame.text) * 1.1 * scale + 10,
    h: 19 * scale,
  };
  if (taken.some((other) => overlap(spot, other))) return;
  taken.push(spot);
  rounded(context, spot, 4 * scale);
  context.fillStyle = color("frame");
  context.globalAlpha = 0.85;
  context.fill();
  context.globalAlpha = 1;
  text(context, frame.text, spot.x + 6, spot.y + spot.h / 2, color("faint"), scale, "600 ");
}

/**
 * @param {Rectangle} a
 * @param {Rectangle} b
 */
function overlap(a, b) {
  return a.x < b.x + b.w && a.x + a.w > b.x && a.y < b.y + b.h && a.y + a.h > b.y;
}

/**
 * @param {Context} context
 * @param {string} words
 * @param {number} x
 * @param {number} y
 * @param {string} fill
 * @param {number} [scale]
 * @param {string} [weight]
 */
function text(context, words, x, y, fill, scale = 1, weight = "") {
  context.font = weight + font(scale);
  context.fillStyle = fill;
  context.textBaseline = "middle";
  context.fillText(words, x, y);
}

/**
 * @param {Context} context
 * @param {Part} box
 * @param {number} k
 * @param {string | null} [emphasis]
 */
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
  if (FONT_SIZE * k < 3.5) return;
  const itself = box.group.kind === "itself";
  text(
    context,
    box.text,
    box.x + 14,
    box.y + box.h / 2 + 0.5,
    color(itself || outside ? "faint" : "ink"),
    1,
    itself ? "italic " : "",
  );
  if (box.hidden.size > 0) paintHidden(context, box);
  if (box.group.children.length > 0)
    text(context, "+", box.x + box.w - 19, box.y + box.h / 2, color("faint"), 1.15);
}

/**
 * Draws the number of findings hidden by a closed box on its corner.
 * @param {Context} context
 * @param {Part} box
 */
function paintHidden(context, box) {
  const words = String(box.hidden.size);
  const w = Math.max(16, measure(words) * 0.84 + 9);
  const worst = [...box.hidden].some((finding) => finding.severity === "error") ? "bad" : "warn";
  rounded(context, { x: box.x + box.w - w / 2 - 4, y: box.y - 8, w, h: 16 }, 8);
  context.fillStyle = color(worst);
  context.fill();
  text(
    context,
    words,
    box.x + box.w - 4 - (measure(words) * 0.84) / 2,
    box.y + 0.5,
    color("box"),
    0.84,
    "600 ",
  );
}

/** @param {number} count */
const widthOf = (count) => 0.9 + Math.log10(count) * 1.05;

/**
 * Draws arrows. Arrows of the same style form one path: a canvas draws a path of many curves faster
 * than many paths.
 * @param {Context} context
 * @param {Arrow[]} arrows
 * @param {Seen} seen
 * @param {number} k
 */
function paintArrows(context, arrows, seen, k) {
  /** @type {Map<string, { bad: boolean, step: number, dashed: boolean, name: string, list: Arrow[] }>} */
  const batches = new Map();
  for (const arrow of arrows) {
    if (!arrowInView(arrow, seen)) continue;
    const bad = arrow.broken.size > 0;
    const step = Math.round(widthOf(arrow.count) * 2) / 2;
    const name = bad ? badness(arrow) : "line";
    const dashed = isDashed(arrow);
    const key = `${name} ${step} ${dashed}`;
    const batch = batches.get(key) ?? { bad, step, dashed, name, list: [] };
    batch.list.push(arrow);
    batches.set(key, batch);
  }
  const thin = arrows.length > 2000 ? 0.5 : arrows.length > 400 ? 0.75 : 1;
  for (const batch of [...batches.values()].sort((a, b) => Number(a.bad) - Number(b.bad))) {
    context.globalAlpha = batch.bad ? 0.95 : 0.62 * thin;
    strokeArrows(
      context,
      batch.list,
      color(batch.name),
      batch.step + (batch.bad ? 0.9 : 0),
      k,
      batch.dashed,
    );
  }
  context.globalAlpha = 1;
}

/**
 * Returns whether all references of an arrow are in test code, or all are by name alone.
 * @param {Arrow} arrow
 */
function isDashed(arrow) {
  return arrow.test || arrow.naming;
}

/**
 * @param {Context} context
 * @param {Arrow[]} arrows
 * @param {string} stroke
 * @param {number} width
 * @param {number} k
 * @param {boolean} dashed
 */
function strokeArrows(context, arrows, stroke, width, k, dashed) {
  context.strokeStyle = context.fillStyle = stroke;
  // A line never becomes too thin to be visible.
  context.lineWidth = Math.max(width, 0.7 / k);
  if (dashed) context.setLineDash([5, 4]);
  context.beginPath();
  for (const { path } of arrows) {
    context.moveTo(path[0], path[1]);
    if (k < 0.12 && arrows.length > 2500)
      context.lineTo(path[path.length - 2], path[path.length - 1]);
    else
      for (let i = 2; i < path.length; i += 6)
        context.bezierCurveTo(
          path[i],
          path[i + 1],
          path[i + 2],
          path[i + 3],
          path[i + 4],
          path[i + 5],
        );
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

/**
 * Draws the ids of broken rules on the arrows that break them, and numbers on the others, where
 * there is room.
 * @param {Context} context
 * @param {Scene} scene
 * @param {Seen} seen
 * @param {number} k
 * @param {Rectangle[]} taken
 */
function paintLabels(context, scene, seen, k, taken) {
  if (k < 0.45) return;
  const few = scene.drawn.length <= 90 || k > 1.4;
  const bad = scene.drawn.filter((arrow) => arrow.broken.size > 0);
  const plain = few
    ? scene.drawn.filter((arrow) => arrow.broken.size === 0 && arrow.count > 1)
    : [];
  const boxes = scene.boxes.filter((box) => inView(box, seen));
  for (const arrow of [...bad, ...plain]) {
    if (arrowInView(arrow, seen)) paintLabel(context, arrow, taken, boxes);
  }
}

/**
 * @param {Context} context
 * @param {Arrow} arrow
 * @param {Rectangle[]} taken
 * @param {Part[]} boxes
 */
function paintLabel(context, arrow, taken, boxes) {
  const words = visible(labelOf(arrow));
  const bad = arrow.broken.size > 0;
  const w = measure(words) * (bad ? 0.92 : 0.84) + 10;
  const free = (/** @type {Point} */ { x, y }) => {
    const spot = { x: x - w / 2, y: y - 8, w, h: 16 };
    const overlaps = (/** @type {Rectangle} */ other) => overlap(spot, other);
    return !taken.some(overlaps) && !boxes.some(overlaps) ? spot : null;
  };
  // Near its beginning an arrow is separate; further on it may share a trunk.
  const own = [0.5, 0.35, 0.65].map((t) => (6 * t) / (arrow.path.length - 2));
  const spots = [...own, ...(bad ? [0.5, 0.35, 0.65, 0.8] : [])].map((t) =>
    free(pointOn(arrow.path, t)),
  );
  const spot = spots.find(Boolean);
  if (!spot) return;
  taken.push(spot);
  rounded(context, spot, 8);
  context.fillStyle = color("ground");
  context.globalAlpha = 0.88;
  context.fill();
  context.globalAlpha = 1;
  text(
    context,
    words,
    spot.x + 5,
    spot.y + 8.5,
    color(bad ? badness(arrow) : "faint"),
    0.84,
    bad ? "600 " : "",
  );
}

/**
 * Draws the focus over the dimmed rest: a box with its arrows, or an arrow with its ends.
 * @param {Context} context
 * @param {Scene} scene
 * @param {Camera} camera
 * @param {Size} size
 * @param {Focus} focus
 */
export function paintFocus(context, scene, camera, size, focus) {
  const { x, y, k } = camera;
  context.setTransform(size.ratio * k, 0, 0, size.ratio * k, x * size.ratio, y * size.ratio);
  const arrows = focus.arrow
    ? [focus.arrow]
    : scene.arrows.filter((a) => a.from === focus.box || a.to === focus.box);
  /** @type {Record<"out" | "in" | "bad" | "warn", Arrow[]>} */
  const sorts = { out: [], in: [], bad: [], warn: [] };
  for (const arrow of arrows) {
    const plain = focus.arrow || arrow.from === focus.box ? "out" : "in";
    sorts[arrow.broken.size > 0 ? badness(arrow) : plain].push(arrow);
  }
  for (const [name, list] of Object.entries(sorts)) {
    for (const arrow of list)
      strokeArrows(context, [arrow], color(name), widthOf(arrow.count) + 0.9, k, isDashed(arrow));
  }
  const boxes = new Set(arrows.flatMap((a) => [a.from, a.to]).filter((made) => made.box));
  if (focus.box) boxes.add(focus.box);
  for (const box of boxes) {
    const out = arrows.some((a) => a.to === box);
    paintBox(context, box, k, color(box === focus.box ? "accent" : out ? "out" : "in"));
  }
  if (k < 0.3) return;
  /** @type {Rectangle[]} */
  const taken = [];
  for (const arrow of arrows.slice(0, 60)) paintLabel(context, arrow, taken, [...boxes]);
}
