// What the screens of a session draw alike: results, texts, the clock, a rehearsal, a lost connection.

import { drawCharts } from "./charts.js";
import { below, h, number, say, setText } from "./dom.js";
import { drawTexts } from "./texts.js";

export { fromServer, h, icon, language, lines, number, replace, say, setText } from "./dom.js";

// --- Words ----------------------------------------------------------------------------------------------------------

const COUNTED = { stage: "questions", wall: "notes", talk: "notes", scores: "players" }; // as in participation/live/words.py

// What stands after a number of these.
export const noun = (name, n) => say(`${name}_${n === 1 ? "one" : "other"}`);

// The same for what comes in at a step, and which round it is when it is asked again.
export function counted(step, n) {
  const word = noun(COUNTED[step?.type] ?? "answers", n);
  return step?.round ? `${word} · ${roundName(step.round)}` : word;
}

export const roundName = (round) => say("round", { number: round + 1 });

// --- Results --------------------------------------------------------------------------------------------------------

// Draw or update `results` in `place`, beside those of the round before when both are compared.
// table: with the numbers as a table; what else is in `how` is for texts (see drawTexts).
export function drawResults(place, results, { table = false, ...how } = {}) {
  if (!results?.tally) {
    delete place.dataset.shape; // nothing of it is left to be changed
    return place.replaceChildren();
  }
  if (results.earlier) return drawCompared(place, results, { table, ...how });
  if (place.querySelector(":scope > .oogst-compare")) place.replaceChildren();
  if (results.tally.texts) return drawTexts(place, results.tally, how);
  return drawCharts(place, results.charts ?? [], table);
}

function drawCompared(place, results, how) {
  if (!place.querySelector(":scope > .oogst-compare")) {
    delete place.dataset.shape;
    place.replaceChildren(h("div", { class: "oogst-compare" }, moment(), moment()));
  }
  const sections = place.firstElementChild.children;
  [results.earlier, { ...results, earlier: null }].forEach((each, index) => {
    setText(sections[index].querySelector(".oogst-compare__round"), roundName(results.earlier.round + index));
    setText(sections[index].querySelector(".oogst-compare__n"), say("answered", { n: number(each.n) }));
    drawResults(sections[index].lastElementChild, each, how);
  });
}

function moment() {
  const heading = h(below, { class: "oogst-compare__head" }, h("span", { class: "oogst-compare__round" }), " ", h("span", { class: "oogst-compare__n" }));
  return h("section", {}, heading, h("div", {}));
}

// --- The clock, and the bars on top -----------------------------------------------------------------------------------

export function clock(end) {
  const left = Math.max(0, Math.round((new Date(end) - Date.now()) / 1000));
  if (!left) return say("time_up");
  return say("time", { time: `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` });
}

export function showLost(state) {
  const bar = document.getElementById("connection");
  bar.hidden = state === "open";
  setText(bar.querySelector("span") ?? bar, say("lost"));
}

// That nothing counts (templates/live/rehearsal.html).
export function showRehearsal(session) {
  document.getElementById("rehearsal").hidden = !session.rehearsing;
}
