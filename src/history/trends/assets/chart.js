// One chart: lines over commits, a mark for each thing that happened, and a tooltip that names the commit.

const charts = [];
const state = { axis: "time", chosen: null };
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const shared = uPlot.sync("commits");
const tooltip = el("div", { id: "tooltip", role: "tooltip", hidden: true });
document.body.append(tooltip);

/** The places of the commits in the order of the axis. */
const order = () => (state.axis === "time" ? BY_TIME : BY_ORDER);

/** Where a commit stands on the axis. */
const across = () => order().map((at, place) => (state.axis === "time" ? COMMITS[at].time : place));

/** A chart of `lines`, each with a title, a series and a hue; `happened` are the events that are marked in it. */
function makeChart({ key, title, about, places, lines, happened, wide }) {
  const plot = el("div", { class: "plot" });
  const last = lines.length === 1 ? lines[0].series.filter((v) => v != null) : [];
  const caption = el("figcaption", {}, el("h3", { title: about }, title),
    last.length > 0 && [el("span", { class: "now" }, spelled(last.at(-1), places)), el("span", { class: "change" }, changed(last[0], last.at(-1)))]);
  const keys = lines.length > 1 && el("ul", { class: "keys" },
    lines.map((line) => el("li", {}, el("span", { class: `swatch hue-${line.hue}` }), line.title)));
  const figure = el("figure", { class: wide && "wide", "data-key": key, "aria-label": `${title} over ${plural(COMMITS.length, "commit")}` }, caption, keys, plot);
  const chart = { key, title, places, lines, happened, figure, plot, u: null };
  byId("charts").append(figure);
  charts.push(chart);
  draw(chart);
}

function draw(chart) {
  chart.u?.destroy();
  chart.u = null;
  if (!chart.lines.some((line) => line.series.some((v) => v != null))) {
    chart.plot.replaceChildren(el("p", { class: "none" }, "Not defined at any of these commits."));
    return;
  }
  const { width } = chart.plot.getBoundingClientRect();
  const rows = [across(), ...chart.lines.map((line) => order().map((at) => line.series[at]))];
  chart.u = new uPlot(optionsOf(chart, Math.max(200, width)), rows, chart.plot);
  shared.sub(chart.u);
}

function optionsOf(chart, width) {
  const [ink, grid] = [color("--faint"), color("--grid")];
  const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 }, font: "11px system-ui, sans-serif" };
  const single = chart.lines.length === 1;
  return {
    width,
    height: 190,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    scales: { x: { time: state.axis === "time" }, y: { range: (u, low, high) => rangeOf(chart, low, high) } },
    legend: { show: false },
    cursor: { sync: { key: shared.key, setSeries: false, scales: ["x", null] }, y: false, drag: { x: true, y: false }, points: { size: 7 } },
    axes: [
      { ...axis, space: 74, values: state.axis === "time" ? DATES : (u, splits) => splits.map(dateAt) },
      { ...axis, ...(chart.places === 0 && { incrs: WHOLE }), size: 58, space: 34, values: (u, splits) => splits.map((v) => shortNumber(v, chart.places)) },
    ],
    series: [{}, ...chart.lines.map((line) => ({
      label: line.title,
      stroke: color(`--hue-${line.hue}`),
      fill: single ? color("--fill") : undefined,
      width: 1.75,
      spanGaps: false,
      paths: uPlot.paths.stepped({ align: 1 }),
      points: { show: COMMITS.length <= 40, size: 5 },
    }))],
    hooks: {
      draw: [(u) => drawMarks(u, chart)],
      setCursor: [(u) => tell(u, chart)],
      setScale: [(u, key) => key === "x" && zoomed(u)],
      ready: [(u) => u.over.addEventListener("click", () => choose(placeUnder(u)))],
    },
  };
}

/** Numbers that hardly move must not look as if they did: a range is never narrower than a tenth of what it holds. */
function rangeOf(chart, low, high) {
  if (low == null) return [0, 1];
  const least = chart.places === 0 ? 1 : 0.01;
  const width = Math.max(high - low, Math.abs(high) * 0.1, least);
  const middle = (high + low) / 2;
  const bottom = middle - width * 0.6;
  return [low >= 0 ? Math.max(0, bottom) : bottom, Math.max(middle + width * 0.6, high + width * 0.05)];
}

/** The steps of an axis that counts whole things. */
const WHOLE = [...Array(10).keys()].flatMap((power) => [1, 2, 5].map((n) => n * 10 ** power));

// The year stands at the first mark and where it changes; all in UTC.
const DATES = [
  [86400 * 28, "{YYYY}-{MM}", null, null, null, null, null, null, 1],
  [86400, "{MM}-{DD}", "\n{YYYY}", null, null, null, null, null, 1],
  [60, "{HH}:{mm}", "\n{YYYY}-{MM}-{DD}", null, "\n{MM}-{DD}", null, null, null, 1],
  [1, ":{ss}", "\n{YYYY}-{MM}-{DD} {HH}:{mm}", null, "\n{MM}-{DD} {HH}:{mm}", null, "\n{HH}:{mm}", null, 1],
];

