// Every key of the console; templates/live/console/help.html lists them. A key that is held down is one press.

import { anyOpen, openDialog } from "./dialogs.js";

const BUTTONS = {
  arrowright: "next",
  pagedown: "next",
  arrowleft: "previous",
  pageup: "previous",
  o: "opening",
  r: "results",
  c: "compare",
  s: "sort",
  l: "lock",
};
const DIALOGS = { q: "quick", e: "words-of-step", g: "groups", n: "people-list", v: "move", x: "cloud", "?": "help" };
const ITEMS = "#queue > li[tabindex], #results .oogst-wall > li[tabindex]";

// on: what a key does that is no button: {key: (item) => ...}, `item` the text that has the focus, or null.
export function listen(on) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || anyOpen()) return;
    if (event.target.closest("input, textarea, select")) return;
    const key = event.key.toLowerCase();
    const item = event.target.closest(ITEMS);
    if (key === "arrowdown" || key === "arrowup") return item && step(event, item, key === "arrowdown" ? 1 : -1);
    if (BUTTONS[key]) return act(event, () => document.querySelector(`#room [data-key="${BUTTONS[key]}"]`)?.click());
    if (DIALOGS[key] && !document.getElementById(DIALOGS[key]).hidden) return act(event, () => openDialog(DIALOGS[key]));
    const wanted = /^[0-9]$/.test(key) ? on.digit : on[key];
    return wanted ? act(event, () => wanted(item, key)) : undefined;
  });
}

function act(event, what) {
  event.preventDefault();
  if (!event.repeat) what();
}

function step(event, item, by) {
  event.preventDefault();
  const all = [...document.querySelectorAll(ITEMS)];
  all[all.indexOf(item) + by]?.focus();
}
