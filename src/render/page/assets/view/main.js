// The page as a whole: tabs, switches, keys, the theme, and the link that brings the reader back.

const TABS = ["graph", "matrix", "findings", "metrics"];

/** Computes anew what is shown, after something was opened, closed or chosen. */
function update() {
  const labels = tints();
  scene = layout(show());
  for (const made of [...scene.boxes, ...scene.frames]) made.tint = labels.length > 0 ? tintOf(made.group, labels) : -1;
  bound(new Set([...scene.arrows, ...scene.drawn]));
  hovered = null;
  cursor = cursor ? boxOf(cursor.group) : null;
  legend(labels);
  notes();
  redraw();
  if (state.tab === "matrix") buildMatrix();
  if (state.selected) fillPanel(state.selected);
  saveSoon();
}

/** The box that stands for a group now: its own, the one around it, or the first inside it. */
function boxOf(at) {
  const made = scene.of[at.number];
  if (made?.box) return made;
  return scene.boxes.find((box) => at.nodes.includes(box.group.nodes[0])) ?? null;
}

/** Expands or collapses a group, and keeps it where it is on the screen. */
function toggle(at) {
  if (at.children.length === 0) return;
  const before = scene.of[at.number];
  const [x, y] = before ? [before.x * camera.k + camera.x, before.y * camera.k + camera.y] : [0, 0];
  const opens = !state.open.has(at.key);
  if (opens) state.open.add(at.key);
  else closeWithin(at);
  if (cursor && at.nodes.includes(cursor.group.nodes[0])) cursor = { group: at };
  update();
  const after = scene.of[at.number];
  if (before && after) Object.assign(camera, { x: x - after.x * camera.k, y: y - after.y * camera.k });
  redraw();
  announce(`${fullName(at)} ${opens ? "expanded" : "collapsed"}, ${plural(scene.boxes.length, "box", "boxes")}`);
}

function closeWithin(at) {
  for (const key of [...state.open]) {
    const other = groups.byKey.get(key);
    if (other === at || around(other).includes(at)) state.open.delete(key);
  }
}

/** Opens everything around a group. */
function openTo(at) {
  around(at).forEach((above) => state.open.add(above.key));
  if (at.kind === "external") state.externals = true;
  if (at.test) state.tests = true;
  switches();
}

/** Opens what hides a group, chooses it, and looks at it. */
function reveal(at) {
  if (!at) return;
  if (state.tab !== "matrix") setTab("graph");
  openTo(at);
  if (at.kind === "externals") state.externals = true;
  if (state.only) state.only = false;
  switches();
  update();
  cursor = boxOf(at);
  select({ box: at.key });
  const made = scene.of[at.number];
  if (made) lookAt(made);
  announce(`${fullName(at)} shown`);
}

function expandAll() {
  groups.all.filter((at) => at.parent && at.children.length > 0 && at.kind !== "externals").forEach((at) => state.open.add(at.key));
  update();
  fit();
}

function collapseAll() {
  state.open = new Set();
  cursor = null;
  update();
  fit();
}

function setTab(tab) {
  state.tab = tab;
  for (const name of TABS) {
    byId(`tab-${name}`).setAttribute("aria-selected", String(name === tab));
    byId(`tab-${name}`).setAttribute("tabindex", name === tab ? "0" : "-1");
    byId(name === "graph" ? "stage" : `${name}-view`).hidden = name !== tab;
  }
  byId("main").dataset.tab = tab;
  if (tab === "matrix") buildMatrix();
  if (tab === "findings") buildFindings();
  if (tab === "metrics") buildMetrics();
  if (tab === "graph") resize();
  saveSoon();
}

function setRule(rule) {
  state.rule = rule;
  byId("rule").value = rule;
  if (state.only) openBroken();
  update();
  if (state.tab === "findings") buildFindings();
}

function legend(labels) {
  const used = new Set([...scene.boxes, ...scene.frames].map((made) => made.tint));
  const row = (label, i) => el("li", {}, placed(el("span", { class: "swatch" }), { background: tintColor(i) }), label);
  const rows = labels.map((label, i) => (used.has(i) ? row(label, i) : null)).filter(Boolean).slice(0, 16);
  const broken = new Set(scene.arrows.filter((arrow) => arrow.broken.size > 0).map(badness));
  if (broken.has("bad")) rows.push(el("li", {}, el("span", { class: "swatch stroke" }), "breaks a rule"));
  if (broken.has("warn")) rows.push(el("li", {}, el("span", { class: "swatch stroke warn" }), "breaks a rule that warns"));
  byId("legend").replaceChildren(...rows);
}

