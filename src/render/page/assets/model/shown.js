// Which boxes, frames and arrows are shown, by what is open and what is asked for.

/** What the reader chose. Everything in it goes into the link. */
const state = {
  tab: "graph",
  by: DATA.components.length > 0 ? "component" : "package",
  open: new Set(),
  tests: false,
  externals: false,
  only: false,
  reduce: false,
  rule: "",
  color: DATA.components.some((c) => c.layer) ? "layer" : DATA.components.length > 0 ? "component" : "none",
  selected: null, // { box: key } or { from: key, to: key }
};

let groups = buildGroups(state.by);
state.open = firstOpen(groups, 60);

/** Whether a finding counts as broken: not waived, and of the chosen rule where there is one. */
function counts(finding) {
  return finding.status !== "waived" && (state.rule === "" || finding.rule === state.rule);
}

const referencesOf = (edge) => COUNT[edge] - (state.tests ? 0 : TEST_SITES[edge]);
const brokenBy = (edge) => (MARKS.get(edge) ?? []).map((f) => FINDINGS[f]).filter(counts);

/** The boxes, frames and arrows of now. */
function show() {
  const violated = new Set();
  for (const edge of MARKS.keys()) {
    if (referencesOf(edge) > 0 && brokenBy(edge).length > 0) violated.add(edge);
  }
  const forced = new Set([...violated].map((edge) => TO[edge]).filter(isExternal));
  const shown = { boxes: [], frames: [], of: new Array(groups.all.length), arrows: [] };
  const touched = state.only ? ends(violated) : null;
  for (const at of groups.all) place(at, shown, forced, touched);
  shown.arrows = arrowsOf(shown, violated);
  const all = shown.arrows.length;
  if (state.reduce && !state.only) shown.arrows = reduced(shown);
  shown.implied = all - shown.arrows.length;
  return shown;
}

function ends(edges) {
  const nodes = new Set();
  for (const edge of edges) nodes.add(FROM[edge]).add(TO[edge]);
  return nodes;
}

/** Opens what hides an arrow that breaks a rule: every group that both of its ends lie in. */
function openBroken() {
  for (const edge of MARKS.keys()) {
    if (referencesOf(edge) === 0 || brokenBy(edge).length === 0) continue;
    const above = new Set(around(groups.leafOf[TO[edge]]));
    around(groups.leafOf[FROM[edge]]).filter((at) => above.has(at)).forEach((at) => state.open.add(at.key));
  }
}

/** Parents come first: what is inside a box is that box, what is inside a frame is a box or a frame. */
function place(at, shown, forced, touched) {
  const above = at.parent ? shown.of[at.parent.number] : null;
  if (at.parent && (above === undefined || above.box)) {
    shown.of[at.number] = above;
    return;
  }
  if (at.parent && hidden(at, forced, touched)) return;
  const few = at.kind === "externals" && !state.externals;
  const open = !at.parent || few || (state.open.has(at.key) && at.children.length > 0);
  const made = { group: at, box: !open, frame: above ?? null, number: 0, inner: new Set() };
  shown.of[at.number] = made;
  made.number = (open ? shown.frames : shown.boxes).push(made) - 1;
}

function hidden(at, forced, touched) {
  if (at.test && !state.tests) return true;
  if (touched && !at.nodes.some((node) => touched.has(node))) return true;
  if (at.kind === "externals" || at.kind === "external") {
    return !state.externals && !at.nodes.some((node) => forced.has(node));
  }
  return false;
}

function arrowsOf(shown, violated) {
  const arrows = new Map();
  for (let edge = 0; edge < EDGES; edge++) {
    const count = referencesOf(edge);
    const broken = violated.has(edge);
    if (count === 0 || (!broken && (state.only || (isExternal(TO[edge]) && !state.externals)))) continue;
    const from = shown.of[groups.leafOf[FROM[edge]].number];
    const to = shown.of[groups.leafOf[TO[edge]].number];
    if (!from || !to) continue;
    if (from === to) {
      if (broken) brokenBy(edge).forEach((finding) => from.inner.add(finding));
      continue;
    }
    const key = from.number * shown.boxes.length + to.number;
    let arrow = arrows.get(key);
    if (!arrow) {
      arrow = { from, to, edges: [], count: 0, broken: new Set(), test: true };
      arrows.set(key, arrow);
    }
    arrow.edges.push(edge);
    arrow.count += count;
    arrow.test &&= TEST_SITES[edge] === COUNT[edge];
    if (broken) brokenBy(edge).forEach((finding) => arrow.broken.add(finding));
  }
  return [...arrows.values()];
}

/** The strongly connected components of `n` numbers under `next`, callees first, by Tarjan's algorithm without recursion. */
function strongComponents(n, next) {
  const [index, low] = [new Int32Array(n).fill(-1), new Int32Array(n)];
  const [onStack, stack, found] = [new Uint8Array(n), [], []];
  let count = 0;
  const enter = (v) => {
    index[v] = low[v] = count++;
    stack.push(v);
    onStack[v] = 1;
    return [v, 0];
  };
  for (let start = 0; start < n; start++) {
    if (index[start] >= 0) continue;
    const calls = [enter(start)];
    while (calls.length > 0) {
      const call = calls[calls.length - 1];
      const [v] = call;
      if (call[1] < next[v].length) {
        const w = next[v][call[1]++];
        if (index[w] < 0) calls.push(enter(w));
        else if (onStack[w]) low[v] = Math.min(low[v], index[w]);
        continue;
      }
      calls.pop();
      if (calls.length > 0) {
        const above = calls[calls.length - 1][0];
        low[above] = Math.min(low[above], low[v]);
      }
      if (low[v] === index[v]) {
        const members = [];
        let w;
        do {
          w = stack.pop();
          onStack[w] = 0;
          members.push(w);
        } while (w !== v);
        found.push(members);
      }
    }
  }
  return found;
}

/** The arrows without those that a longer way implies. Those that break a rule or lie on a cycle stay. */
function reduced({ boxes, arrows }) {
  const next = boxes.map(() => []);
  for (const { from, to } of arrows) next[from.number].push(to.number);
  const components = strongComponents(boxes.length, next);
  const of = new Int32Array(boxes.length);
  components.forEach((members, at) => members.forEach((v) => (of[v] = at)));
  const words = Math.ceil(components.length / 32);
  const reach = components.map(() => new Uint32Array(words));
  const has = (set, at) => (set[at >> 5] & (1 << (at & 31))) !== 0;
  const kept = new Set();
  components.forEach((members, at) => {
    // Callees come first, so a greater number is closer: what it reaches is implied.
    const targets = [...new Set(members.flatMap((v) => next[v].map((w) => of[w])))].filter((t) => t !== at);
    for (const target of targets.sort((a, b) => b - a)) {
      if (has(reach[at], target)) continue;
      kept.add(at * components.length + target);
      reach[target].forEach((word, i) => (reach[at][i] |= word));
      reach[at][target >> 5] |= 1 << (target & 31);
    }
  });
  return arrows.filter(({ from, to, broken }) => {
    const [a, b] = [of[from.number], of[to.number]];
    return broken.size > 0 || a === b || kept.has(a * components.length + b);
  });
}
