// One text that staff have chosen: its group, its translations, the phone it came from.

import { lines } from "../dom.js";
import { before, dialogOf, openDialog } from "./dialogs.js";

before("person", (text) => {
  const dialog = dialogOf("person");
  dialog.querySelector("[data-text]").replaceChildren(...lines(text.text));
  dialog.querySelector("[data-only=thread]").hidden = !text.inThread;
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
    button.value = of === "put_in_cluster" ? `${of}:${text.id}` : `${of}:${text.place}:${text.id}`;
  }
});

export const openText = (text) => openDialog("person", text);
