// The dependency structure matrix of what the graph shows: a row uses a column. Rows are partitioned: who uses stands above
// who is used, and what is on a cycle stands together, framed. Below the diagonal is what runs against that order.
//
// Only the rows in view are in the document.

const CELL = 24;
const HEAD = 280;
const AHEAD = 14; // how many rows and columns are made beyond those in view
const matrix = { rows: [], cells: new Map(), blocks: [], at: [0, 0], made: null };

/** The boxes in the order of the matrix: frame by frame, each partitioned. */
function partitioned() {
  const order = [];
  const parts = scene.frames.map(() => []);
  for (const made of [...scene.frames, ...scene.boxes]) if (made.frame) parts[made.frame.number].push(made);
  const stack = scene.frames[0] ? [scene.frames[0]] : [];
  matrix.blocks = [];
  const open = new Map();
  while (stack.length > 0) {
    const made = stack.pop();
    if (made.cycle) {
      open.set(made, order.length);
      continue;
    }
    if (made.ends) {
      if (order.length - open.get(made.ends) > 1) matrix.blocks.push([open.get(made.ends), order.length]);
      continue;
    }
    if (made.box) order.push(made);
    else stack.push(...sortedParts(made, parts[made.number]).reverse());
  }
  return order;
}

/** The parts of a frame, users first; the parts of a cycle between two marks. */
function sortedParts(frame, parts) {
  const number = new Map(parts.map((part, i) => [part, i]));
  const next = parts.map(() => []);
  const weight = parts.map(() => 0);
  for (const arrow of scene.arrows) {
    if (arrow.b?.frame !== frame) continue;
    const [a, b] = [number.get(arrow.a), number.get(arrow.b)];
    if (!next[a].includes(b)) next[a].push(b);
    weight[a] += arrow.count;
    weight[b] -= arrow.count;
  }
  const sorted = [];
  for (const members of strongComponents(parts.length, next).reverse()) {
    const mark = { cycle: true };
    if (members.length > 1) sorted.push(mark);
    sorted.push(...members.sort((a, b) => weight[b] - weight[a] || a - b).map((i) => parts[i]));
    if (members.length > 1) sorted.push({ ends: mark });
  }
  return sorted;
}

function buildMatrix() {
  matrix.rows = partitioned();
  const place = new Map(matrix.rows.map((made, i) => [made, i]));
  matrix.cells = new Map();
  for (const arrow of scene.arrows) {
    const row = place.get(arrow.from);
    if (!matrix.cells.has(row)) matrix.cells.set(row, []);
    matrix.cells.get(row).push([place.get(arrow.to), arrow]);
  }
  const side = matrix.rows.length * CELL;
  const grid = byId("matrix");
  grid.setAttribute("aria-rowcount", matrix.rows.length);
  grid.setAttribute("aria-colcount", matrix.rows.length);
  byId("matrix-size").style.width = `${HEAD + side}px`;
  byId("matrix-size").style.height = `${CELL + side}px`;
  const against = scene.arrows.filter((arrow) => place.get(arrow.from) > place.get(arrow.to)).length;
  byId("matrix-note").textContent = `${plural(matrix.rows.length, "row")}, ${plural(scene.arrows.length, "dependency", "dependencies")}. ` +
    `A row uses a column. ${number(against)} below the diagonal run against the order; ` +
    `${plural(matrix.blocks.length, "cycle")} framed.`;
  drawMatrix();
}

/** Makes what is in view, and some more, so that most steps of a scroll make nothing. */
const scrolled = onceAFrame(() => {
  const { first, last, left, right } = inMatrix(0);
  const made = matrix.made;
  const enough = made && first >= made.first && last <= made.last && left >= made.left && right <= made.right;
  if (!enough) makeMatrix();
});

function inMatrix(more) {
  const view = byId("matrix");
  const inside = (n) => Math.max(0, Math.min(matrix.rows.length, n));
  const [row, column] = [Math.floor(view.scrollTop / CELL), Math.floor(view.scrollLeft / CELL)];
  const [rows, columns] = [Math.ceil(view.clientHeight / CELL), Math.ceil((view.clientWidth - HEAD) / CELL)];
  return { first: inside(row - more), last: inside(row + rows + 1 + more), left: inside(column - more), right: inside(column + columns + 1 + more) };
}

const drawMatrix = onceAFrame(makeMatrix);

function makeMatrix() {
  matrix.made = inMatrix(AHEAD);
  const { first, last, left, right } = matrix.made;
  const heads = [];
  for (let i = left; i < right; i++) heads.push(columnHead(i));
  byId("matrix-heads").replaceChildren(el("div", { class: "corner" }, "uses →"), ...heads);
  const rows = [];
  for (let i = first; i < last; i++) rows.push(matrixRow(i, left, right));
  const blocks = matrix.blocks.filter(([from, to]) => to > Math.min(first, left) && from < Math.max(last, right));
  byId("matrix-rows").replaceChildren(...blocks.map(blockFrame), ...rows);
}

