// A rude word out of a word cloud: chosen from a list, or pressed in the cloud itself.

import { h, icon, say } from "../dom.js";
import { keepFocus } from "../texts.js";
import { before, openDialog } from "./dialogs.js";

const button = () => document.getElementById("cloud");
const select = document.getElementById("cloud-word");
let spelling = {};

export function prepareCloud(cloud) {
  before("cloud", (word = "") => {
    select.replaceChildren(...Object.entries(spelling).sort(byName).map(([key, label]) => h("option", { value: key }, label)));
    if (word in spelling) select.value = word;
    select.nextElementSibling.disabled = !select.options.length;
  });
  cloud.addEventListener("click", (event) => {
    const word = event.target.closest(".oogst-words > li");
    if (!word) return;
    openDialog("cloud", word.dataset.key);
    select.nextElementSibling.focus(); // Enter hides it
  });
}

const byName = ([, one], [, other]) => one.localeCompare(other);

// tally: of the present step; hidden: the words that are out.
export function drawCloud(tally, hidden) {
  spelling = tally?.spelling ?? {};
  button().hidden = !tally?.words && !hidden.length;
  const list = document.getElementById("hidden-words");
  keepFocus(list, () => list.replaceChildren(...hidden.map(shownAgain)));
}

function shownAgain(word) {
  const look = { class: "nl-button nl-button--subtle", type: "submit", name: "command", form: "cloud-form" };
  const again = h("button", { ...look, value: `show_word:${word}`, "data-focus": word }, icon("undo"), say("show_again"));
  return h("li", {}, h("span", {}, word), again);
}
