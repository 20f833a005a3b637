// @ts-check
// The findings by rule, each with its reason, the remedy, and its places.

import { button, byId, el, prose, the } from "../base/dom.js";
import { number, plural } from "../base/text.js";
import { openTo, reveal, select, setRule, setTab, update } from "./actions.js";
import { fit } from "./camera.js";
import { listed, placeItem } from "./lists.js";
import { model, on, state, view } from "./state.js";

/** @import { Rule, Status } from "../model/data.d.ts" */
/** @import { Finding, Hop, Rectangle } from "../model/types.d.ts" */

/** @type {Status[]} */
const STATUSES = ["new", "baseline", "waived"];
const wanted = new Set(STATUSES);

function buildFindings() {
  const body = byId("findings-body");
  const { findings } = model.data;
  if (!findings) return body.replaceChildren(el("p", { class: "quiet" }, "Nothing was checked."));
  const { errors, warnings, baseline, waived, rules, modules } = findings.summary;
  /** @type {Map<string, Finding[]>} */
  const by = new Map();
  for (const finding of model.findings) {
    if (!wanted.has(finding.status) || (state.rule !== "" && finding.rule !== state.rule)) continue;
    by.set(finding.rule, [...(by.get(finding.rule) ?? []), finding]);
  }
  const known = new Map(model.rules.map((rule) => [rule.id, rule]));
  const sections = [...by].map(([rule, list]) => ruleSection(rule, known.get(rule), list));
  const kept = model.rules.filter((rule) => !model.findings.some((f) => f.rule === rule.id));
  const quiet =
    model.findings.length === 0
      ? "Nothing breaks a rule."
      : "No finding has the chosen rule and status.";
  body.replaceChildren(
    el(
      "p",
      { class: "summary" },
      `${plural(errors, "error")}, ${plural(warnings, "warning")}, ` +
        `${number(baseline)} in the baseline, ${number(waived)} waived; ${plural(rules, "rule")} on ${plural(modules, "module")}.`,
    ),
    statusFilter(),
    ...(sections.length > 0 ? sections : [el("p", { class: "quiet" }, quiet)]),
    ...(kept.length > 0 && state.rule === "" ? [keptRules(kept)] : []),
  );
}

function statusFilter() {
  const one = (/** @type {Status} */ status) => {
    const count = model.findings.filter((finding) => finding.status === status).length;
    const input = el("input", {
      type: "checkbox",
      onchange: () => {
        if (input.checked) wanted.add(status);
        else wanted.delete(status);
        buildFindings();
        byId(`status-${status}`).focus();
      },
      id: `status-${status}`,
    });
    input.checked = wanted.has(status);
    return el("label", {}, input, ` ${status} (${number(count)})`);
  };
  return el("fieldset", { class: "filters" }, el("legend", {}, "Status"), STATUSES.map(one));
}

/**
 * @param {string} id
 * @param {Rule | undefined} rule
 * @param {Finding[]} list
 */
function ruleSection(id, rule, list) {
  const severity = rule?.severity ?? list[0].severity;
  return el(
    "section",
    { class: "rule", "aria-label": id },
    el(
      "h2",
      {},
      el("span", { class: `chip ${severity === "error" ? "bad" : "warn"}` }, severity),
      " ",
      id,
      " ",
      el("span", { class: "quiet" }, `${number(list.length)}${rule ? ` · ${rule.about}` : ""}`),
    ),
    reasons(rule?.reason, rule?.instead),
    listed(list, (finding) => findingItem(finding, rule), 100),
  );
}

/**
 * Returns the reason for a rule, and the alternative that it recommends.
 * @param {string | null | undefined} reason
 * @param {string | null | undefined} instead
 */
function reasons(reason, instead) {
  return [
    reason && el("p", {}, prose(reason)),
    instead && el("p", { class: "instead" }, "Instead: ", prose(instead)),
  ];
}

/**
 * @param {Finding} finding
 * @param {Rule | undefined} rule
 */
function findingItem(finding, rule) {
  const details = el(
    "details",
    { id: `finding-${finding.number}` },
    el(
      "summary",
      {},
      el("span", { class: "message" }, prose(finding.message)),
      " ",
      finding.owner !== null && el("span", { class: "chip" }, finding.owner),
      el("span", { class: `chip ${finding.status}` }, finding.status),
    ),
  );
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1)
      details.append(...findingBody(finding, rule));
  });
  return el("li", { class: "finding" }, details);
}

/**
 * @param {Finding} finding
 * @param {Rule | undefined} rule
 */
