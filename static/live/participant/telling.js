// How a phone tells something: boxes to read, and words for who listens.

import { h, icon, lines, say, setText } from "../dom.js";

// What is stored, or waits for it.
export function saved(name, strong, text, waits = false) {
  const look = waits ? "oogst-saved oogst-saved--waits" : "oogst-saved";
  return h("div", { class: look, tabindex: -1 }, icon(name), h("p", {}, h("strong", {}, strong), " ", text));
}

export function note(name, strong, text) {
  return h("div", { class: "oogst-live-note" }, icon(name), h("p", {}, h("strong", {}, strong), " ", text));
}

// unsent: what somebody typed, to give back.
export function alert(text, unsent) {
  return h(
    "div",
    { class: "utrecht-alert utrecht-alert--error oogst-live-alert" },
    h("div", { class: "utrecht-alert__icon" }, icon("alert")),
    h(
      "div",
      { class: "utrecht-alert__content" },
      h("p", { class: "nl-paragraph" }, h("strong", {}, say("not_saved"))),
      h("p", { class: "nl-paragraph" }, text),
      unsent ? copyable(unsent) : null,
    ),
  );
}

// A text that could not be sent: nobody has to type it again.
export function copyable(text) {
  return h(
    "div",
    { class: "oogst-live-unsent" },
    h("blockquote", {}, lines(text)),
    h("button", { class: "nl-button nl-button--secondary", type: "button", "data-copy": text }, icon("copy"), h("span", {}, say("copy"))),
  );
}

export async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    const range = document.createRange(); // no https, or not allowed: select it, the phone offers the rest
    range.selectNodeContents(button.previousElementSibling);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
  setText(button.querySelector("span"), say("copied"));
  speak(say("copied"));
}

// Said aloud, once per change.
export function speak(text) {
  const place = document.getElementById("status");
  setText(place, "");
  requestAnimationFrame(() => setText(place, text));
}
