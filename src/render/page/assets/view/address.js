// @ts-check
// The link to the reader's current view: the state, as the fragment of the address.

import { firstOpen } from "../model/groups.js";
import { select, setTab, update } from "./actions.js";
import { fitAtOnce, redraw, resize, within } from "./camera.js";
import { AT_FIRST, emit, model, on, state, SWITCHES, TABS, THEMES, treeBy, view } from "./state.js";
import { setTheme } from "./theme.js";

/** @import { Way } from "../model/data.d.ts" */
/** @import { Color, Selection, Signal } from "./types.d.ts" */

/** @type {Color[]} */
const COLORS = ["layer", "component", "instability", "none"];
/** @type {Signal[]} */
const SIGNALS = ["shown", "selected", "tab", "theme", "moved"];

let written = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let saving;

/** Writes the state to the address, after a short delay. */
function saveSoon() {
  clearTimeout(saving);
  saving = setTimeout(save, 250);
}

function save() {
  const { camera } = view;
  const first = firstOpen(view.tree, AT_FIRST);
  const same = first.size === state.open.size && [...first].every((key) => state.open.has(key));
  /** @type {[string, string][]} */
  const fields = [
    ["tab", state.tab],
    ["by", state.by],
  ];
  if (!same) fields.push(["open", [...state.open].sort().map(encodeURIComponent).join(",")]);
  fields.push(
    ...Object.entries(state.selected ?? {}),
    ["rule", state.rule],
    ["color", state.color],
  );
  for (const name of SWITCHES) if (state[name]) fields.push([name, "1"]);
  if (state.theme !== "auto") fields.push(["theme", state.theme]);
  fields.push([
    "at",
    [camera.x, camera.y].map(Math.round).join(",") + `,${camera.k.toPrecision(4)}`,
  ]);
  written = `#${fields.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`;
  history.replaceState(null, "", written);
}

/**
 * Restores the state from the address, or the initial state if the address contains none.
 * @param {boolean} first
 */
export function load(first) {
  const fields = new URLSearchParams(location.hash.slice(1) || model.data.start);
  const by = /** @type {Way} */ (fields.get("by"));
  if (model.trees.has(by)) state.by = by;
  view.tree = treeBy(state.by);
  const { byKey } = view.tree;
  const open = fields.get("open");
  state.open =
    open === null
      ? firstOpen(view.tree, AT_FIRST)
      : new Set(
          open
            .split(",")
            .map(decoded)
            .filter((key) => byKey.has(key)),
        );
  for (const name of SWITCHES) state[name] = fields.get(name) === "1";
  state.tests &&= model.hasTests;
  const rule = fields.get("rule") ?? "";
  state.rule = model.rules.some(({ id }) => id === rule) ? rule : "";
  state.color = COLORS.find((name) => name === fields.get("color")) ?? state.color;
  setTheme(THEMES.find((name) => name === fields.get("theme")) ?? "auto");
  emit("tree");
  update();
  setTab(TABS.find((name) => name === fields.get("tab")) ?? "graph");
  select(selectionOf(fields));
  resize();
  look(fields.get("at") ?? "");
  if (first) view.cursor = null;
  redraw();
}

/**
 * @param {URLSearchParams} fields
 * @returns {Selection | null}
 */
function selectionOf(fields) {
  const known = (/** @type {string} */ name) => {
    const key = fields.get(name);
    return key !== null && view.tree.byKey.has(key) ? key : null;
  };
  const [box, from, to] = [known("box"), known("from"), known("to")];
  if (box !== null) return { box };
  return from !== null && to !== null ? { from, to } : null;
}

/**
 * Sets the camera as stated in an address, or to show the whole picture.
 * @param {string} at
 */
function look(at) {
  const [x, y, k, ...more] = at.split(",").map(Number);
  if (more.length === 0 && [x, y, k].every(Number.isFinite) && k > 0)
    Object.assign(view.camera, { x, y, k: within(k) });
  else fitAtOnce();
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

SIGNALS.forEach((signal) => on(signal, saveSoon));
window.addEventListener("hashchange", () => location.hash !== written && load(false));
