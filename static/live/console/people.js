// Who is here under a name. The list is asked for when somebody opens it, and again when they type or removed somebody.

import { fromServer } from "../dom.js";
import { keepFocus } from "../texts.js";
import { before } from "./dialogs.js";

const PAUSE = 250; // while somebody types

const place = document.getElementById("names");
const search = document.getElementById("find-name");
let asked = 0;
let timer = null;

export function preparePeople() {
  search.closest("[data-scripted]").hidden = false;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(showNames, PAUSE);
  });
  before("people-list", showNames);
}

export async function showNames() {
  const number = ++asked;
  try {
    const answer = await fetch(`${place.dataset.address}?q=${encodeURIComponent(search.value)}`);
    if (!answer.ok || answer.redirected || number !== asked) return;
    const html = await answer.text();
    if (number === asked) keepFocus(place, () => place.replaceChildren(fromServer(html)));
  } catch {
    // No connection: the list stays as it was, and a command says so.
  }
}
