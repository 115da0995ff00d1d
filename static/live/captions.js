// What is said, written along: a calm bar. It goes when nothing was said for a while.

import { h, icon, say, setText } from "./dom.js";

const SILENCE = 30000;

// The bar alone: the projector.
export class CaptionBar {
  constructor(place) {
    this.place = place;
    this.lines = place.querySelector("[data-lines]");
  }

  show({ lines }) {
    clearTimeout(this.timer);
    this.place.hidden = !lines.length;
    lines.forEach((line, index) => setText(this.lines.children[index] ?? this.lines.appendChild(h("p")), line));
    while (this.lines.children.length > lines.length) this.lines.lastChild.remove();
    this.timer = setTimeout(() => (this.place.hidden = true), SILENCE);
  }
}

// On a phone: a button switches it on, and a second one has a screen reader read it. Both are remembered. Lines are sent
// only to a phone that asked; another one hears that there are any, and shows the button.
export class CaptionSwitch {
  // ask(on): tell the server whether this phone shows them.
  constructor(place, ask) {
    this.place = place;
    this.ask = ask;
    this.bar = new CaptionBar(place.querySelector("[data-bar]"));
    this.last = { lines: [] };
    const buttons = place.querySelectorAll("button");
    this.buttons = { on: buttons[0], aloud: buttons[1] };
    for (const [name, button] of Object.entries(this.buttons)) {
      button.addEventListener("click", () => {
        remember(name, !remembered(name));
        if (name === "on") this.ask(remembered("on"));
        this.#draw();
      });
    }
  }

  // A new connection knows nothing of it yet.
  connected() {
    if (remembered("on")) this.ask(true);
  }

  show({ lines }) {
    if (lines) this.last = { lines };
    if (!lines || lines.length) this.place.hidden = false;
    this.#draw();
  }

  #draw() {
    const on = remembered("on");
    for (const [name, button] of Object.entries(this.buttons)) button.setAttribute("aria-pressed", String(remembered(name)));
    this.buttons.aloud.hidden = !on;
    this.bar.lines.setAttribute("aria-live", remembered("aloud") ? "polite" : "off");
    this.bar.show(on ? this.last : { lines: [] });
  }
}

export function captionSwitch() {
  const button = (name, word) => h("button", { class: "oogst-chip", type: "button", "aria-pressed": "false" }, icon(name), say(word));
  return h(
    "div",
    { class: "oogst-captions", hidden: true },
    h("div", { class: "oogst-row" }, button("message", "captions"), button("mic", "read_aloud")),
    h("div", { class: "oogst-captions__bar", "data-bar": true, hidden: true }, h("div", { "data-lines": true })),
  );
}

function remembered(name) {
  try {
    return localStorage.getItem(`oogst.captions.${name}`) === "1";
  } catch {
    return false;
  }
}

function remember(name, on) {
  try {
    localStorage.setItem(`oogst.captions.${name}`, on ? "1" : "0");
  } catch {
    // Private mode: for this page only would be nicer, but nothing is lost.
  }
}
