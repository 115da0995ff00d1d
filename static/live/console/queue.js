// What waits to be read before others see it.

import { h, icon, lines, number, say, setText } from "../dom.js";
import { more, redraw } from "./buttons.js";

const place = document.getElementById("queue");

export const idOf = (waits) => waits.contribution ?? waits.answer;

export function drawQueue(queue) {
  const at = [...place.children].indexOf(document.activeElement.closest("#queue > li"));
  redraw(place, queue.length ? queue.map(item) : [h("li", { class: "oogst-muted" }, say("queue_empty"))]);
  // Where somebody was reading, the next one comes.
  if (at >= 0 && !place.contains(document.activeElement)) {
    const left = place.querySelectorAll("[tabindex]");
    left[Math.min(at, left.length - 1)]?.focus();
  }
  const waiting = document.getElementById("waiting");
  waiting.hidden = !queue.length;
  setText(waiting, number(queue.length));
}

function item(waits) {
  const which = `${waits.contribution ? "contribution" : "answer"}:${idOf(waits)}`;
  return h(
    "li",
    { class: "oogst-card", tabindex: 0, "data-focus": which },
    h(
      "div",
      { class: "oogst-card__body" },
      h("div", { class: "oogst-resident-text" }, lines(waits.text)),
      h("p", { class: "oogst-small" }, [waits.step ? say("part", { number: waits.step }) : "", waits.name].filter(Boolean).join(" · ")),
      h(
        "div",
        { class: "oogst-form__actions" },
        judge("nl-button--primary", `approve:${which}`, "check", "approve", "A"),
        judge("nl-button--secondary nl-button--negative", `hide:${which}`, "eye-off", "hide_text", "H"),
        more(idOf(waits)),
      ),
    ),
  );
}

function judge(look, value, name, word, key) {
  const button = { class: `nl-button ${look}`, type: "submit", name: "command", value, "data-focus": value };
  return h("button", button, icon(name), say(word), h("kbd", { class: "oogst-key" }, key));
}
