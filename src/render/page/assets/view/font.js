// @ts-check
// The font of the picture.

/** The size of the text of a box. */
export const FONT_SIZE = 12.5;

/**
 * Returns the font at a scale.
 * @param {number} [scale]
 */
export function font(scale = 1) {
  return `${FONT_SIZE * scale}px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif`;
}

/**
 * Returns the two-dimensional context of a canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2DSettings} [settings]
 */
export function contextOf(canvas, settings) {
  const context = canvas.getContext("2d", settings);
  if (!context) throw new Error("this browser draws no pictures");
  return context;
}

const context = contextOf(document.createElement("canvas"));
context.font = font();
/** @type {Map<string, number>} */
const known = new Map();

/**
 * Returns the width of a text at scale 1.
 * @param {string} text
 */
export function measure(text) {
  let width = known.get(text);
  if (width === undefined) {
    width = context.measureText(text).width;
    known.set(text, width);
  }
  return width;
}