function notes() {
  const { boxes, arrows } = scene;
  const bad = arrows.filter((arrow) => arrow.broken.size > 0).length;
  const bundles = scene.drawn.filter((arrow) => arrow.bundle).length;
  const parts = [plural(boxes.length, "box", "boxes"), plural(arrows.length, "arrow")];
  if (bad > 0) parts.push(`${bad} broken`);
  if (scene.implied > 0) parts.push(`${number(scene.implied)} left out, since a longer way implies them`);
  if (bundles > 0) parts.push(`those between frames drawn as ${number(bundles)}; point at a box for its own`);
  byId("count").textContent = parts.join(" · ");
  byId("empty").hidden = boxes.length > 0;
  byId("empty").textContent = state.only ? "Nothing breaks a rule here." : "There is nothing to show.";
}

/** Sets every switch to what is so. */
function switches() {
  for (const name of ["tests", "externals", "only", "reduce"]) byId(name).checked = state[name];
  for (const name of ["rule", "color", "by"]) byId(name).value = state[name];
}

function wire() {
  for (const name of ["tests", "externals", "only", "reduce"]) {
    byId(name).addEventListener("change", () => {
      state[name] = byId(name).checked;
      if (name === "tests") buildTree();
      if (name === "only" && state.only) openBroken();
      update();
      if (name === "only" || name === "externals") fit();
    });
  }
  byId("rule").addEventListener("change", () => setRule(byId("rule").value));
  byId("color").addEventListener("change", () => {
    state.color = byId("color").value;
    update();
  });
  byId("by").addEventListener("change", () => regroup(byId("by").value));
  const actions = { "zoom-in": () => zoom(1.3), "zoom-out": () => zoom(1 / 1.3), fit: () => fit(), "expand-all": expandAll,
    "collapse-all": collapseAll, "panel-close": () => closePanel(), theme: nextTheme, help: () => byId("keys").showModal() };
  for (const [id, action] of Object.entries(actions)) byId(id).addEventListener("click", action);
  TABS.forEach((tab) => byId(`tab-${tab}`).addEventListener("click", () => setTab(tab)));
  byId("tabs").addEventListener("keydown", tabKey);
  document.addEventListener("keydown", pageKey);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolor);
  window.addEventListener("hashchange", () => location.hash !== written && load(false));
  window.addEventListener("beforeprint", () => state.tab === "graph" && fit());
}

function regroup(by) {
  state.by = by;
  groups = buildGroups(by);
  state.open = firstOpen(groups, 60);
  state.selected = cursor = null;
  select(null);
  buildTree();
  update();
  fit();
}

function tabKey(event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  const next = TABS[(TABS.indexOf(state.tab) + by + TABS.length) % TABS.length];
  setTab(next);
  byId(`tab-${next}`).focus();
  event.preventDefault();
}

function pageKey(event) {
  const typing = event.target.closest?.("input, select, textarea") && event.target.type !== "checkbox";
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && !byId("keys").open && state.selected) closePanel();
  else if (typing) return;
  else if (event.key === "/") byId("search").focus();
  else if (event.key === "?") byId("keys").showModal();
  else if (event.key === "v") byId("only").click();
  else if (/^[1-4]$/.test(event.key)) setTab(TABS[event.key - 1]);
  else return;
  event.preventDefault();
}

/** Closes the panel; the keyboard goes back to where the choice was made. */
function closePanel() {
  select(null);
  if (state.tab === "graph") stage.focus({ preventScroll: true });
  if (state.tab === "matrix") byId("matrix").focus({ preventScroll: true });
}

const THEMES = ["auto", "light", "dark"];
let theme = "auto";

function nextTheme() {
  setTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]);
  announce(`theme: ${theme}`);
  saveSoon();
}

