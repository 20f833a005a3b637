// The stage: what of the picture is in view, and what pointers and keys do to it.

const camera = { x: 0, y: 0, k: 1 };
const drawn = { x: 0, y: 0, k: 1, cost: 0 };
const [LEAST, MOST] = [0.004, 4];
let scene = { boxes: [], frames: [], arrows: [], drawn: [] };
let hovered = null; // { box } or { arrow }
let cursor = null; // the box that the keyboard is on

const stage = byId("stage");
const canvas = byId("canvas");
const kept = document.createElement("canvas");
const size = { w: 0, h: 0, ratio: 1 };

/** Fits the canvas to its place. */
function resize() {
  const { width, height } = stage.getBoundingClientRect();
  Object.assign(size, { w: width, h: height, ratio: Math.min(2, window.devicePixelRatio || 1) });
  for (const one of [canvas, kept]) {
    one.width = Math.max(1, Math.round(width * size.ratio));
    one.height = Math.max(1, Math.round(height * size.ratio));
  }
  redraw();
}

/** Draws the picture anew and shows it. */
function redraw() {
  const start = performance.now();
  paintScene(kept.getContext("2d", { alpha: false }), scene, camera, size);
  Object.assign(drawn, camera, { cost: performance.now() - start });
  present();
}

/** Shows the kept picture, moved to where the camera is now, and what is in focus. */
function present() {
  const context = canvas.getContext("2d", { alpha: false });
  const scale = camera.k / drawn.k;
  const [left, top] = [camera.x - drawn.x * scale, camera.y - drawn.y * scale];
  const still = scale === 1 && left === 0 && top === 0;
  context.setTransform(1, 0, 0, 1, 0, 0);
  if (!still) {
    context.fillStyle = color("ground");
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  const focus = focused();
  context.drawImage(kept, left * size.ratio, top * size.ratio, kept.width * scale, kept.height * scale);
  if (focus) {
    context.globalAlpha = 0.6;
    context.fillStyle = color("ground");
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.globalAlpha = 1;
    paintFocus(context, scene, camera, size, focus);
  }
}

/** What stands out: what the pointer is on, else what is selected, else where the keyboard is. */
function focused() {
  if (hovered) return hovered;
  const chosen = selectedMade();
  if (chosen) return chosen;
  return cursor && document.activeElement === stage ? { box: cursor } : null;
}

function selectedMade() {
  const chosen = state.selected;
  if (!chosen) return null;
  const made = (key) => scene.of?.[groups.byKey.get(key)?.number];
  if (chosen.box) return made(chosen.box)?.box ? { box: made(chosen.box) } : null;
  const is = (a) => a.from === made(chosen.from) && a.to === made(chosen.to);
  const arrow = scene.arrows.find(is) ?? scene.drawn.find(is);
  return arrow ? { arrow } : null;
}

const presentSoon = onceAFrame(present);
let waiting = 0;

/** After the camera has moved: at once where drawing is cheap, else when the movement rests. */
const moved = onceAFrame(() => {
  clearTimeout(waiting);
  tip(null);
  if (drawn.cost < 10) return redraw();
  present();
  waiting = setTimeout(redraw, 120);
});

function zoom(factor, x = size.w / 2, y = size.h / 2) {
  const k = Math.min(MOST, Math.max(LEAST, camera.k * factor));
  const scale = k / camera.k;
  Object.assign(camera, { x: x - (x - camera.x) * scale, y: y - (y - camera.y) * scale, k });
  moved();
  saveSoon();
}

function pan(dx, dy) {
  camera.x += dx;
  camera.y += dy;
  moved();
  saveSoon();
}

/** Shows all of `made`, or of the whole picture, as large as is sensible. */
function fit(made = scene.frames[0], most = 1.15) {
  if (!made || size.w === 0) return;
  const k = Math.min(most, Math.max(LEAST, Math.min((size.w - 56) / (made.w || 1), (size.h - 72) / (made.h || 1))));
  glide({ k, x: size.w / 2 - (made.x + made.w / 2) * k, y: size.h / 2 - (made.y + made.h / 2) * k });
}

/** Brings `made` into view, and near enough to be read. */
function lookAt(made) {
  const k = Math.max(camera.k, 0.8);
  glide({ k, x: size.w / 2 - (made.x + made.w / 2) * k, y: size.h / 2 - (made.y + made.h / 2) * k });
}

let gliding = 0;

/** Moves the camera there, smoothly unless the reader asked for no motion. */
function glide(to) {
  cancelAnimationFrame(gliding);
  const from = { ...camera };
  const start = performance.now();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden;
  const step = (now) => {
    const t = still ? 1 : Math.min(1, (now - start) / 220);
    const ease = 1 - (1 - t) ** 3;
    for (const key of ["x", "y", "k"]) camera[key] = from[key] + (to[key] - from[key]) * ease;
    if (t < 1) {
      moved();
      gliding = requestAnimationFrame(step);
    } else {
      Object.assign(camera, to);
      redraw();
      saveSoon();
    }
  };
  step(still ? Infinity : start);
}

const toWorld = (x, y) => [(x - camera.x) / camera.k, (y - camera.y) / camera.k];

/** What lies under a point of the stage: a box, an arrow, a frame's title, or nothing. */
function hit(px, py) {
  const [x, y] = toWorld(px, py);
  const within = (made) => x >= made.x && x <= made.x + made.w && y >= made.y && y <= made.y + made.h;
  const box = scene.boxes.find(within);
  if (box) return { box };
  const titled = (w) => scene.frames.findLast((frame) => frame.frame && within({ ...frame, w: w(frame), h: TITLE_H }));
  const words = titled((frame) => measure(frame.text) * 1.1 + 24);
  if (words) return { frame: words };
  const arrow = nearest(x, y, 7 / camera.k);
  if (arrow) return { arrow };
  const frame = titled((one) => one.w);
  return frame ? { frame } : null;
}

function nearest(x, y, reach) {
  let [best, least] = [null, reach * reach];
  for (const arrow of scene.drawn) {
    const [left, top, right, bottom] = arrow.bounds;
    if (x < left - reach || x > right + reach || y < top - reach || y > bottom + reach) continue;
    const found = distance(arrow, x, y) - (arrow.broken.size > 0 ? 1 : 0);
    if (found < least) [best, least] = [arrow, found];
  }
  return best;
}

/** The square of the distance from a point to an arrow, by short straight pieces. */
function distance(arrow, x, y) {
  arrow.samples ??= samples(arrow.path);
  const points = arrow.samples;
  let least = Infinity;
  for (let i = 2; i < points.length; i += 2) {
    const [ax, ay] = [points[i - 2], points[i - 1]];
    const [dx, dy] = [points[i] - ax, points[i + 1] - ay];
    const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2);
  }
  return least;
}

function samples(path) {
  const points = [path[0], path[1]];
  for (let curve = 0; curve < (path.length - 2) / 6; curve++) {
    for (const t of [0.2, 0.4, 0.6, 0.8, 1]) {
      const { x, y } = curvePoint(path, curve, t);
      points.push(x, y);
    }
  }
  return points;
}

/** Sees to it that every arrow knows the rectangle that it lies in. */
function bound(arrows) {
  for (const arrow of arrows) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < arrow.path.length; i += 2) {
      left = Math.min(left, arrow.path[i]);
      right = Math.max(right, arrow.path[i]);
      top = Math.min(top, arrow.path[i + 1]);
      bottom = Math.max(bottom, arrow.path[i + 1]);
    }
    arrow.bounds = [left, top, right, bottom];
  }
}
