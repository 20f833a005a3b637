// @ts-check
// The bar of switches, the tabs, the legend, and the note on the content of the picture.

import { announce, byId, el, placed, the } from "../base/dom.js";
import { number, plural, visible } from "../base/text.js";
import {
  closePanel,
  collapseAll,
  expandAll,
  openBroken,
  regroup,
  setRule,
  setTab,
  update,
} from "./actions.js";
import { fit, zoom } from "./camera.js";
import { emit, model, on, state, SWITCHES, TABS, THEMES, view } from "./state.js";
import { recolor, setTheme, tintColor, tints } from "./theme.js";
import { badness } from "./words.js";

/** @import { Color } from "./types.d.ts" */
/** @import { Way } from "../model/data.d.ts" */

const LEGEND_ROWS = 16;

/** @param {string} id */
const menu = (id) => the(id, HTMLSelectElement);
/** @param {string} id */
const box = (id) => the(id, HTMLInputElement);

function legend() {
  const used = new Set([...view.scene.boxes, ...view.scene.frames].map((part) => part.tint));
  const rows = tints()
    .flatMap((label, i) => {
      if (!used.has(i)) return [];
      return [
        el("li", {}, placed(el("span", { class: "swatch" }), { background: tintColor(i) }), label),
      ];
    })
    .slice(0, LEGEND_ROWS);
  const broken = new Set(view.scene.arrows.filter((arrow) => arrow.broken.size > 0).map(badness));
  if (broken.has("bad"))
    rows.push(el("li", {}, el("span", { class: "swatch stroke" }), "breaks a rule"));
  if (broken.has("warn"))
    rows.push(
      el("li", {}, el("span", { class: "swatch stroke warn" }), "breaks a rule that warns"),
    );
  byId("legend").replaceChildren(...rows);
}

function notes() {
  const { boxes, arrows, drawn, implied } = view.scene;
  const bad = arrows.filter((arrow) => arrow.broken.size > 0).length;
  const bundles = drawn.filter((arrow) => arrow.bundle).length;
  const parts = [plural(boxes.length, "box", "boxes"), plural(arrows.length, "arrow")];
  if (bad > 0) parts.push(`${bad} broken`);
  if (implied > 0) parts.push(`${number(implied)} left out, since longer chains imply them`);
  if (bundles > 0)
    parts.push(`those between frames drawn as ${number(bundles)}; point at a box for its own`);
  byId("count").textContent = parts.join(" · ");
  byId("empty").hidden = boxes.length > 0;
  byId("empty").textContent = state.only
    ? "Nothing breaks a rule here."
    : "There is nothing to show.";
}

/** Sets every switch to the current state. */
function switches() {
  for (const name of SWITCHES) box(name).checked = state[name];
  for (const name of /** @type {const} */ (["rule", "color", "by"])) menu(name).value = state[name];
}

function nextTheme() {
  setTheme(THEMES[(THEMES.indexOf(state.theme) + 1) % THEMES.length]);
  announce(`theme: ${state.theme}`);
}

/** @param {typeof SWITCHES[number]} name */
function switched(name) {
  state[name] = box(name).checked;
  if (name === "tests") emit("tree");
  if (name === "only" && state.only) openBroken();
  update();
  if (name === "only" || name === "externals") fit();
}

/** @param {KeyboardEvent} event */
function tabKey(event) {
  const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (by === 0) return;
  const next = TABS[(TABS.indexOf(state.tab) + by + TABS.length) % TABS.length];
  setTab(next);
  byId(`tab-${next}`).focus();
  event.preventDefault();
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (target instanceof HTMLInputElement) return target.type !== "checkbox";
  return target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}

/** @param {KeyboardEvent} event */
function pageKey(event) {
  const keys = the("keys", HTMLDialogElement);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && !keys.open && state.selected) closePanel();
  else if (isTyping(event.target)) return;
  else if (event.key === "/") byId("search").focus();
  else if (event.key === "?") keys.showModal();
  else if (event.key === "v") byId("only").click();
  else if (/^[1-4]$/.test(event.key)) setTab(TABS[Number(event.key) - 1]);
  else return;
  event.preventDefault();
}

/** Fills the menus from the workspace, and hides controls without effect. */
export function fillBar() {
  const { components, externals, groupings, title } = model.data;
  const rules = [
    ...new Set(model.findings.filter((f) => f.status !== "waived").map((f) => f.rule)),
  ];
  menu("rule").append(
    el("option", { value: "" }, "all rules"),
    ...rules.map((rule) => el("option", { value: rule }, rule)),
  );
  byId("rule-choice").hidden = byId("only-choice").hidden = rules.length === 0;
  const colors = [
    components.some((c) => c.layer) && "layer",
    components.length > 0 && "component",
    "instability",
    "none",
  ];
  menu("color").append(
    ...colors.flatMap((name) => (name ? [el("option", { value: name }, name)] : [])),
  );
  menu("by").append(...groupings.map(({ way }) => el("option", { value: way }, `by ${way}`)));
  byId("by-choice").hidden = groupings.length < 2;
  byId("tests-choice").hidden = !model.hasTests;
  byId("externals-choice").hidden = externals.length === 0;
  const fresh = model.findings.filter((f) => f.status === "new").length;
  byId("finding-count").textContent = model.findings.length > 0 ? ` (${fresh})` : "";
  byId("title").textContent = title === "" ? "Architecture" : visible(title);
}

/** Connects every control to its action. */
export function wireBar() {
  for (const name of SWITCHES) byId(name).addEventListener("change", () => switched(name));
  byId("rule").addEventListener("change", () => setRule(menu("rule").value));
  byId("color").addEventListener("change", () => {
    state.color = /** @type {Color} */ (menu("color").value);
    update();
  });
  byId("by").addEventListener("change", () => regroup(/** @type {Way} */ (menu("by").value)));
  const actions = {
    "zoom-in": () => zoom(1.3),
    "zoom-out": () => zoom(1 / 1.3),
    fit: () => fit(),
    "expand-all": expandAll,
    "collapse-all": collapseAll,
    "panel-close": closePanel,
    theme: nextTheme,
    help: () => the("keys", HTMLDialogElement).showModal(),
  };
  for (const [id, action] of Object.entries(actions)) byId(id).addEventListener("click", action);
  TABS.forEach((tab) => byId(`tab-${tab}`).addEventListener("click", () => setTab(tab)));
  byId("tabs").addEventListener("keydown", tabKey);
  document.addEventListener("keydown", pageKey);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolor);
  window.addEventListener("beforeprint", () => state.tab === "graph" && fit());
}

on("shown", () => {
  switches();
  legend();
  notes();
});
on("theme", legend);
