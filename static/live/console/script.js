// The script, and the buttons for the step that is on the screen.

import { h, say } from "../dom.js";
import { isTalk } from "../tables.js";
import { button, redraw } from "./buttons.js";

const byId = (id) => document.getElementById(id);

export function drawScript(script, step) {
  redraw(
    byId("script"),
    script.map((each) => h("li", {}, stepButton(each, each.key === step?.key))),
  );
}

function stepButton({ key, number, label, open }, isNow) {
  const look = { class: "oogst-script__step", "aria-current": isNow ? "step" : null, "data-focus": key };
  return h(
    "button",
    { ...look, type: "submit", name: "command", value: `goto:${key}` },
    h("span", { class: "oogst-script__number" }, number),
    h("span", { class: "oogst-script__label" }, label),
    open ? h("span", { class: "utrecht-status-badge utrecht-status-badge--success" }, say("is_open")) : null,
  );
}

export function drawControls(session, step) {
  redraw(byId("controls"), session.state === "lobby" ? [button("primary", "start", "play", "start", "→", "next")] : controls(step));
}

function controls(step) {
  const asks = step && step.type !== "slide";
  return [
    ...(asks && step.type !== "scores" ? [opening(step)] : []),
    ...(asks ? [showing(step)] : []),
    button("secondary", "previous", "arrow-left", "previous", "←", "previous"),
    button("primary", "next", "arrow-right", "next", "→", "next"),
  ];
}

function opening(step) {
  const what = step.open ? "close" : "open";
  const word = isTalk(step) ? `${what}_tables` : step.thread ? `${what}_wall` : what;
  return button("secondary", what, step.open ? "lock" : "unlock", word, "O", "opening");
}

function showing(step) {
  const what = step.results_shown ? "hide_results" : "show_results";
  if (isTalk(step)) return button("secondary", what, "layers", step.results_shown ? "apart" : "bring_together", "R", "results");
  return button("secondary", what, "chart", step.results_shown ? "hide" : "show", "R", "results");
}

// What not every step has.
export function drawTools(script, step, results) {
  const buttons = [];
  if (step?.round) {
    const [value, word] = step.compared ? ["compare:0", "compare_off"] : ["compare:1", "compare"];
    buttons.push(button("secondary", value, "layers", word, "C", "compare"));
  }
  if (step?.seating === "random") {
    const [value, word] = results?.n ? ["reseat:anyway", "mix_anyway"] : ["reseat", "mix"];
    buttons.push(button("secondary", value, "refresh", word, null, "mix"));
  }
  if (step?.sorted_by) {
    const [value, word] = step.sorted_by === "newest" ? ["sort:support", "by_support"] : ["sort:newest", "by_newest"];
    buttons.push(button("subtle", value, "filter", word, "S", "sort"));
  }
  if (script.find((each) => each.key === step?.key)?.inserted) {
    buttons.push(button("subtle", `remove_step:${step.key}`, "trash", "remove_step", null, "remove_step"));
  }
  redraw(byId("tools"), buttons);
}
