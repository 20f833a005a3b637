// @ts-check
// Transitive reduction. The result depends on which boxes are shown, and there are too many
// combinations to compute in advance, so the reduction is computed here.

/**
 * Returns the strongly connected components of the numbers below `next.length`, callees first, by
 * Tarjan's algorithm without recursion.
 * @param {number[][]} next
 */
export function strongComponents(next) {
  const n = next.length;
  const [index, low] = [new Int32Array(n).fill(-1), new Int32Array(n)];
  const onStack = new Uint8Array(n);
  /** @type {number[]} */
  const stack = [];
  /** @type {number[][]} */
  const found = [];
  let count = 0;
  const enter = (/** @type {number} */ v) => {
    index[v] = low[v] = count++;
    stack.push(v);
    onStack[v] = 1;
    return { v, at: 0 };
  };
  for (let start = 0; start < n; start++) {
    if (index[start] >= 0) continue;
    const calls = [enter(start)];
    while (calls.length > 0) {
      const call = calls[calls.length - 1];
      const { v } = call;
      if (call.at < next[v].length) {
        const w = next[v][call.at++];
        if (index[w] < 0) calls.push(enter(w));
        else if (onStack[w]) low[v] = Math.min(low[v], index[w]);
        continue;
      }
      calls.pop();
      if (calls.length > 0) {
        const before = calls[calls.length - 1].v;
        low[before] = Math.min(low[before], low[v]);
      }
      if (low[v] === index[v]) {
        const members = stack.splice(stack.lastIndexOf(v));
        members.forEach((w) => (onStack[w] = 0));
        found.push(members);
      }
    }
  }
  return found;
}

/**
 * Returns whether each of `arrows` stays: those that no longer chain implies, and those on a cycle.
 * @param {number} n the number of boxes
 * @param {[number, number][]} arrows
 */
export function reduced(n, arrows) {
  /** @type {number[][]} */
  const next = Array.from({ length: n }, () => []);
  for (const [from, to] of arrows) next[from].push(to);
  const components = strongComponents(next);
  const of = new Int32Array(n);
  components.forEach((members, at) => members.forEach((v) => (of[v] = at)));
  const words = Math.ceil(components.length / 32);
  const reach = components.map(() => new Uint32Array(words));
  const has = (/** @type {Uint32Array} */ set, /** @type {number} */ at) =>
    (set[at >> 5] & (1 << (at & 31))) !== 0;
  const kept = new Set();
  components.forEach((members, at) => {
    // Callees come first, so a component with a greater number is closer, and everything it reaches
    // is implied.
    const targets = [...new Set(members.flatMap((v) => next[v].map((w) => of[w])))].filter(
      (t) => t !== at,
    );
    for (const target of targets.sort((a, b) => b - a)) {
      if (has(reach[at], target)) continue;
      kept.add(at * components.length + target);
      reach[target].forEach((word, i) => (reach[at][i] |= word));
      reach[at][target >> 5] |= 1 << (target & 31);
    }
  });
  return arrows.map(
    ([from, to]) => of[from] === of[to] || kept.has(of[from] * components.length + of[to]),
  );
}
