// Who sits at which table, to move somebody. The list is asked for when somebody opens it.

import { before, dialogOf } from "./dialogs.js";
import { fetched } from "./fetched.js";

const place = document.getElementById("seats");
const draw = fetched(place);

export function prepareSeats() {
  before("move", async () => {
    place.replaceChildren(); // those of the step before are of no use
    await draw();
    if (dialogOf("move").open) place.querySelector("select")?.focus();
  });
}

// At which table this person is on the list; "" when at none.
export const tableOf = (person) => place.querySelector(`option[value="${CSS.escape(person)}"]`)?.dataset.table ?? "";
