// A quick question: what it is decides which fields it needs; options grow as they are typed.

const form = document.getElementById("quick-form");

export function prepareQuick() {
  // Its fields are in the dialog, not inside the form they belong to: what changes there passes the dialog.
  document.getElementById("quick-dialog").addEventListener("change", show);
  for (const area of lines()) area.addEventListener("input", () => grow(area));
  show();
}

const lines = () => [...form.elements].filter((each) => each.localName === "textarea");

function show() {
  const needs = [...form.elements.kind].find((radio) => radio.checked)?.dataset.needs ?? "";
  for (const part of document.querySelectorAll("#quick-dialog [data-for]")) part.hidden = !needs.split(" ").includes(part.dataset.for);
}

function grow(area) {
  area.rows = Math.max(3, area.value.split("\n").length + 1);
}

export function emptyQuick() {
  form.reset();
  for (const area of lines()) area.rows = 3;
  show();
}
