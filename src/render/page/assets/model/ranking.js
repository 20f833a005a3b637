// @ts-check
// Ranking of names by how well they match a search text.

/**
 * Returns the rank of a name: smaller is better; `null` if the name lacks one of the words.
 * @param {string} name
 * @param {string[]} words in lower case
 */
export function fits(name, words) {
  const lower = name.toLowerCase();
  const last = lower.slice(lower.lastIndexOf("::") + 1);
  let score = 0;
  for (const word of words) {
    const at = lower.indexOf(word);
    if (at < 0) return null;
    if (lower === word) score -= 100;
    else if (last.replace(/^:/, "") === word) score -= 60;
    else if (lower.endsWith(word)) score -= 30;
    else if (at === 0 || lower[at - 1] === ":") score -= 15;
  }
  return score + name.length / 10;
}

/**
 * Returns the things whose names match, the best first.
 * @template T
 * @param {T[]} things
 * @param {(thing: T) => string} nameOf
 * @param {string} typed
 */
export function ranked(things, nameOf, typed) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const scored = things.flatMap((thing) => {
    const score = fits(nameOf(thing), words);
    return score === null ? [] : [{ thing, score }];
  });
  return scored.sort((a, b) => a.score - b.score).map(({ thing }) => thing);
}
