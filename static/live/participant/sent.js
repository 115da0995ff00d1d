// What was sent from this phone: stored, on its way, read first by staff, or refused.

import { h, icon, replace, say } from "../dom.js";
import { alert, saved } from "./telling.js";

export function drawSent(place, now) {
  const nodes = [];
  if (now.problem) nodes.push(alert(now.problem, now.unsent));
  if (now.isRunning && now.isAnswered && !now.changing) nodes.push(...answer(now));
  if (now.isRunning && now.wall) nodes.push(...texts(now));
  const hadFocus = place.contains(document.activeElement);
  replace(place, nodes);
  if (hadFocus && !place.contains(document.activeElement)) place.querySelector(".oogst-saved")?.focus();
}

function answer({ step, pending, connection }) {
  const text = pending ? say(connection.isOpen ? "saving" : "waiting") : say("saved");
  const more = step.open && !pending ? say("saved_change") : "";
  const box = saved(pending ? "hourglass" : "check-circle", text, more, pending);
  return step.open ? [box, h("p", { class: "oogst-live-change" }, changeButton())] : [box];
}

function changeButton() {
  return h("button", { class: "nl-button nl-button--secondary", type: "button", "data-change": true }, icon("pencil"), say("change"));
}

// What waits for staff, and the last text that was sent from here.
function texts({ mine, wall, connection }) {
  const own = mine.contributions.filter((each) => each.thread === wall.id);
  const nodes = own.filter((each) => each.state === "pending").map((each) => saved("hourglass", say("read_first"), each.text, true));
  const sent = own.filter((each) => each.state === "sent").pop();
  if (sent) nodes.push(saved("check-circle", say(connection.isOpen ? "written" : "waiting"), sent.text));
  return nodes;
}
