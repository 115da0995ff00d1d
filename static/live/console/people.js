// Who is here under a name. The list is asked for when somebody opens it, and again when they type or removed somebody.

import { before } from "./dialogs.js";
import { fetched } from "./fetched.js";

const PAUSE = 250; // while somebody types

const search = document.getElementById("find-name");
let timer = null;

export const showNames = fetched(document.getElementById("names"), () => `?q=${encodeURIComponent(search.value)}`);

export function preparePeople() {
  search.closest("[data-scripted]").hidden = false;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(showNames, PAUSE);
  });
  before("people-list", showNames);
}
