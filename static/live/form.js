// Between a question's controls (made on the server, for every kind) and the protocol's value.
//
// [data-path="key part"]: a set of radio buttons whose value belongs there in an object.
// [data-place="key"]: a select with the place of that option in a list.
// Otherwise one set of radio buttons, checkboxes, or one text field.

export function readValue(form) {
  const parts = form.querySelectorAll("[data-path]");
  if (parts.length) return readParts(parts);
  const places = form.querySelectorAll("[data-place]");
  if (places.length) return readPlaces(places);
  const controls = fields(form);
  const boxes = controls.filter((control) => control.type === "checkbox");
  if (boxes.length) return boxes.filter((box) => box.checked).map((box) => box.value);
  if (controls.some((control) => control.type === "radio")) return chosen(form);
  return controls[0]?.value.trim() || null;
}

export function isEmpty(value) {
  return value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}

export function writeValue(form, value) {
  if (isEmpty(value ?? null)) return;
  for (const part of form.querySelectorAll("[data-path]")) {
    const found = part.dataset.path.split(" ").reduce((place, step) => place?.[step], value);
    check(part, found);
  }
  for (const select of form.querySelectorAll("[data-place]")) {
    const index = Array.isArray(value) ? value.indexOf(select.dataset.place) : -1;
    select.value = index < 0 ? "" : String(index + 1);
  }
  if (form.querySelector("[data-path], [data-place]")) return;
  if (Array.isArray(value)) {
    for (const box of fields(form)) box.checked = value.includes(box.value);
  } else if (!check(form, value)) {
    const field = fields(form)[0];
    if (field) field.value = String(value);
  }
}

// One option a place: giving it to another frees or swaps it.
export function keepPlacesApart(select) {
  const all = [...select.closest("form").querySelectorAll("[data-place]")];
  const other = all.find((each) => each !== select && each.value && each.value === select.value);
  if (other) other.value = select.dataset.before ?? "";
  for (const each of all) each.dataset.before = each.value;
}

function readParts(parts) {
  const value = {};
  for (const part of parts) {
    const found = chosen(part);
    if (found === null) continue;
    const path = part.dataset.path.split(" ");
    const last = path.pop();
    path.reduce((place, step) => (place[step] ??= {}), value)[last] = found;
  }
  return value;
}

function readPlaces(places) {
  return [...places]
    .filter((select) => select.value)
    .sort((one, other) => Number(one.value) - Number(other.value))
    .map((select) => select.dataset.place);
}

function fields(form) {
  return [...form.querySelectorAll("input:not([type=hidden]), textarea, select")];
}

function chosen(place) {
  return place.querySelector("input[type=radio]:checked")?.value ?? null;
}

// True when there are radio buttons to check at all.
function check(place, value) {
  const radios = [...place.querySelectorAll("input[type=radio]")];
  for (const radio of radios) radio.checked = value !== undefined && radio.value === String(value);
  return radios.length > 0;
}
