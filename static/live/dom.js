// Making nodes with DOM methods only: text never becomes HTML here.

const SVG = "http://www.w3.org/2000/svg";
const room = document.getElementById("room");
const sprite = room?.dataset.sprite ?? "";

export const words = JSON.parse(document.getElementById("words").textContent);
export const language = document.documentElement.lang || "nl";
const format = new Intl.NumberFormat(language);

export const number = (value) => format.format(value ?? 0);

export function say(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_all, key) => values[key] ?? "");
}

// h("p", {class: "x", hidden: true}, "text", node, null)
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name, extra = "") {
  const attributes = { class: `oogst-icon ${extra}`.trim(), width: 24, height: 24, "aria-hidden": "true" };
  return s("svg", attributes, s("use", { href: `${sprite}#${name}` }));
}

// The server made this, with Django's escaping; scripts in it would not run, and the CSP refuses them.
export function fromServer(html) {
  return document.createRange().createContextualFragment(html);
}

// The level of headings below the question: on the console that is not the page's own heading.
export const below = document.querySelector("h2#heading") ? "h3" : "h2";

// Only what differs is touched: a video that plays goes on, and a button under somebody's finger stays.
export function replace(place, nodes) {
  if (nodes.length !== place.children.length) return place.replaceChildren(...nodes);
  return nodes.forEach((node, index) => place.children[index].isEqualNode(node) || place.children[index].replaceWith(node));
}

export function setText(node, text) {
  if (node && node.textContent !== text) node.textContent = text;
}

// Lines of what somebody wrote.
export function lines(text) {
  return text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
}
