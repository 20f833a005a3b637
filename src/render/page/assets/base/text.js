// @ts-check
// Formatting of numbers and texts.

const ACTS = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * Returns a text of the workspace with all characters written as escapes that a terminal would
 * interpret or that change the reading direction.
 * @param {unknown} text
 */
export function visible(text) {
  return String(text).replace(ACTS, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

/**
 * Formats a number with thousands separators: 12,345.
 * @param {number} n
 */
export function number(n) {
  return n.toLocaleString("en");
}

/**
 * Formats a number with the noun that it counts.
 * @param {number} n
 * @param {string} one
 * @param {string} [many]
 */
export function plural(n, one, many = `${one}s`) {
  return `${number(n)} ${n === 1 ? one : many}`;
}