function findingBody(finding, rule) {
  const hop = (/** @type {Hop} */ { from, to, places }) =>
    el(
      "li",
      {},
      el("p", { class: "hop" }, el("code", {}, from), " → ", el("code", {}, to)),
      listed(places, (place) => placeItem(place), 5),
    );
  const own = (/** @type {"reason" | "instead"} */ key) =>
    finding[key] !== rule?.[key] ? finding[key] : null;
  return el(
    "div",
    {},
    reasons(own("reason"), own("instead")),
    finding.components.length > 0 &&
      el("p", { class: "quiet" }, "Components: ", finding.components.join(" → ")),
    el(
      "p",
      { class: "actions" },
      button("Show in graph", () => showFinding(finding), { "data-action": "reveal" }),
    ),
    finding.chain.length > 0 && el("ol", { class: "plain chain" }, finding.chain.map(hop)),
    finding.places.length > 0 && listed(finding.places, (place) => placeItem(place), 10),
  ).childNodes;
}

/**
 * Returns a finding for the panel of an arrow.
 * @param {Finding} finding
 */
export function findingCard(finding) {
  return el(
    "div",
    { class: `card ${finding.severity}` },
    el(
      "p",
      {},
      el("span", { class: `chip ${finding.severity === "error" ? "bad" : "warn"}` }, finding.rule),
      " ",
      prose(finding.message),
    ),
    reasons(finding.reason, finding.instead),
    el(
      "p",
      { class: "actions" },
      button("Open finding", () => openFinding(finding)),
    ),
  );
}

/**
 * Shows a finding in the tab of findings.
 * @param {Finding} finding
 */
export function openFinding(finding) {
  wanted.add(finding.status);
  if (state.rule !== "" && state.rule !== finding.rule) setRule("");
  setTab("findings");
  const id = `finding-${finding.number}`;
  // A long list shows only its first findings.
  if (!document.getElementById(id)) return;
  const details = the(id, HTMLDetailsElement);
  details.open = true;
  details.scrollIntoView({ block: "center" });
  details.querySelector("summary")?.focus();
}

/**
 * Shows the arrows of a finding in the graph: opens the groups that hide them, and selects the
 * first.
 * @param {Finding} finding
 */
function showFinding(finding) {
  const { leafOf } = view.tree;
  const edges = [...model.marks].flatMap(([edge, findings]) =>
    findings.includes(finding) ? [edge] : [],
  );
  const ends = edges.flatMap((edge) => [model.from[edge], model.to[edge]]);
  if (ends.length === 0) {
    const named = [finding.from, finding.to].map((id) => (id ? model.nodeOf(id) : undefined));
    ends.push(...named.filter((node) => node !== undefined));
  }
  const leaves = [...new Set(ends)].map((node) => leafOf[node]);
  if (leaves.length === 0) return showComponents(finding);
  leaves.forEach(openTo);
  if (ends.some((node) => !model.isExternal(node) && model.modules[node].test)) state.tests = true;
  setTab("graph");
  update();
  const [edge] = edges;
  if (edge !== undefined)
    select({ from: leafOf[model.from[edge]].key, to: leafOf[model.to[edge]].key });
  else select({ box: leaves[0].key });
  fit(surrounding(leaves.flatMap((leaf) => view.scene.of[leaf.number] ?? [])), 1);
}

/** @param {Finding} finding */
function showComponents(finding) {
  reveal(finding.components.map((name) => view.tree.byKey.get(`component:${name}`)).find(Boolean));
}

/**
 * Returns the bounding box of some boxes.
 * @param {Rectangle[]} boxes
 * @returns {Rectangle}
 */
function surrounding(boxes) {
  const [x, y] = [Math.min(...boxes.map((b) => b.x)), Math.min(...boxes.map((b) => b.y))];
  const [right, bottom] = [
    Math.max(...boxes.map((b) => b.x + b.w)),
    Math.max(...boxes.map((b) => b.y + b.h)),
  ];
  return { x, y, w: right - x, h: bottom - y };
}

/** @param {Rule[]} rules */
function keptRules(rules) {
  return el(
    "details",
    {},
    el("summary", {}, `${plural(rules.length, "rule")} without a finding`),
    el(
      "ul",
      { class: "plain" },
      rules.map((rule) =>
        el(
          "li",
          {},
          el("code", {}, rule.id),
          " ",
          el("span", { class: "quiet" }, rule.reason ?? rule.about),
        ),
      ),
    ),
  );
}

for (const signal of /** @type {const} */ (["tab", "rule"]))
  on(signal, () => state.tab === "findings" && buildFindings());
