// The groups in which staff put the notes of a wall: the list of them, and a note dragged to one.

import { h, icon, say } from "../dom.js";
import { dialogOf } from "./dialogs.js";

const list = document.getElementById("groups-list");

// wall: where the notes are. put(contribution, cluster): what a key and the menu do as well.
export function prepareGroups(wall, put) {
  // Enter renames the group it is pressed in.
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    event.target.parentNode.querySelector("button").click();
  });
  wall.addEventListener("dragstart", (event) => {
    const item = event.target.closest("li[data-id]");
    if (item) event.dataTransfer.setData("text/plain", item.dataset.id);
  });
  wall.addEventListener("dragover", (event) => event.target.closest("[data-cluster]") && event.preventDefault());
  wall.addEventListener("drop", (event) => {
    const group = event.target.closest("[data-cluster]");
    const contribution = event.dataTransfer.getData("text/plain");
    const note = wall.querySelector(`[data-id="${CSS.escape(contribution)}"]`);
    const isElsewhere = group?.closest("[data-table]") !== note?.closest("[data-table]");
    if (!group || !contribution || isElsewhere) return;
    event.preventDefault();
    put(contribution, group.dataset.cluster);
  });
}

// tables: of a conversation in small groups; there a group is of one table.
export function drawGroups(clusters, tables = []) {
  const labels = Object.fromEntries(tables.map(({ id, label }) => [id, label]));
  drawTableChoice(tables);
  const select = dialogOf("person").querySelector("select");
  const value = select.value;
  select.replaceChildren(
    h("option", { value: "" }, say("no_group")),
    ...clusters.map((each) => h("option", { value: each.id, "data-table": each.table }, each.name)),
  );
  select.value = value;
  const items = clusters.map((each, index) => {
    const nth = clusters.slice(0, index).filter((other) => other.table === each.table).length + 1;
    return group(each, nth, labels[each.table]);
  });
  const isSame = list.children.length === items.length && items.every((item, index) => list.children[index].dataset.is === item.dataset.is);
  if (!isSame) list.replaceChildren(...items);
}

// At which table a new group is.
function drawTableChoice(tables) {
  const select = document.getElementById("group-table");
  const [row, value] = [select.parentNode, select.value];
  const options = tables.map(({ id, label }) => h("option", { value: id }, label));
  row.hidden = !tables.length;
  if (options.length === select.length && options.every((each, index) => each.isEqualNode(select.options[index]))) return;
  select.replaceChildren(...options);
  if (tables.some((each) => each.id === value)) select.value = value;
}

// `nth` is the number with which a note is put in it: at each table they begin at 1.
function group({ id, name }, nth, table) {
  const input = { class: "utrecht-textbox utrecht-textbox--html-input", name: `group-${id}`, value: name, maxlength: 60 };
  const button = { type: "submit", name: "command", form: "groups-form" };
  return h(
    "li",
    { "data-is": `${id} ${name} ${nth} ${table}`, value: nth },
    table ? h("span", { class: "oogst-small" }, table) : null,
    h("input", { ...input, "aria-label": table ? `${say("name")}, ${table}` : say("name"), form: "groups-form" }),
    h("button", { ...button, class: "nl-button nl-button--subtle", value: `rename_cluster:${id}` }, say("rename")),
    h("button", { ...button, class: "nl-button nl-button--subtle nl-button--negative", value: `remove_cluster:${id}` }, icon("trash"), say("remove")),
  );
}
