// @ts-check
// The tree beside the stage: all groups, independent of the graph's content. A branch is created
// when it is first opened.

import { around, byId, el } from "../base/dom.js";
import { reveal } from "./actions.js";
import { model, on, state, view } from "./state.js";
import { kindOf } from "./words.js";

/** @import { Group } from "../model/types.d.ts" */

const tree = byId("tree");

function buildTree() {
  tree.replaceChildren(...childrenOf(view.tree.root).map((at) => treeItem(at, 1)));
  tree.querySelector("[role=treeitem]")?.setAttribute("tabindex", "0");
}

/** @param {Group} at */
function childrenOf(at) {
  return at.children.filter((child) => child.kind !== "itself" && (state.tests || !child.test));
}

/**
 * @param {Group} at
 * @param {number} level
 */
function treeItem(at, level) {
  const branch = childrenOf(at).length > 0;
  const layer = at.kind === "component" ? model.componentOf(at.nodes)?.layer : null;
  const row = el(
    "div",
    { class: "row" },
    branch &&
      el("span", {
        class: "twist",
        "aria-hidden": "true",
        onclick: (event) => {
          event.stopPropagation();
          twist(item);
        },
      }),
    el("span", { class: "name" }, at.name),
    layer && el("span", { class: "chip" }, layer),
  );
  const item = el(
    "div",
    {
      role: "treeitem",
      tabindex: "-1",
      "aria-level": String(level),
      "aria-selected": "false",
      "aria-expanded": branch ? "false" : null,
      "aria-label": `${at.name}, ${kindOf(at)}`,
      "data-key": at.key,
    },
    row,
  );
  row.addEventListener("click", () => {
    focusItem(item);
    reveal(at);
  });
  row.addEventListener("dblclick", () => branch && twist(item));
  return item;
}

/**
 * Returns the group of an item.
 * @param {HTMLElement} item
 */
function groupOf(item) {
  return view.tree.byKey.get(item.dataset.key ?? "");
}

/**
 * Opens or closes a branch.
 * @param {HTMLElement} item
 * @param {boolean} [open]
 */
function twist(item, open = item.getAttribute("aria-expanded") === "false") {
  if (!item.hasAttribute("aria-expanded")) return;
  item.setAttribute("aria-expanded", String(open));
  item.querySelector(":scope > [role=group]")?.remove();
  const at = groupOf(item);
  if (!open || !at) return;
  const level = Number(item.getAttribute("aria-level")) + 1;
  item.append(
    el(
      "div",
      { role: "group" },
      childrenOf(at).map((child) => treeItem(child, level)),
    ),
  );
}

/** @param {Element | null | undefined} item */
function focusItem(item) {
  if (!(item instanceof HTMLElement)) return;
  tree.querySelectorAll("[tabindex='0']").forEach((other) => other.setAttribute("tabindex", "-1"));
  item.setAttribute("tabindex", "0");
  item.focus();
}

/** Marks the selection if its branch is open. */
function follow() {
  const key = state.selected && "box" in state.selected ? state.selected.box : null;
  for (const item of items()) {
    const own = item.dataset.key;
    item.setAttribute("aria-selected", String(own === key || `${own}/self` === key));
  }
}

/** Returns the items in open branches. @returns {HTMLElement[]} */
function items() {
  return [...tree.querySelectorAll("[role=treeitem]")].filter(
    (item) => item instanceof HTMLElement,
  );
}

/**
 * Performs the action of a key at an item. Returns whether the key has one.
 * @param {string} key
 * @param {HTMLElement} item
 */
function itemKey(key, item) {
  const all = items();
  const at = all.indexOf(item);
  const open = item.getAttribute("aria-expanded");
  if (key === "ArrowDown") focusItem(all[at + 1]);
  else if (key === "ArrowUp") focusItem(all[at - 1]);
  else if (key === "ArrowRight" && open === "false") twist(item, true);
  else if (key === "ArrowRight") focusItem(item.querySelector("[role=treeitem]"));
  else if (key === "ArrowLeft" && open === "true") twist(item, false);
  else if (key === "ArrowLeft") focusItem(item.parentElement?.closest("[role=treeitem]"));
  else if (key === "Home") focusItem(all[0]);
  else if (key === "End") focusItem(all[all.length - 1]);
  else if (key === "Enter" || key === " ") reveal(groupOf(item));
  else return false;
  return true;
}

tree.addEventListener("keydown", (event) => {
  const item = around(event, "[role=treeitem]");
  if (!item || event.ctrlKey || event.metaKey || event.altKey || !itemKey(event.key, item)) return;
  event.preventDefault();
  event.stopPropagation();
});
on("tree", buildTree);
on("selected", follow);
