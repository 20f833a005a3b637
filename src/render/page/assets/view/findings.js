// The findings, by rule, each with why it matters, what to do, and where it shows.

const STATUSES = ["new", "baseline", "waived"];
const wanted = new Set(STATUSES);

function buildFindings() {
  const body = byId("findings-body");
  if (!DATA.findings) return body.replaceChildren(el("p", { class: "quiet" }, "Nothing was checked."));
  const { summary } = DATA.findings;
  const by = new Map();
  for (const finding of FINDINGS) {
    if (!wanted.has(finding.status) || (state.rule !== "" && finding.rule !== state.rule)) continue;
    by.set(finding.rule, [...(by.get(finding.rule) ?? []), finding]);
  }
  const known = new Map(RULES.map((rule) => [rule.id, rule]));
  const sections = [...by].map(([rule, list]) => ruleSection(rule, known.get(rule), list));
  const kept = RULES.filter((rule) => !FINDINGS.some((f) => f.rule === rule.id));
  const quiet = FINDINGS.length === 0 ? "Nothing breaks a rule." : "No finding has the chosen rule and status.";
  body.replaceChildren(
    el("p", { class: "summary" }, `${plural(summary.errors, "error")}, ${plural(summary.warnings, "warning")}, ` +
      `${number(summary.baseline)} in the baseline, ${number(summary.waived)} waived; ${plural(summary.rules, "rule")} on ${plural(summary.modules, "module")}.`),
    statusFilter(),
    ...(sections.length > 0 ? sections : [el("p", { class: "quiet" }, quiet)]),
    kept.length > 0 && state.rule === "" ? keptRules(kept) : "");
}

function statusFilter() {
  const one = (status) => {
    const count = FINDINGS.filter((finding) => finding.status === status).length;
    const input = el("input", { type: "checkbox", onchange: () => {
      if (input.checked) wanted.add(status);
      else wanted.delete(status);
      buildFindings();
      byId(`status-${status}`).focus();
    }, id: `status-${status}` });
    input.checked = wanted.has(status);
    return el("label", {}, input, ` ${status} (${number(count)})`);
  };
  return el("fieldset", { class: "filters" }, el("legend", {}, "Status"), STATUSES.map(one));
}

function ruleSection(id, rule, list) {
  const severity = rule?.severity ?? list[0].severity;
  return el("section", { class: "rule", "aria-label": id },
    el("h2", {}, el("span", { class: `chip ${severity === "error" ? "bad" : "warn"}` }, severity), " ", id, " ",
      el("span", { class: "quiet" }, `${number(list.length)}${rule ? ` · ${rule.about}` : ""}`)),
    rule?.reason && el("p", {}, prose(rule.reason)),
    rule?.instead && el("p", { class: "instead" }, "Instead: ", prose(rule.instead)),
    listed(list, (finding) => findingItem(finding, rule), 100));
}

function findingItem(finding, rule) {
  const details = el("details", { id: `finding-${finding.number}` },
    el("summary", {}, el("span", { class: "message" }, prose(finding.message)), " ",
      finding.owner && el("span", { class: "chip" }, finding.owner), el("span", { class: `chip ${finding.status}` }, finding.status)));
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) details.append(...findingBody(finding, rule));
  });
  return el("li", { class: "finding" }, details);
}

function findingBody(finding, rule) {
  const hop = ([from, to, places]) => el("li", {}, el("p", { class: "hop" }, el("code", {}, from), " → ", el("code", {}, to)),
    listed(places.map(placeOf), (place) => siteItem(place), 5));
  return [
    finding.reason && finding.reason !== rule?.reason && el("p", {}, prose(finding.reason)),
    finding.instead && finding.instead !== rule?.instead && el("p", { class: "instead" }, "Instead: ", prose(finding.instead)),
    finding.components.length > 0 && el("p", { class: "quiet" }, "Components: ", finding.components.join(" → ")),
    el("p", { class: "actions" }, button("Show in graph", () => showFinding(finding), { "data-action": "reveal" })),
    finding.chain.length > 0 && el("ol", { class: "plain chain" }, finding.chain.map(hop)),
    finding.sites.length > 0 && listed(finding.sites.map(placeOf), (place) => siteItem(place), 10),
  ].flat().filter(Boolean);
}

/** A finding in the panel of an arrow. */
function findingCard(finding) {
  return el("div", { class: `card ${finding.severity}` },
    el("p", {}, el("span", { class: `chip ${finding.severity === "error" ? "bad" : "warn"}` }, finding.rule), " ", prose(finding.message)),
    finding.reason && el("p", {}, prose(finding.reason)),
    finding.instead && el("p", { class: "instead" }, "Instead: ", prose(finding.instead)),
    el("p", { class: "actions" }, button("Open finding", () => openFinding(finding))));
}

/** Goes to a finding in its tab. */
function openFinding(finding) {
  if (!wanted.has(finding.status)) wanted.add(finding.status);
  if (state.rule !== "" && state.rule !== finding.rule) setRule("");
  setTab("findings");
  const details = byId(`finding-${finding.number}`);
  if (!details) return;
  details.open = true;
  details.scrollIntoView({ block: "center" });
  details.querySelector("summary").focus();
}

/** Shows the arrows of a finding in the graph: opens what hides them, and chooses the first. */
function showFinding(finding) {
  const edges = [...MARKS].filter(([, marks]) => marks.includes(finding.number)).map(([edge]) => edge);
  const ends = edges.flatMap((edge) => [FROM[edge], TO[edge]]);
  if (ends.length === 0) ends.push(...[finding.from, finding.to].filter(Boolean).map(nodeOf).filter((n) => n !== undefined));
  const leaves = [...new Set(ends)].map((node) => groups.leafOf[node]);
  if (leaves.length === 0) return showComponents(finding);
  leaves.forEach(openTo);
  if (ends.some((node) => !isExternal(node) && MODULES[node].test)) state.tests = true;
  setTab("graph");
  update();
  const [edge] = edges;
  if (edge !== undefined) select({ from: groups.leafOf[FROM[edge]].key, to: groups.leafOf[TO[edge]].key });
  else select({ box: leaves[0].key });
  const boxes = leaves.map((leaf) => scene.of[leaf.number]).filter(Boolean);
  fit(surrounding(boxes), 1);
}

function showComponents(finding) {
  const at = finding.components.map((name) => groups.byKey.get(`component:${name}`)).find(Boolean);
  if (at) reveal(at);
}

/** The rectangle around some boxes. */
function surrounding(boxes) {
  const [x, y] = [Math.min(...boxes.map((b) => b.x)), Math.min(...boxes.map((b) => b.y))];
  const [right, bottom] = [Math.max(...boxes.map((b) => b.x + b.w)), Math.max(...boxes.map((b) => b.y + b.h))];
  return { x, y, w: right - x, h: bottom - y };
}

function keptRules(rules) {
  return el("details", {}, el("summary", {}, `${plural(rules.length, "rule")} without a finding`),
    el("ul", { class: "plain" }, rules.map((rule) => el("li", {}, el("code", {}, rule.id), " ", el("span", { class: "quiet" }, rule.reason ?? rule.about)))));
}
