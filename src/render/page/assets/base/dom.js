// @ts-check
// Functions that create elements from names, attributes and texts. A text of the workspace is never
// parsed as markup: it becomes a text node, in which control characters are written as escapes.

import { visible } from "./text.js";

/** @import { Attributes, Children } from "./types.d.ts" */

/**
 * Creates an HTML element. Attributes that start with `on` are listeners; attributes with the value
 * `false`, `null` or `undefined` are left out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes | null} attributes
 * @param {Children[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  filled(element, attributes, children);
  return element;
}

/**
 * Creates an SVG element; the arguments are like those of `el`.
 * @param {string} tag
 * @param {Attributes | null} attributes
 * @param {Children[]} children
 */
export function drawing(tag, attributes, ...children) {
  // The namespace is read from the SVG element of the page, so that no script contains an address.
  const element = document.createElementNS(the("svg", SVGElement).namespaceURI, tag);
  filled(element, attributes, children);
  return element;
}

/**
 * @param {Element} element
 * @param {Attributes | null} attributes
 * @param {Children[]} children
 */
function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === false || value == null) continue;
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), (event) =>
        value(/** @type {PointerEvent} */ (event)),
      );
    } else {
      element.setAttribute(name, value === true ? "" : visible(value));
    }
  }
  element.append(...nodes(children));
}

/**
 * @param {Children} children
 * @returns {Node[]}
 */
export function nodes(children) {
  if (Array.isArray(children)) return children.flatMap(nodes);
  if (children === null || children === undefined || children === false || children === "")
    return [];
  return [children instanceof Node ? children : document.createTextNode(visible(children))];
}

/**
 * Splits a message into texts and elements; text quoted in backticks becomes a code element.
 * @param {string} message
 */
export function prose(message) {
  return message.split("\x60").map((part, i) => (i % 2 === 1 ? el("code", {}, part) : part));
}

/**
 * Returns the element of the page with the given id.
 * @param {string} id
 */
export function byId(id) {
  return the(id, HTMLElement);
}

/**
 * Returns the element of the page with the given id and type.
 * @template {Element} T
 * @param {string} id
 * @param {{ new (): T }} type
 * @returns {T}
 */
export function the(id, type) {
  /** @type {Element | null} */
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`the page has no ${type.name} ${id}`);
}

/**
 * Returns the nearest ancestor of the target of an event that matches a selector.
 * @param {Event} event
 * @param {string} selector
 */
export function around(event, selector) {
  const found = event.target instanceof Element ? event.target.closest(selector) : null;
  return found instanceof HTMLElement ? found : null;
}

/**
 * Announces a message to screen readers.
 * @param {string} message
 */
export function announce(message) {
  byId("announcer").textContent = visible(message);
}

/**
 * Returns a function that calls `work` at most once per animation frame.
 * @param {() => void} work
 */
export function onceAFrame(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      work();
    });
  };
}

/**
 * Creates a button.
 * @param {Children} label
 * @param {() => void} action
 * @param {Attributes} [attributes]
 */
export function button(label, action, attributes) {
  return el("button", { type: "button", onclick: action, ...attributes }, label);
}

/**
 * Sets styles of one element; the content security policy of the page allows no styles in markup.
 * @template {HTMLElement} T
 * @param {T} element
 * @param {Partial<CSSStyleDeclaration>} styles
 */
export function placed(element, styles) {
  Object.assign(element.style, styles);
  return element;
}
