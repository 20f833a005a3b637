// @ts-check
// Numbers and texts for people.

const ACTS = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * A text of the workspace with every character spelled out that would act on a terminal or turn the
 * reading direction.
 * @param {unknown} text
 */
export function visible(text) {
  return String(text).replace(ACTS, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

/**
 * A number with its thousands apart: 12,345.
 * @param {number} n
 */
export function number(n) {
  return n.toLocaleString("en");
}

/**
 * A number and the noun that it counts.
 * @param {number} n
 * @param {string} one
 * @param {string} [many]
 */
export function plural(n, one, many = `${one}s`) {
  return `${number(n)} ${n === 1 ? one : many}`;
}
