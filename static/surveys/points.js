// Points to divide: how many are left, while somebody types. The server judges the sum; without this it only says so
// afterwards.

const QUIET = 800; // milliseconds without a change before it is said aloud

let waits = 0;

const sum = (box) => [...box.querySelectorAll("[data-points]")].reduce((all, field) => all + (Number(field.value) || 0), 0);
const words = (box, left) => {
  if (!left) return box.dataset.done;
  return (left < 0 ? box.dataset.over : box.dataset.left).replace("{n}", Math.abs(left));
};

// Show what is left in every box of `place`.
export function countPoints(place) {
  for (const box of place.querySelectorAll("[data-total]")) count(box);
}

// What is wrong with the points in `form`, in words; nothing when they may be sent.
export function wrongPoints(form) {
  const box = form.querySelector("[data-total]");
  if (!box) return "";
  const left = Number(box.dataset.total) - sum(box);
  const isFine = left === 0 || left === Number(box.dataset.total) || (left > 0 && "mayKeep" in box.dataset);
  return isFine ? "" : words(box, left);
}

function count(box) {
  const left = Number(box.dataset.total) - sum(box);
  const shown = box.querySelector("[data-count]");
  shown.hidden = false;
  shown.textContent = words(box, left);
  shown.classList.toggle("oogst-points__left--over", left < 0);
  shown.classList.toggle("oogst-points__left--done", left === 0);
}

document.addEventListener("input", ({ target }) => {
  const box = target.closest("[data-total]");
  if (!box) return;
  count(box);
  clearTimeout(waits);
  waits = setTimeout(() => (box.querySelector("[role=status]").textContent = box.querySelector("[data-count]").textContent), QUIET);
});

countPoints(document);
