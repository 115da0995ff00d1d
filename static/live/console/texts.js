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

export function drawGroups(clusters) {
  const select = dialogOf("person").querySelector("select");
  const value = select.value;
  select.replaceChildren(
    h("option", { value: "" }, say("no_group")),
    ...clusters.map((each) => h("option", { value: each.id, "data-table": each.table }, each.name)),
  );
  select.value = value;
  const list = document.getElementById("groups-list");
  const items = clusters.map(group);
  const isSame = list.children.length === items.length && items.every((item, index) => list.children[index].dataset.is === item.dataset.is);
  if (!isSame) list.replaceChildren(...items);
}

function group({ id, name }) {
  const input = h("input", { class: "utrecht-textbox utrecht-textbox--html-input", name: `group-${id}`, value: name, maxlength: 60, "aria-label": say("name"), form: "groups-form" });
  const button = (value, word, look, name_) =>
    h("button", { class: `nl-button nl-button--subtle ${look}`, type: "submit", name: "command", value: `${value}:${id}`, form: "groups-form" }, name_ ? icon(name_) : null, say(word));
  return h(
    "li",
    { "data-is": `${id} ${name}` },
    input,
    button("rename_cluster", "rename", ""),
    button("remove_cluster", "remove", "nl-button--negative", "trash"),
  );
}
