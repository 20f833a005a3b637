// Elements, made from names, attributes and texts. A text of the workspace is never read as markup: it goes in as a text
// node, with whatever would act on a terminal or turn the reading direction spelled out.

const ACTS = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

function visible(text) {
  return String(text).replace(ACTS, (c) => `\\u{${c.codePointAt(0).toString(16)}}`);
}

/** An element. Attributes that start with `on` are listeners; `false`, `null` and `undefined` are left out. */
function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === false || value == null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : visible(value));
  }
  element.append(...children.flat(Infinity).filter((c) => c != null && c !== false).map(asNode));
  return element;
}

function asNode(child) {
  return child instanceof Node ? child : document.createTextNode(visible(child));
}

/** A message, with what it quotes in backticks set as code. */
function prose(message) {
  return message.split("`").map((part, i) => (i % 2 === 1 ? el("code", {}, part) : part));
}

const byId = (id) => document.getElementById(id);

/** Says something to those who listen instead of look. */
function announce(message) {
  byId("announcer").textContent = visible(message);
}

const plural = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

/** Numbers for people: 12,345. */
const number = (n) => n.toLocaleString("en");

/** Calls `work` at most once a frame. */
function onceAFrame(work) {
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

/** A button that says what it does. */
function button(label, action, attributes) {
  return el("button", { type: "button", onclick: action, ...attributes }, label);
}
