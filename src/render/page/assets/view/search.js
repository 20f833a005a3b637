// @ts-check
// Search with completion: a combobox over all named groups.

import { announce, byId, el, the } from "../base/dom.js";
import { number, plural } from "../base/text.js";
import { fullName } from "../model/groups.js";
import { ranked } from "../model/ranking.js";
import { reveal } from "./actions.js";
import { stage } from "./camera.js";
import { state, view } from "./state.js";
import { kindOf } from "./words.js";

/** @import { Group } from "../model/types.d.ts" */

const MOST_HITS = 14;
const box = the("search", HTMLInputElement);
const hits = byId("hits");
/** @type {Group[]} */
let found = [];
let current = -1;

function search() {
  const groups = view.tree.all.filter(
    (at) => at.parent && at.kind !== "itself" && (state.tests || !at.test),
  );
  const all = ranked(groups, fullName, box.value);
  found = all.slice(0, MOST_HITS);
  current = found.length > 0 ? 0 : -1;
  showHits(box.value.trim() !== "", all.length);
}

/**
 * @param {boolean} asked
 * @param {number} total
 */
function showHits(asked, total) {
  hits.replaceChildren(
    ...found.map((at, i) =>
      el(
        "li",
        {
          role: "option",
          id: `hit-${i}`,
          "aria-selected": String(i === current),
          onpointerdown: (event) => {
            event.preventDefault();
            take(at);
          },
        },
        el("span", {}, fullName(at)),
        el("span", { class: "quiet" }, kindOf(at)),
      ),
    ),
  );
  if (asked && found.length === 0)
    hits.append(el("li", { class: "quiet" }, "nothing has that name"));
  if (total > found.length)
    hits.append(
      el(
        "li",
        { class: "quiet", "aria-hidden": "true" },
        `and ${number(total - found.length)} more`,
      ),
    );
  hits.hidden = !asked;
  box.setAttribute("aria-expanded", String(asked));
  mark();
  if (asked) announce(plural(total, "hit"));
}

function mark() {
  [...hits.querySelectorAll("[role=option]")].forEach((hit, i) =>
    hit.setAttribute("aria-selected", String(i === current)),
  );
  if (current >= 0) {
    box.setAttribute("aria-activedescendant", `hit-${current}`);
    byId(`hit-${current}`).scrollIntoView({ block: "nearest" });
  } else {
    box.removeAttribute("aria-activedescendant");
  }
}

/** @param {Group} at */
function take(at) {
  closeHits();
  box.value = fullName(at);
  reveal(at);
  if (state.tab === "graph") stage.focus();
}

function closeHits() {
  hits.hidden = true;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

/**
 * Performs the action of a key. Returns whether the key has one.
 * @param {string} key
 */
function searchKey(key) {
  if (key === "ArrowDown" || key === "ArrowUp") {
    const by = key === "ArrowDown" ? 1 : -1;
    if (hits.hidden) search();
    else current = found.length > 0 ? (current + by + found.length) % found.length : -1;
    mark();
  } else if (key === "Enter") {
    if (hits.hidden) search();
    if (found[current]) take(found[current]);
  } else if (key === "Escape") {
    if (hits.hidden) box.value = "";
    closeHits();
  } else {
    return false;
  }
  return true;
}

box.addEventListener("input", search);
box.addEventListener("focus", () => box.select());
box.addEventListener("blur", closeHits);
box.addEventListener("keydown", (event) => {
  if (!searchKey(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
});
