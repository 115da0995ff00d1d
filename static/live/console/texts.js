// One text that staff have chosen: its group, its translations, the phone it came from. And the list of groups.

import { h, icon, lines, say } from "../dom.js";
import { before, dialogOf, openDialog } from "./dialogs.js";

export const chosen = { place: "", id: "" };

before("person", (text) => {
  chosen.place = text.place;
  chosen.id = text.id;
  const dialog = dialogOf("person");
  dialog.querySelector("[data-text]").replaceChildren(...lines(text.text));
  dialog.querySelector("[data-only=thread]").hidden = !text.inThread;
  dialog.querySelector("[data-only=contribution]").hidden = text.place === "answer";
  dialog.querySelector("[data-only=name]").hidden = !text.name;
  dialog.querySelector("[data-name]").textContent = text.name ?? "";
  for (const area of dialog.querySelectorAll("textarea")) {
    area.value = text.translations?.[area.lang] ?? "";
    area.parentNode.hidden = area.lang === text.lang;
  }
  const select = dialog.querySelector("select");
  // Groups belong to a table, where there are tables.
  for (const option of select.options) option.hidden = Boolean(option.dataset.table && option.dataset.table !== text.table);
  select.value = text.cluster ?? "";
  for (const button of dialog.querySelectorAll("[data-of]")) {
    const of = button.dataset.of;
    button.value = of.startsWith("remove") ? `${of}:${text.place}:${text.id}` : `${of}:${text.id}`;
  }
});

export const openText = (text) => openDialog("person", text);

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
  const list = document.getElementById("groups-list");
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
  const input = h("input", { class: "utrecht-textbox utrecht-textbox--html-input", name: `group-${id}`, value: name, maxlength: 60, "aria-label": table ? `${say("name")}, ${table}` : say("name"), form: "groups-form" });
  const button = (value, word, look, name_) =>
    h("button", { class: `nl-button nl-button--subtle ${look}`, type: "submit", name: "command", value: `${value}:${id}`, form: "groups-form" }, name_ ? icon(name_) : null, say(word));
  return h(
    "li",
    { "data-is": `${id} ${name} ${nth} ${table}`, value: nth },
    table ? h("span", { class: "oogst-small" }, table) : null,
    input,
    button("rename_cluster", "rename", ""),
    button("remove_cluster", "remove", "nl-button--negative", "trash"),
  );
}
