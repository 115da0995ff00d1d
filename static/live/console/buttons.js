// Buttons of the console: each is an ordinary form's, and says its command.

import { h, icon, replace, say, setText } from "../dom.js";
import { keepFocus } from "../texts.js";

// key: the letter that is printed on it; focus: which button it is, for that key and for the focus.
export function button(look, value, name, word, key, focus) {
  return h(
    "button",
    { class: `nl-button nl-button--${look}`, type: "submit", name: "command", value, "data-key": focus, "data-focus": focus },
    icon(name),
    h("span", {}, say(word)),
    key ? h("kbd", { class: "oogst-key" }, key) : null,
  );
}

const SMALL = "nl-button nl-button--subtle oogst-console__small";

export function small(value, name, word) {
  return h("button", { class: SMALL, type: "submit", name: "command", value, "data-focus": value }, icon(name), say(word));
}

// Opens a text, with all that can be done with it.
export function more(id) {
  return h("button", { class: SMALL, type: "button", "data-more": id, "data-focus": `more ${id}` }, icon("settings"), say("more"));
}

// A button that is there already says another command now.
export function turn(button, command) {
  button.value = command;
  setText(button.querySelector("span"), say(command));
}

// What differs is drawn anew, and the focus goes to the successor of what had it.
export function redraw(place, nodes) {
  keepFocus(place, () => replace(place, nodes));
}