function setTheme(name) {
  theme = name;
  if (name === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  byId("theme").textContent = `Theme: ${name}`;
  recolor();
}

function recolor() {
  readColors();
  legend(tints());
  redraw();
}

let written = "";
let saving = 0;

/** Writes into the address what it takes to come back here. */
function saveSoon() {
  clearTimeout(saving);
  saving = setTimeout(save, 250);
}

function save() {
  const first = firstOpen(groups, 60);
  const same = first.size === state.open.size && [...first].every((key) => state.open.has(key));
  const { selected } = state;
  const fields = { tab: state.tab, by: state.by, open: same ? null : [...state.open].sort().map(encodeURIComponent).join(","),
    box: selected?.box, from: selected?.from, to: selected?.to, rule: state.rule, color: state.color, tests: state.tests && 1,
    externals: state.externals && 1, only: state.only && 1, reduce: state.reduce && 1, theme: theme === "auto" ? null : theme,
    at: [camera.x, camera.y].map(Math.round).concat(camera.k.toPrecision(4)).join(",") };
  const kept = Object.entries(fields).filter(([, value]) => value || value === "");
  written = `#${kept.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`;
  history.replaceState(null, "", written);
}

/** Goes where the address says, and to the beginning where it says nothing. */
function load(first) {
  const fields = new URLSearchParams(location.hash.slice(1) || DATA.start);
  const by = fields.get("by");
  if (by === "package" || (by === "component" && DATA.components.length > 0)) state.by = by;
  groups = buildGroups(state.by);
  const open = fields.get("open");
  state.open = open === null ? firstOpen(groups, 60) : new Set(open.split(",").map(decoded).filter((key) => groups.byKey.has(key)));
  for (const name of ["tests", "externals", "only", "reduce"]) state[name] = fields.get(name) === "1";
  state.tests &&= HAS_TESTS;
  state.rule = RULES.some((rule) => rule.id === fields.get("rule")) ? fields.get("rule") : "";
  if (["layer", "component", "instability", "none"].includes(fields.get("color"))) state.color = fields.get("color");
  setTheme(THEMES.includes(fields.get("theme")) ? fields.get("theme") : "auto");
  switches();
  buildTree();
  update();
  setTab(TABS.includes(fields.get("tab")) ? fields.get("tab") : "graph");
  const known = (key) => groups.byKey.has(key);
  const [one, from, to] = ["box", "from", "to"].map((key) => fields.get(key));
  select(known(one) ? { box: one } : known(from) && known(to) ? { from, to } : null);
  const at = (fields.get("at") ?? "").split(",").map(Number);
  resize();
  if (at.length === 3 && at.every(Number.isFinite) && at[2] > 0) Object.assign(camera, { x: at[0], y: at[1], k: Math.min(MOST, Math.max(LEAST, at[2])) });
  else fitAtOnce();
  if (first) cursor = null;
  redraw();
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function fitAtOnce() {
  const [root] = scene.frames;
  if (!root || size.w === 0) return;
  const k = Math.min(1.15, Math.max(LEAST, Math.min((size.w - 56) / (root.w || 1), (size.h - 72) / (root.h || 1))));
  Object.assign(camera, { k, x: (size.w - root.w * k) / 2, y: (size.h - root.h * k) / 2 });
}

function fillSelects() {
  const rules = [...new Set(FINDINGS.filter((f) => f.status !== "waived").map((f) => f.rule))];
  byId("rule").append(el("option", { value: "" }, "all rules"), ...rules.map((rule) => el("option", { value: rule }, rule)));
  byId("rule-choice").hidden = byId("only-choice").hidden = rules.length === 0;
  const colors = [DATA.components.some((c) => c.layer) && "layer", DATA.components.length > 0 && "component", "instability", "none"];
  byId("color").append(...colors.filter(Boolean).map((name) => el("option", { value: name }, name)));
  const ways = [DATA.components.length > 0 && "component", "package"].filter(Boolean);
  byId("by").append(...ways.map((name) => el("option", { value: name }, `by ${name}`)));
  byId("by-choice").hidden = ways.length < 2;
  byId("tests-choice").hidden = !HAS_TESTS;
  byId("externals-choice").hidden = DATA.externals.length === 0;
  byId("finding-count").textContent = FINDINGS.length > 0 ? ` (${FINDINGS.filter((f) => f.status === "new").length})` : "";
  byId("title").textContent = DATA.title === "" ? "Architecture" : visible(DATA.title);
}

/** Where things stand in the window, for those who drive the page by program. */
window.archlint = {
  where(key) {
    const made = scene.of[groups.byKey.get(key)?.number];
    if (!made) return null;
    const { left, top } = stage.getBoundingClientRect();
    const [x, y] = made.box ? [made.x + made.w / 2, made.y + made.h / 2] : [made.x + 24, made.y + 15];
    return { x: left + x * camera.k + camera.x, y: top + y * camera.k + camera.y, open: !made.box };
  },
  wherePath(from, to, t = 0.5) {
    const is = (a) => a.from.group.key === from && a.to.group.key === to;
    const arrow = scene.drawn.find(is) ?? scene.arrows.find(is);
    if (!arrow) return null;
    const { left, top } = stage.getBoundingClientRect();
    const { x, y } = pointOn(arrow.path, t);
    return { x: left + x * camera.k + camera.x, y: top + y * camera.k + camera.y };
  },
  scene: () => ({
    boxes: scene.boxes.map(({ x, y, w, h, group: at, tint }) => ({ key: at.key, x, y, w, h, tint, rank: at.rank })),
    frames: scene.frames.map(({ x, y, w, h, group: at }) => ({ key: at.key, x, y, w, h })),
    arrows: scene.arrows.map((a) => ({ from: a.from.group.key, to: a.to.group.key, count: a.count, rules: [...new Set([...a.broken].map((f) => f.rule))].sort() })),
  }),
  cursor: () => cursor?.group.key ?? null,
  drawing: () => drawn.cost,
};

fillSelects();
wire();
load(true);
requestAnimationFrame(() => performance.mark("archlint-ready"));
