// @ts-check
// Lists of references and findings, for the panel and the tab of findings.

import { button, el } from "../base/dom.js";
import { number } from "../base/text.js";
import { counts } from "../model/shown.js";
import { model, state } from "./state.js";

/** @import { Place } from "../model/types.d.ts" */
/** @import { Children } from "../base/types.d.ts" */

/**
 * Returns a section with a heading.
 * @param {string} heading
 * @param {Children[]} content
 */
export function section(heading, ...content) {
  return el("section", {}, el("h3", {}, heading), content);
}

/**
 * Returns a list that shows its first items, and more on request.
 * @template T
 * @param {T[]} items
 * @param {(item: T) => HTMLElement} make
 * @param {number} [most]
 */
export function listed(items, make, most = 40) {
  const list = el("ul", { class: "plain" }, items.slice(0, most).map(make));
  let shown = most;
  const more = button(
    `${number(items.length - shown)} more`,
    () => {
      list.append(...items.slice(shown, shown + 10 * most).map(make));
      shown += 10 * most;
      if (shown >= items.length) more.remove();
      else more.textContent = `${number(items.length - shown)} more`;
    },
    { class: "more" },
  );
  return items.length > most ? [list, more] : [list];
}

/**
 * Returns one reference: its position, the named item, and its source line.
 * @param {Place} place
 * @param {boolean} [withEnds] whether the modules at the ends of its edge are shown
 */
export function placeItem(place, withEnds = false) {
  const { file, line, column, context, condition, edge } = place;
  const rules = [
    ...new Set(
      model
        .findingsAt(place)
        .filter((f) => counts(f, state.rule))
        .map((f) => f.rule),
    ),
  ];
  const where = line > 0 ? `${model.fileName(file)}:${line}:${column}` : model.fileName(file);
  const ends = withEnds && edge !== undefined;
  return el(
    "li",
    { class: `site${rules.length > 0 ? " broken" : ""}` },
    el(
      "p",
      { class: "where" },
      el("code", {}, where),
      context !== null && el("span", { class: "chip" }, context),
      condition !== null && el("span", { class: "chip" }, `cfg(${condition})`),
      place.test && el("span", { class: "chip" }, "test"),
      rules.map((rule) => el("span", { class: "chip bad" }, rule)),
    ),
    source(place),
    ends &&
      el(
        "p",
        { class: "quiet" },
        `${model.idOf(model.from[edge])} → ${model.idOf(model.to[edge])}`,
      ),
    named(place),
  );
}

/** @param {Place} place */
function named({ item, named, passes }) {
  if (item === null) return null;
  const by = passes.map(({ module, file, line, column }) => [
    ", re-exported by ",
    el("code", {}, module),
    ` (${model.fileName(file)}:${line}:${column})`,
  ]);
  return el(
    "p",
    { class: "quiet" },
    "names ",
    el("code", {}, item),
    named !== null && [" through ", el("code", {}, named)],
    by,
  );
}

/**
 * Returns the source line, with the reference marked.
 * @param {Place} place
 */
function source({ file, line, column, length }) {
  const found = model.excerpt(file, line);
  if (!found) return null;
  const letters = [...found.text];
  const start = Math.max(0, column - 1 - found.indent);
  const end = length > 0 ? start + length : letters.length;
  const part = (/** @type {number} */ a, /** @type {number} */ b) => letters.slice(a, b).join("");
  return el(
    "pre",
    {},
    el("span", { class: "line-number", "aria-hidden": "true" }, String(line)),
    el("code", {}, part(0, start), el("mark", {}, part(start, end)), part(end, letters.length)),
  );
}
