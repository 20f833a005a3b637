// The page: which charts there are, what happened, and the commit that is chosen.

function fillCharts() {
  charts.splice(0).forEach((chart) => chart.u?.destroy());
  byId("charts").replaceChildren();
  const part = DATA.parts.find(({ name }) => name === byId("part").value);
  const series = part ? part.series : DATA.whole;
  const cycles = DATA.events.filter((event) => event.kind !== "jump");
  if (!part) chartOfRules();
  DATA.metrics.forEach((metric, at) => {
    const jumps = DATA.events.filter((event) => event.kind === "jump" && event.metric === at);
    const happened = part ? [] : metric.key.includes("cycle") ? [...cycles, ...jumps] : jumps;
    const line = { title: metric.title, series: series[at], hue: 0 };
    if (!line.series.some((v) => v != null)) return;
    makeChart({ key: metric.key, title: metric.title, about: metric.about, places: metric.places, lines: [line], happened });
  });
}

/** Findings by rule in one chart: the rules that ever find something, the busiest first; beyond eight the others as one. */
function chartOfRules() {
  const most = (rule) => Math.max(0, ...rule.series.map((v) => v ?? 0));
  const busy = DATA.rules.filter((rule) => most(rule) > 0).sort((a, b) => most(b) - most(a) || (a.id < b.id ? -1 : 1));
  if (busy.length === 0) return;
  const lines = busy.slice(0, busy.length > 8 ? 7 : 8).map((rule, hue) => ({ title: rule.id, series: rule.series, hue }));
  if (busy.length > 8) {
    const rest = busy.slice(7);
    const sum = COMMITS.map((commit, at) => (commit.gap == null ? rest.reduce((sum, rule) => sum + (rule.series[at] ?? 0), 0) : null));
    lines.push({ title: `${rest.length} other rules`, series: sum, hue: 7 });
  }
  const happened = DATA.events.filter((event) => event.kind !== "jump");
  makeChart({ key: "findings", title: "Findings by rule", places: 0, lines, happened, wide: true });
}

/** Shows one commit everywhere, and what is known of it. */
function choose(at) {
  state.chosen = at === state.chosen ? null : at;
  for (const chart of charts) chart.u?.redraw(false, false);
  for (const pressed of document.querySelectorAll("aside [data-at]")) {
    pressed.setAttribute("aria-pressed", String(Number(pressed.dataset.at) === state.chosen));
  }
  const commit = COMMITS[state.chosen];
  byId("commit").replaceChildren(...(commit ? cardOf(commit, state.chosen) : []));
}

function cardOf(commit, at) {
  const rows = DATA.metrics.map((metric, i) => [el("dt", { class: "quiet" }, metric.title), el("dd", {}, spelled(DATA.whole[i][at], metric.places))]);
  const broken = DATA.rules.filter((rule) => rule.series[at] > 0).map((rule) => [el("dt", { class: "quiet" }, el("code", {}, rule.id)), el("dd", {}, spelled(rule.series[at], 0))]);
  return [
    el("h2", {}, el("code", {}, commit.short), ` ${dayOf(commit.time)} ${minuteOf(commit.time)} UTC`),
    el("p", {}, commit.subject),
    el("p", { class: "where" }, el("code", {}, commit.id)),
    commit.doubts > 0 && el("p", { class: "quiet" }, doubtful(commit)),
    commit.gap != null ? el("p", { class: "quiet" }, `Cannot be read: ${commit.gap}`) : el("dl", {}, rows, broken),
  ].filter(Boolean);
}

function where(at) {
  const commit = COMMITS[at];
  return el("span", { class: "where" }, dayOf(commit.time), " ", el("code", {}, commit.short), ` ${commit.subject}`);
}

function row(at, text) {
  return el("li", {}, el("button", { type: "button", "data-at": String(at), "aria-pressed": "false", onclick: () => choose(at) }, text, where(at)));
}

function eventsByCommit() {
  const groups = [];
  for (const event of DATA.events) {
    if (groups.at(-1)?.[0].at === event.at) groups.at(-1).push(event);
    else groups.push([event]);
  }
  return groups;
}

