// @ts-check
// Elements, made from names, attributes and texts. A text of the workspace is never read as markup: it
// goes in as a text node, with whatever would act spelled out.

import { visible } from "./text.js";

/** @import { Attributes, Children } from "./types.d.ts" */

/**
 * An element. Attributes that start with `on` are listeners; `false`, `null` and `undefined` are left
 * out.
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
 * An SVG element, as `el` makes those of HTML.
 * @param {string} tag
 * @param {Attributes | null} attributes
 * @param {Children[]} children
 */
export function drawing(tag, attributes, ...children) {
  // The one in the page has the namespace, so that no address stands in a script.
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
 * A message, with what it quotes in backticks set as code.
 * @param {string} message
 */
export function prose(message) {
  return message.split("\x60").map((part, i) => (i % 2 === 1 ? el("code", {}, part) : part));
}

/**
 * The element of the page with an id.
 * @param {string} id
 */
export function byId(id) {
  return the(id, HTMLElement);
}

/**
 * The element of the page with an id and a type, of which both are known.
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
 * The nearest element around the target of an event that fits a selector.
 * @param {Event} event
 * @param {string} selector
 */
export function around(event, selector) {
  const found = event.target instanceof Element ? event.target.closest(selector) : null;
  return found instanceof HTMLElement ? found : null;
}

/**
 * Says something to those who listen instead of look.
 * @param {string} message
 */
export function announce(message) {
  byId("announcer").textContent = visible(message);
}

/**
 * Calls `work` at most once a frame.
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
 * A button that says what it does.
 * @param {Children} label
 * @param {() => void} action
 * @param {Attributes} [attributes]
 */
export function button(label, action, attributes) {
  return el("button", { type: "button", onclick: action, ...attributes }, label);
}

/**
 * Sets styles of one element; the policy of the page allows no style in markup.
 * @template {HTMLElement} T
 * @param {T} element
 * @param {Partial<CSSStyleDeclaration>} styles
 */
export function placed(element, styles) {
  Object.assign(element.style, styles);
  return element;
}
