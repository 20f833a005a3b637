// Plots of the numbers, as SVG made element by element.

// Read from the one in the page, so that no address stands in a script.
const SVG = byId("svg").namespaceURI;

/** An SVG element, as `el` makes those of HTML. */
function shape(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, visible(value));
  }
  element.append(...children.flat(Infinity).filter((c) => c != null && c !== false).map(asNode));
  return element;
}

const PLOT = { width: 470, height: 330, left: 44, right: 14, top: 14, bottom: 40 };

/** Martin's picture: instability to the right, abstractness upward, the main sequence across. */
function mainSequence(rows) {
  const { width, height, left, right, top, bottom } = PLOT;
  const x = (value) => left + value * (width - left - right);
  const y = (value) => top + (1 - value) * (height - top - bottom);
  const most = rows.reduce((most, row) => Math.max(most, row.lines), 1);
  const radius = (row) => 3 + 11 * Math.sqrt(row.lines / most);
  const point = (row) => {
    const text = `${row.name}: instability ${row.instability}, abstractness ${row.abstractness}, distance ${row.distance}, ${plural(row.lines, "line")}`;
    const circle = { cx: x(row.instability), cy: y(row.abstractness), r: radius(row), class: "point" };
    return shape("circle", { ...circle, ...(row.go ? { onclick: row.go, class: "point goes" } : {}) }, shape("title", {}, text));
  };
  const tick = (value) => [
    shape("line", { x1: x(value), x2: x(value), y1: y(0), y2: y(1), class: "grid" }),
    shape("line", { x1: x(0), x2: x(1), y1: y(value), y2: y(value), class: "grid" }),
    shape("text", { x: x(value), y: height - bottom + 15, "text-anchor": "middle" }, value.toString()),
    shape("text", { x: left - 7, y: y(value) + 4, "text-anchor": "end" }, value.toString()),
  ];
  // The small ones last, so that none hides behind a large one; of the farthest the names are written.
  const drawn = [...rows].sort((a, b) => b.lines - a.lines);
  return shape("svg", { viewBox: `0 0 ${width} ${height}`, class: "plot", role: "img", "aria-label": `Main sequence: abstractness against instability of ${plural(rows.length, "row")}` },
    [0, 0.25, 0.5, 0.75, 1].map(tick),
    shape("line", { x1: x(0), y1: y(1), x2: x(1), y2: y(0), class: "sequence" }),
    shape("text", { x: x(0.02), y: y(0.03), class: "zone" }, "zone of pain"),
    shape("text", { x: x(0.98), y: y(0.94), class: "zone", "text-anchor": "end" }, "zone of uselessness"),
    drawn.map(point), rows.length > 40 ? [] : pointNames(rows, x, y, radius),
    shape("text", { x: x(0.5), y: height - 6, "text-anchor": "middle" }, "instability"),
    shape("text", { x: 12, y: y(0.5), "text-anchor": "middle", transform: `rotate(-90 12 ${y(0.5)})` }, "abstractness"));
}

/** Names beside the points, those farthest from the sequence first, each where no point and no earlier one is. */
function pointNames(rows, x, y, radius) {
  const dot = (row) => {
    const r = radius(row);
    return { x: x(row.instability) - r, y: y(row.abstractness) - r, width: 2 * r, height: 2 * r };
  };
  const taken = rows.map(dot);
  const names = [];
  for (const row of [...rows].sort((a, b) => b.distance - a.distance)) {
    const width = row.name.length * 6.2;
    const [px, py] = [x(row.instability), y(row.abstractness)];
    const gap = radius(row) + 4;
    const toRight = px + width + gap < PLOT.width;
    const box = { x: toRight ? px + gap : px - gap - width, y: py - 8, width, height: 13 };
    const hits = (other) => box.x < other.x + other.width && other.x < box.x + box.width && box.y < other.y + other.height && other.y < box.y + box.height;
    if (box.x < PLOT.left || taken.some(hits)) continue;
    taken.push(box);
    names.push(shape("text", { x: toRight ? box.x : box.x + width, y: py + 4, "text-anchor": toRight ? "start" : "end", class: "point-name" }, row.name));
  }
  return names;
}

/** The largest of a metric, as bars. */
function largest(rows, column) {
  const shown = rows.filter((row) => row[column.key] > 0).sort((a, b) => b[column.key] - a[column.key]).slice(0, 12);
  const most = Math.max(...shown.map((row) => row[column.key]));
  const [width, step, left] = [470, 26, 190];
  const label = (text) => (text.length > 28 ? `…${text.slice(-27)}` : text);
  const bar = (row, at) => {
    const length = ((width - left - 62) * row[column.key]) / most;
    const y = at * step;
    return shape("g", row.go ? { onclick: row.go, class: "goes" } : {},
      shape("title", {}, `${row.name}: ${column.name} ${shownNumber(row[column.key], column)}`),
      shape("text", { x: left - 8, y: y + 16, "text-anchor": "end" }, label(row.name)),
      shape("rect", { x: left, y: y + 4, width: Math.max(1, length), height: step - 9, rx: 2, class: "length" }),
      shape("text", { x: left + length + 6, y: y + 16 }, shownNumber(row[column.key], column)));
  };
  const height = Math.max(1, shown.length) * step;
  return shape("svg", { viewBox: `0 0 ${width} ${height}`, class: "plot", role: "img", "aria-label": `The largest by ${column.name}` }, shown.map(bar));
}

const shownNumber = (value, column) => (value == null ? "–" : column.whole ? number(value) : value.toFixed(3));
