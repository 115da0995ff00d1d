// Counting with one hand: a large − and + beside each number, and everything is saved a moment after the last press.

const form = document.getElementById("hands");
const told = document.getElementById("told");
const PAUSE = 600;
let timer = null;
let before = Promise.resolve();

for (const field of form?.querySelectorAll("input[type=number]") ?? []) {
  const label = field.labels[0].textContent;
  field.before(button("−", -1, `${form.dataset.less}: ${label}`, field));
  field.after(button("+", 1, `${form.dataset.more}: ${label}`, field));
}

function button(sign, by, name, field) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "nl-button nl-button--secondary oogst-hands__button";
  made.textContent = sign;
  made.setAttribute("aria-label", name);
  made.addEventListener("click", () => {
    field.value = Math.min(Number(field.max), Math.max(0, (Number(field.value) || 0) + by));
    later();
  });
  return made;
}

form?.addEventListener("input", later);
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});

function later() {
  told.textContent = "";
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
}

// One after the other: what was counted last is what is kept.
function save() {
  clearTimeout(timer);
  const data = new FormData(form);
  before = before.then(() => send(data));
}

async function send(data) {
  let detail = form.dataset.failed;
  try {
    const answer = await fetch(location.href, { method: "POST", body: data, headers: { Accept: "application/json" } });
    detail = (await answer.json()).detail;
  } catch {
    // No connection, or no answer: told below.
  }
  told.textContent = detail || form.dataset.saved;
}