function dateAt(place) {
  return Number.isInteger(place) && COMMITS[place] ? dayOf(COMMITS[place].time) : "";
}

function shortNumber(value, places) {
  const large = Math.abs(value) >= 10000;
  return value.toLocaleString("en", { notation: large ? "compact" : "standard", maximumFractionDigits: places === 0 && !large ? 0 : 2 });
}

/** A line down for each event, with its sign on top; for the chosen commit a line of its own; gaps as bands along the bottom. */
function drawMarks(u, chart) {
  const { ctx, bbox } = u;
  const places = new Map(order().map((at, place) => [at, place]));
  const xOf = (at) => Math.round(u.valToPos(u.data[0][places.get(at)], "x", true));
  const within = (x) => x >= bbox.left - 1 && x <= bbox.left + bbox.width + 1;
  const ratio = devicePixelRatio;
  ctx.save();
  const line = (at, stroke, dash) => {
    const x = xOf(at);
    if (!within(x)) return;
    ctx.strokeStyle = stroke;
    ctx.lineWidth = ratio;
    ctx.setLineDash(dash.map((n) => n * ratio));
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  };
  COMMITS.forEach((commit, at) => {
    if (commit.gap == null || !within(xOf(at))) return;
    ctx.fillStyle = color("--faint");
    ctx.fillRect(xOf(at) - 2 * ratio, bbox.top + bbox.height - 4 * ratio, 4 * ratio, 4 * ratio);
  });
  const hues = { appeared: color("--bad"), gone: color("--good"), jump: color("--warn") };
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = "center";
  for (const event of chart.happened) {
    line(event.at, hues[event.kind], [3, 3]);
    if (!within(xOf(event.at))) continue;
    ctx.fillStyle = hues[event.kind];
    ctx.fillText(MARKS[event.kind], xOf(event.at), bbox.top + 9 * ratio);
  }
  if (state.chosen != null) line(state.chosen, color("--accent"), []);
  ctx.restore();
}

/** The commit under the cursor, by its place; `null` where there is none. */
function placeUnder(u) {
  return u.cursor.idx == null || u.cursor.left < 0 ? null : order()[u.cursor.idx];
}

/** The tooltip belongs to the chart that the pointer is in; the others only move their cursors. */
function tell(u, chart) {
  if (!u.over.matches(":hover")) return;
  const at = placeUnder(u);
  if (at == null) {
    tooltip.hidden = true;
    return;
  }
  tooltip.replaceChildren(...tooltipOf(at, chart));
  tooltip.hidden = false;
  const over = u.over.getBoundingClientRect();
  const { width, height } = tooltip.getBoundingClientRect();
  const x = over.left + u.cursor.left + 16;
  tooltip.style.left = `${x + width > innerWidth - 8 ? Math.max(8, x - width - 32) : x}px`;
  tooltip.style.top = `${Math.min(over.top + 12, innerHeight - height - 8)}px`;
}

function tooltipOf(at, chart) {
  const commit = COMMITS[at];
  const value = (line) => [el("dt", {}, chart.lines.length > 1 && el("span", { class: `swatch hue-${line.hue}` }), line.title), el("dd", {}, spelled(line.series[at], chart.places))];
  const shown = chart.lines.length > 6 ? chart.lines.filter((line) => line.series[at]) : chart.lines;
  return [
    el("div", {}, el("code", {}, commit.short), ` ${dayOf(commit.time)} ${minuteOf(commit.time)} UTC`),
    el("div", { class: "subject" }, commit.subject),
    commit.gap != null ? el("div", { class: "quiet" }, `Cannot be read: ${commit.gap}`) : el("dl", { class: "value" }, shown.map(value)),
    commit.doubts > 0 && el("div", { class: "quiet" }, doubtful(commit)),
    chart.happened.filter((event) => event.at === at).map((event) => el("div", { class: event.kind }, el("span", { class: "mark" }, MARKS[event.kind]), eventText(event))),
  ].flat().filter(Boolean);
}

/** The pointer of every chart in step; so is what they show of the axis. */
let zooming = false;
function zoomed(u) {
  if (zooming) return;
  zooming = true;
  const { min, max } = u.scales.x;
  for (const other of charts) if (other.u && other.u !== u) other.u.setScale("x", { min, max });
  const all = u.data[0];
  byId("reset").disabled = min <= all[0] && max >= all.at(-1);
  zooming = false;
}

document.addEventListener("pointermove", (event) => {
  if (!event.target.closest?.(".u-over")) tooltip.hidden = true;
});
