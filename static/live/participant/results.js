// What everybody said, as this phone may see it: with what is this person's own in it, and a way to support a text.

import { drawResults, h, icon, number, say } from "../draw.js";
import { drawByTable, isTalk } from "../tables.js";
import { drawTexts } from "../texts.js";

// make(name): a form of the page, to fill in.
export function drawShared(place, now, make) {
  const { step, mine } = now;
  const results = now.isRunning ? now.results : null;
  const textExtra = (text, may = true) => support(text, may && step.open, now, make);
  place.querySelector("[data-mine]")?.remove(); // it stands before what is drawn
  if (results?.tally && isTalk(step)) return drawNotes(place, step, results.tally, textExtra);
  drawResults(place, results, { table: true, textExtra: step?.thread ? textExtra : undefined });
  if (results && step.type === "scores" && results.tally?.of) return place.prepend(ownPlace(results.tally, mine));
  if (results && step.question?.config.right && step.question.key in mine.answers) return place.prepend(ownVerdict(step.question, mine));
  return undefined;
}

// What is written at one's own table; or at all of them, once they are brought together.
function drawNotes(place, step, tally, textExtra) {
  if (step.results_shown) return drawByTable(place, tally, { textExtra: (text) => textExtra(text, text.table === tally.own?.id) });
  if (!tally.own) return place.replaceChildren();
  return drawTexts(place, { texts: tally.own.texts }, { textExtra });
}

// What this phone sent just now is a key by itself where one answer is right.
const isRight = (given, right) => [given ?? []].flat().sort().join() === [...right].sort().join();

function ownVerdict({ key, config }, mine) {
  const word = isRight(mine.answers[key], config.right) ? "had_it_right" : "had_it_wrong";
  return h("p", { class: "oogst-live-text", "data-mine": true }, say(word));
}

// Where this phone stands among all: the same right answers and points for everybody, so nobody's own is sent.
function ownPlace({ right, points, of }, mine) {
  const own = Object.keys(right).filter((key) => isRight(mine.answers[key], right[key])).length;
  const better = Object.entries(points).reduce((sum, [n, people]) => sum + (Number(n) > own ? people : 0), 0);
  const took = Object.keys(right).some((key) => mine.answers[key]);
  const text = took ? say("own_place", { place: number(better + 1), of: number(of), n: number(own) }) : say("no_place");
  return h("p", { class: "oogst-live-text", "data-mine": true }, text);
}

function support(text, may, { mine, seat }, make) {
  if (!may) return text.supports ? h("p", { class: "oogst-small" }, icon("thumbs-up"), ` ${number(text.supports)}`) : null;
  const on = mine.supports.includes(text.id);
  const form = make("support");
  form.elements.contribution.value = text.id;
  form.elements.seat.value = seat;
  form.elements.on.value = on ? "0" : "1";
  const button = form.querySelector("button");
  button.setAttribute("aria-pressed", String(on));
  button.dataset.focus = text.id;
  button.append(icon("thumbs-up"), `${say(on ? "supported" : "support")} (${number(text.supports)})`);
  return form;
}
