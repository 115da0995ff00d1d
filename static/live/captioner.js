// Writing along: each Enter sends a line, and the field is free for the next one at once. Lines keep their order.

const place = document.getElementById("captioner");
const form = document.getElementById("line");
const list = document.getElementById("lines");
const problem = document.getElementById("problem");
const SHOWN = 12;
let before = Promise.resolve();

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const field = form.elements.text;
  const text = field.value.trim();
  if (!text) return;
  const data = new FormData(form);
  field.value = "";
  before = before.then(() => send(data, text));
});

async function send(data, text) {
  let answer = null;
  try {
    answer = await fetch(location.href, { method: "POST", body: data, headers: { Accept: "application/json" } });
  } catch {
    // No connection: told below.
  }
  if (answer?.ok) {
    const line = document.createElement("li");
    line.textContent = text;
    list.append(line);
    while (list.children.length > SHOWN) list.firstChild.remove();
    problem.textContent = "";
    return;
  }
  // What came after it stays behind it, so that a second try sends both.
  const { text: field } = form.elements;
  field.value = [text, field.value].filter(Boolean).join(" ");
  problem.textContent = answer ? (await answer.json().catch(() => ({}))).detail ?? place.dataset.failed : place.dataset.failed;
}

form?.elements.text.focus();
