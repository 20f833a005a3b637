// @ts-check
// Textual descriptions of boxes and arrows.

import { number, plural, visible } from "../base/text.js";
import { fullName } from "../model/groups.js";
import { model, view } from "./state.js";

/** @import { Arrow, Group, Part } from "../model/types.d.ts" */

/**
 * Describes a box in one sentence.
 * @param {Part} part
 */
export function describe(part) {
  const at = part.group;
  const arrows = view.scene.arrows.filter((a) => a.from === part || a.to === part);
  const out = arrows.filter((a) => a.from === part).length;
  const broken = new Set(arrows.flatMap((a) => [...a.broken])).size;
  const parts = [`${fullName(at)}, ${kindOf(at)}`];
  if (at.children.length > 0) parts.push(`closed, ${plural(at.nodes.length, "module")} inside`);
  parts.push(`uses ${out}, used by ${arrows.length - out}`);
  if (broken > 0) parts.push(plural(broken, "finding"));
  if (part.hidden.size > 0) parts.push(`${plural(part.hidden.size, "finding")} inside`);
  return visible(parts.join(" · "));
}

/**
 * Describes an arrow in one sentence.
 * @param {Arrow} arrow
 */
export function describeArrow(arrow) {
  const rules = arrow.broken.size > 0 ? ` · breaks ${labelOf(arrow)}` : "";
  const ends = `${fullName(arrow.from.group)} → ${fullName(arrow.to.group)}`;
  const byName = arrow.naming ? " by name alone" : "";
  return visible(`${ends} · ${plural(arrow.count, "reference")}${byName}${rules}`);
}

/**
 * Returns the ids of the rules that an arrow breaks, sorted.
 * @param {Arrow} arrow
 */
export function rulesOf(arrow) {
  return [...new Set([...arrow.broken].map((finding) => finding.rule))].sort();
}

/**
 * Returns the rules that an arrow breaks, or else the number of its references.
 * @param {Arrow} arrow
 */
export function labelOf(arrow) {
  const rules = rulesOf(arrow);
  if (rules.length === 0) return number(arrow.count);
  return rules.length > 2 ? `${rules[0]} and ${rules.length - 1} more` : rules.join(", ");
}

/**
 * Returns `bad` (red) for an error, `warn` (amber) for a warning.
 * @param {Arrow} arrow
 */
export function badness(arrow) {
  return [...arrow.broken].some((finding) => finding.severity === "error") ? "bad" : "warn";
}

/**
 * Returns the kind of a group, for people.
 * @param {Group} at
 */
export function kindOf(at) {
  switch (at.kind) {
    case "itself":
      return "the module itself";
    case "crate":
      return `crate (${model.data.targets[model.modules[at.node].target]})`;
    case "external":
      return "external crate";
    case "externals":
      return "crates outside the workspace";
    default:
      return at.kind;
  }
}
