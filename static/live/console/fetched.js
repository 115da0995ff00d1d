// A part of the console that the server draws, asked for when it is needed.

import { fromServer } from "../dom.js";
import { keepFocus } from "../texts.js";

// Gives a function that draws `place` anew from its data-address; of several at once the last one counts.
export function fetched(place, query = () => "") {
  let asked = 0;
  return async () => {
    const number = ++asked;
    try {
      const answer = await fetch(`${place.dataset.address}${query()}`);
      if (!answer.ok || answer.redirected || number !== asked) return;
      const html = await answer.text();
      if (number === asked) keepFocus(place, () => place.replaceChildren(fromServer(html)));
    } catch {
      // No connection: it stays as it was, and a command says so.
    }
  };
}
