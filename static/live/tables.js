// Conversations in small groups: which tables there are, and the notes of all of them side by side.

import { h, icon, number, say } from "./dom.js";
import { drawTexts } from "./texts.js";

export const isTalk = (step) => step?.type === "talk";

// Every table with how many people sit there. staff: with its notes, and while it is open whether somebody takes them.
export function tableList(tables, { staff = false, open = false } = {}) {
  return h("ul", { class: "oogst-tables" }, tables.map((each) => h("li", { class: "oogst-tables__item" }, facts(each, staff, open))));
}

function facts(table, staff, open) {
  const nobody = staff && !table.people ? " oogst-muted" : "";
  return [
    h("strong", { class: "oogst-tables__name" }, table.label),
    h("span", { class: `oogst-tables__fact${nobody}` }, icon("users"), say(table.people === 1 ? "one_person" : "people_n", { n: number(table.people) })),
    staff ? h("span", { class: "oogst-tables__fact" }, icon("note"), say("notes", { n: number(table.n) })) : null,
    staff && open ? h("span", { class: "oogst-tables__fact" }, icon("pencil"), say(table.has_note_taker ? "note_taker_there" : "no_note_taker")) : null,
  ];
}

// The notes by table. `some`: only of these tables.
export function drawByTable(place, tally, how, some = tally.tables) {
  const ids = new Set(some.map((each) => each.id));
  const texts = tally.texts.filter((text) => ids.has(text.table)).map((text) => ({ ...text, cluster: text.table }));
  const clusters = some.filter((each) => each.n).map(({ id, label, n }) => ({ id, name: label, n }));
  drawTexts(place, { texts, clusters }, { ...how, fixed: true });
}