/** All that happened at one commit. */
function rowOfEvents(events) {
  const { at } = events[0];
  const lines = events.map((event) => el("span", { class: `event ${event.kind}` }, el("span", { class: "mark" }, MARKS[event.kind]), eventText(event)));
  return el("li", {}, el("button", { type: "button", "data-at": String(at), "aria-pressed": "false", onclick: () => choose(at) }, where(at), lines));
}

function fillLists() {
  byId("about-events").textContent = `Cycles that came and went, and numbers that changed by ${DATA.jump} % or more from one commit to the next.`;
  byId("events").append(...eventsByCommit().reverse().map(rowOfEvents));
  if (DATA.events.length === 0) byId("events").append(el("li", {}, el("div", { class: "quiet" }, "Nothing of the kind.")));
  const places = new Map(COMMITS.map((commit, at) => [commit.id, at]));
  byId("standing").append(...DATA.cycles.map(({ cycle, since }) =>
    since ? row(places.get(since), cycleText(cycle)) : el("li", {}, el("div", {}, cycleText(cycle), el("span", { class: "where" }, "there from the first of these commits")))));
  byId("standing-section").hidden = DATA.cycles.length === 0;
  const gaps = COMMITS.map((commit, at) => ({ commit, at })).filter(({ commit }) => commit.gap != null);
  byId("gaps").append(...gaps.reverse().map(({ commit, at }) => row(at, commit.gap)));
  byId("gaps-section").hidden = gaps.length === 0;
}

function fillHead() {
  const times = BY_TIME.map((at) => COMMITS[at].time);
  const period = times.length > 0 ? `, ${dayOf(times[0])} to ${dayOf(times.at(-1))}` : "";
  byId("title").textContent = DATA.title === "" ? "Architecture over time" : `${visible(DATA.title)}: architecture over time`;
  byId("period").textContent = `${plural(COMMITS.length, "commit")}${period}${DATA.shallow ? "; the clone is shallow, what came before is not known" : ""}`;
  byId("part").append(el("option", { value: "" }, "the whole"), ...DATA.parts.map(({ name }) => el("option", { value: name }, name)));
  byId("part-choice").hidden = DATA.parts.length < 2;
}

const THEMES = ["auto", "light", "dark"];
function nextTheme() {
  const now = document.documentElement.dataset.theme ?? "auto";
  const next = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
  if (next === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  byId("theme").textContent = `Theme: ${next}`;
  charts.forEach(draw);
}

fillHead();
fillLists();
fillCharts();
byId("part").addEventListener("change", fillCharts);
byId("axis").addEventListener("change", () => {
  state.axis = byId("axis").value;
  charts.forEach(draw);
});
byId("reset").addEventListener("click", () => {
  for (const chart of charts) chart.u?.setScale("x", { min: chart.u.data[0][0], max: chart.u.data[0].at(-1) });
});
byId("theme").addEventListener("click", nextTheme);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => charts.forEach(draw));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.chosen != null) choose(null);
});
new ResizeObserver(onceAFrame(() => {
  for (const { u, plot } of charts) if (u && u.width !== Math.max(200, plot.clientWidth)) u.setSize({ width: Math.max(200, plot.clientWidth), height: u.height });
})).observe(byId("charts"));

/** For those who drive the page by program. */
window.archlint = {
  charts: () => charts.map(({ key, title, happened }) => ({ key, title, marks: happened.map(({ at, kind }) => ({ at, kind })) })),
  /** Where on the screen a commit stands in a chart. */
  where(key, at) {
    const { u } = charts.find((chart) => chart.key === key);
    const over = u.over.getBoundingClientRect();
    const place = order().indexOf(at);
    return { x: over.left + u.valToPos(u.data[0][place], "x"), y: over.top + over.height / 2 };
  },
  range: (key) => { const { min, max } = charts.find((chart) => chart.key === key).u.scales.x; return [min, max]; },
};
requestAnimationFrame(() => performance.mark("archlint-ready"));
