// What the console says of the last command, and for a while what takes it back.

import { h, icon, say } from "../dom.js";

const UNDO_FOR = 10000;
const place = document.getElementById("status");
let offered = null;

export function tell(text) {
  place.replaceChildren(text);
}

// For ten seconds; the button is the last thing that was said, and Z does the same. undo: takes back what was done.
export function offerUndo(word, undo) {
  offered = undo;
  const button = h("button", { class: "nl-button nl-button--subtle", type: "button" }, icon("undo"), say("undo"), h("kbd", { class: "oogst-key" }, "Z"));
  button.addEventListener("click", takeBack);
  place.replaceChildren(say(word), " ", button);
  setTimeout(() => {
    if (offered !== undo) return;
    offered = null;
    if (place.contains(button)) tell("");
  }, UNDO_FOR);
}

export function takeBack() {
  const undo = offered;
  offered = null;
  undo?.();
}