/** Styles of one element; the policy of the page allows no style in markup. */
function placed(element, styles) {
  Object.assign(element.style, styles);
  return element;
}

function columnHead(i) {
  const head = el("div", { class: "column-head", role: "columnheader", "aria-label": fullName(matrix.rows[i].group), title: fullName(matrix.rows[i].group) }, String(i + 1));
  return placed(head, { left: `${HEAD + i * CELL}px` });
}

function matrixRow(i, left, right) {
  const at = matrix.rows[i].group;
  const depth = Math.min(5, at.depth - 1);
  const head = el("div", { class: "row-head", role: "rowheader", title: fullName(at), "data-key": at.key },
    placed(el("span", { class: "indent" }), { width: `${depth * 10}px` }),
    at.depth > 1 && button("−", () => toggle(at.parent), { class: "tiny", title: `collapse ${fullName(at.parent)}`, tabindex: "-1", "aria-label": `collapse ${fullName(at.parent)}` }),
    at.children.length > 0 && button("+", () => toggle(at), { class: "tiny", title: `expand ${fullName(at)}`, tabindex: "-1", "aria-label": `expand ${fullName(at)}` }),
    el("span", { class: "name" }, at.kind === SELF ? `${at.parent.name} (itself)` : at.name),
    el("span", { class: "quiet" }, String(i + 1)));
  const cells = (matrix.cells.get(i) ?? []).filter(([column]) => column >= left && column < right).map(([column, arrow]) => cell(i, column, arrow));
  const diagonal = placed(el("div", { class: "diagonal" }), { left: `${HEAD + i * CELL}px` });
  const [row, column] = matrix.at;
  const cursorHere = row === i && placed(el("div", { class: "matrix-cursor" }), { left: `${HEAD + column * CELL}px` });
  const line = el("div", { class: "matrix-row", role: "row", "aria-rowindex": String(i + 1) }, head, diagonal, cells, cursorHere);
  return placed(line, { top: `${i * CELL}px` });
}

function cell(row, column, arrow) {
  const bad = arrow.broken.size > 0 ? ` ${badness(arrow)}` : column < row ? " against" : "";
  const made = el("div", { class: `cell${bad}`, role: "gridcell", title: describeArrow(arrow), "aria-colindex": String(column + 1),
    "data-from": arrow.from.group.key, "data-to": arrow.to.group.key,
    onclick: () => { matrix.at = [row, column]; chooseCell(); } }, arrow.count > 999 ? `${Math.round(arrow.count / 1000)}k` : String(arrow.count));
  return placed(made, { left: `${HEAD + column * CELL}px` });
}

function blockFrame([from, to]) {
  const frame = el("div", { class: "block", "aria-hidden": "true" });
  return placed(frame, { left: `${HEAD + from * CELL}px`, top: `${from * CELL}px`, width: `${(to - from) * CELL}px`, height: `${(to - from) * CELL}px` });
}

const cellAt = ([row, column]) => (matrix.cells.get(row) ?? []).find(([c]) => c === column)?.[1];

function chooseCell() {
  const arrow = cellAt(matrix.at);
  if (arrow) select({ from: arrow.from.group.key, to: arrow.to.group.key });
  else if (matrix.rows[matrix.at[0]]) select({ box: matrix.rows[matrix.at[0]].group.key });
  drawMatrix();
}

byId("matrix").addEventListener("scroll", scrolled);
byId("matrix").addEventListener("keydown", (event) => {
  const move = ARROWS[event.key];
  const [row, column] = matrix.at;
  const at = matrix.rows[row]?.group;
  if (move) {
    const inside = (n) => Math.max(0, Math.min(matrix.rows.length - 1, n));
    matrix.at = [inside(row + move[1]), inside(column + move[0])];
    showCell();
  } else if (event.key === "Enter" || event.key === " ") chooseCell();
  else if (event.key === "+" && at?.children.length > 0) toggle(at);
  else if (event.key === "-" && at?.parent?.parent) toggle(at.parent);
  else return;
  event.preventDefault();
});

/** Scrolls to the cell that the keyboard is on, and says what it is. */
function showCell() {
  const [row, column] = matrix.at;
  const view = byId("matrix");
  const [x, y] = [HEAD + column * CELL, CELL + row * CELL];
  if (x < view.scrollLeft + HEAD) view.scrollLeft = x - HEAD;
  if (x + CELL > view.scrollLeft + view.clientWidth) view.scrollLeft = x + CELL - view.clientWidth;
  if (y < view.scrollTop + CELL) view.scrollTop = y - CELL;
  if (y + CELL > view.scrollTop + view.clientHeight) view.scrollTop = y + CELL - view.clientHeight;
  const arrow = cellAt(matrix.at);
  const [a, b] = [matrix.rows[row], matrix.rows[column]].map((made) => fullName(made.group));
  announce(arrow ? describeArrow(arrow) : `${a} does not use ${b}`);
  drawMatrix();
}
