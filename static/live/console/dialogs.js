// The parts that a page without a script folds out become dialogs: <details data-dialog> with a summary and a body.

import { h, icon, say, setText } from "../dom.js";

const opened = {}; // id -> what to do before it opens

export function makeDialogs() {
  for (const details of document.querySelectorAll("details[data-dialog]")) {
    const [summary, body] = details.children;
    const name = summary.querySelector("span").textContent;
    const dialog = h("dialog", { class: "oogst-dialog", id: `${details.id}-dialog`, "aria-label": name });
    const close = h("button", { class: "nl-button nl-button--subtle", type: "button", "aria-label": say("close_dialog") }, icon("close"));
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close()); // beside it
    // The keys are the room's again, also when nothing had the focus before.
    dialog.addEventListener("close", () => dialog.contains(document.activeElement) && document.activeElement.blur());
    dialog.append(h("div", { class: "oogst-dialog__head" }, h("h2", { class: "nl-heading nl-heading--level-2" }, name), close), body);
    document.body.append(dialog);
    const button = h("button", { class: "nl-button nl-button--subtle", type: "button", id: details.id });
    button.append(...summary.childNodes);
    button.hidden = details.hidden || details.id === "person";
    button.addEventListener("click", () => openDialog(details.id));
    details.replaceWith(button);
    if (details.open) dialog.showModal();
  }
}

export function before(id, prepare) {
  opened[id] = prepare;
}

export const dialogOf = (id) => document.getElementById(`${id}-dialog`);
export const isOpen = (id) => dialogOf(id).open;
export const anyOpen = () => Boolean(document.querySelector("dialog[open]"));

export function openDialog(id, ...about) {
  const dialog = dialogOf(id);
  opened[id]?.(...about);
  refuse(dialog, "");
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("[data-first], input:not([type=hidden], [type=radio]), textarea, select")?.focus();
}

// What went wrong, where somebody looks.
export function refuse(dialog, text) {
  const place = dialog.querySelector("[data-refused]");
  if (!place) return;
  place.hidden = !text;
  setText(place, text);
}
