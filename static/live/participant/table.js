// The participant's own table: where they sit, with whom, how to call in, who takes notes; and how to get a seat.

import { h, icon, number, replace, say } from "../dom.js";
import { isTalk } from "../tables.js";
import { note, speak } from "./telling.js";

let told = "";

// make(name): a form of the page, to fill in. At one's own pace nobody sits anywhere: the page says so.
export function drawTable(place, now, make) {
  if (now.own) return;
  const { step, seat } = now;
  const tally = now.isRunning && isTalk(step) ? now.results?.tally : null;
  replace(place, tally ? tableParts(step, tally, (name, values) => filled(make(name), { seat, step: step.key, ...values })) : []);
  if (tally) sayWhere(step, tally);
}

// Said once: which table it is, or that everything is brought together.
function sayWhere(step, { own }) {
  const news = step.results_shown ? "together" : (own?.id ?? "");
  if (news && news !== told) speak(step.results_shown ? say("together") : say("you_sit_at", { table: own.label }));
  told = news || told;
}

function tableParts(step, tally, fill) {
  if (step.results_shown) return [note("layers", say("together"), say("together_text"))];
  const { own } = tally;
  if (!own) return step.open ? noSeat(step, tally, fill) : [note("hourglass", say("tables_soon"), "")];
  const parts = [card(own, step, fill)];
  if (step.open && step.seating === "choice") parts.push(others(tally, own, fill));
  return parts;
}

function card(own, step, fill) {
  return h(
    "section",
    { class: "oogst-table", "aria-labelledby": "own-table" },
    h("h2", { class: "oogst-table__head", id: "own-table", tabindex: -1 }, say("your_table"), " ", h("span", { class: "oogst-table__number" }, own.number)),
    own.name ? h("p", { class: "oogst-table__name" }, own.name) : null,
    h("p", { class: "oogst-table__who" }, icon("users"), h("span", {}, who(own))),
    own.link || own.phone ? h("div", { class: "oogst-table__calls" }, calls(own)) : null,
    h("p", { class: "oogst-table__who" }, icon("pencil"), h("span", {}, noteTaker(own))),
    step.open ? takesNotes(own, fill) : null,
  );
}

function who(own) {
  const count = own.people === 1 ? say("only_you_here") : say("people_here", { n: number(own.people) });
  return own.nicknames.length ? `${count} ${own.nicknames.join(", ")}` : count;
}

function calls(own) {
  const look = "nl-button nl-button--primary oogst-button--wide";
  return [
    own.link ? h("a", { class: look, href: own.link, target: "_blank", rel: "noopener noreferrer" }, icon("external"), say("join_call")) : null,
    own.phone ? h("a", { class: look.replace("primary", "secondary"), href: own.dial }, icon("phone"), say("call", { phone: own.phone })) : null,
  ];
}

function noteTaker(own) {
  if (own.takes_notes) return say("you_take_notes");
  if (!own.has_note_taker) return say("nobody_takes_notes");
  return own.note_taker ? say("takes_notes", { name: own.note_taker }) : say("somebody_takes_notes");
}

function takesNotes(own, fill) {
  const word = own.takes_notes ? "stop_notes" : own.has_note_taker ? "take_over_notes" : "take_notes";
  return fill("take_notes", { on: own.takes_notes ? "0" : "1", label: say(word) });
}

function noSeat(step, tally, fill) {
  if (step.seating === "random") {
    return [note("hourglass", say("seat_soon"), ""), fill("take_seat", { table: "", label: say("give_seat") })];
  }
  return [h("h2", { class: "oogst-table__choose" }, say("choose_table")), choices(tally.tables, fill)];
}

function others(tally, own, fill) {
  const rest = tally.tables.filter((each) => each.id !== own.id);
  return h("details", { class: "oogst-details oogst-details--quiet" }, h("summary", {}, say("other_table")), choices(rest, fill));
}

function choices(tables, fill) {
  return h("ul", { class: "oogst-tables oogst-tables--choice" }, tables.map((each) => h("li", {}, choice(each, fill))));
}

function choice(table, fill) {
  const people = say(table.people === 1 ? "one_person" : "people_n", { n: number(table.people) });
  return fill("take_seat", { table: table.id, label: [h("strong", {}, table.label), h("span", { class: "oogst-tables__fact" }, icon("users"), people)] });
}

function filled(form, { label, ...values }) {
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
  form.querySelector("button").append(...[label].flat());
  return form;
}
