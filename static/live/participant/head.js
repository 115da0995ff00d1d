// On top of the phone: what is asked or shown now, or what one waits for.

import { clock, h, icon, lines, number, replace, say, setText } from "../draw.js";
import { slide } from "../slides.js";
import { speak } from "./telling.js";

const LONG = 90; // characters of a question in smaller letters; participant_step.html has the same

const titleOf = (step) => step.question?.label ?? step.thread?.label ?? step.title;

export function drawHead(place, now) {
  replace(place, now.isRunning ? stepHead(now.step) : waitingHead(now.session));
  drawTimer(place, now.step);
}

function stepHead(step) {
  const title = titleOf(step);
  return [
    h("p", { class: "oogst-step" }, say("step", { number: step.number, of: step.of })),
    h("h1", { class: title.length > LONG ? "oogst-question oogst-question--long" : "oogst-question" }, title),
    slide(step),
    step.text ? h("p", { class: "oogst-live-text" }, lines(step.text)) : null,
    step.timer ? h("p", { class: "oogst-live-timer", role: "timer" }) : null,
  ].filter(Boolean);
}

function waitingHead(session) {
  const [name, title, text] = {
    lobby: ["hand", say("welcome"), say("welcome_text")],
    paused: ["pause", say("pause"), lines(session.pause_text || say("pause_text"))],
    ended: ["check-circle", say("ended"), ""],
  }[session.state] ?? ["hourglass", say("look"), ""];
  return [
    h(
      "div",
      { class: "oogst-waiting" },
      icon(name, "oogst-icon--round"),
      h("h1", { class: "nl-heading nl-heading--level-1" }, title),
      text ? h("p", {}, text) : null,
      session.state === "lobby" ? h("p", { class: "oogst-muted", "data-people": true }, peopleHere(session)) : null,
    ),
  ];
}

const peopleHere = ({ participants }) => (participants > 1 ? say("people", { n: number(participants) }) : "");

export function drawPeople(place, session) {
  setText(place.querySelector("[data-people]"), peopleHere(session));
}

export function drawTimer(place, step) {
  if (step?.timer) setText(place.querySelector("[role=timer]"), clock(step.timer));
}

// The room moved on: said to who does not see it.
export function announce(place, now) {
  speak(now.isRunning ? titleOf(now.step) : (place.querySelector("h1")?.textContent ?? ""));
}
