// A conversation in small groups on the console: the tables, and below them what was written at each, in its groups.

import { below, h, number, setText } from "../dom.js";
import { tableList } from "../tables.js";
import { drawTexts } from "../texts.js";

const BELOW_A_TABLE = "h4"; // a group's heading

export function drawTables(place, { tables, texts, clusters }, step, how) {
  if (place.children.length !== 2 || !place.lastElementChild.matches("div")) {
    // What the server drew has other parts.
    delete place.dataset.shape;
    place.replaceChildren(tableList([]), h("div", {}));
  }
  const [list, notes] = place.children;
  const wanted = tableList(tables, { staff: true, open: step.open });
  if (!list.isEqualNode(wanted)) list.replaceWith(wanted);
  const written = tables.filter(({ id, n }) => n || clusters.some((each) => each.table === id));
  const sections = written.map((table) => find(notes, table) ?? make(table));
  if (sections.length !== notes.children.length || sections.some((each, index) => each !== notes.children[index])) {
    notes.replaceChildren(...sections);
  }
  written.forEach(({ id, label, n }, index) => {
    const [head, body] = sections[index].children;
    setText(head.firstElementChild, label);
    setText(head.lastElementChild, number(n));
    const here = texts.filter((text) => text.table === id).map((text) => ({ ...text, group: "" }));
    drawTexts(body, { texts: here, clusters: clusters.filter((each) => each.table === id) }, { ...how, head: BELOW_A_TABLE });
  });
}

const find = (notes, { id }) => [...notes.children].find((each) => each.dataset.table === id);

function make({ id }) {
  const head = h(below, { class: "oogst-group__head" }, h("span", { class: "oogst-group__name" }), " ", h("span", { class: "oogst-group__n" }));
  return h("section", { class: "oogst-group", "data-table": id }, head, h("div", {}));
}

// The groups a note can be put in, in the order of their numbers: at a table those of that table.
export function groupsFor({ texts = [], clusters = [] }, id) {
  const table = texts.find((each) => each.id === id)?.table;
  return clusters.filter((each) => each.table === table);
}
