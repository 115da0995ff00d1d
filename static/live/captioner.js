// Writing along: each Enter sends a line, and the field is free for the next one at once. Lines keep their order.

const place = document.getElementById("captioner");
const form = document.getElementById("line");
const list = document.getElementById("lines");
const problem = document.getElementById("problem");
const SHOWN = 12;
const waiting = []; // `[what is sent, its text]`, in the order in which they were written
let sending = false;

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const field = form.elements.text;
  const text = field.value.trim();
  if (!text) return;
  waiting.push([new FormData(form), text]);
  field.value = "";
  sendAll();
});

async function sendAll() {
  if (sending) return;
  sending = true;
  while (waiting.length && (await send(...waiting[0]))) waiting.shift();
  sending = false;
  if (!waiting.length) return;
  // One failed: with all that came after it, it goes back in the field, so that a second try sends them in order.
  const { text: field } = form.elements;
  field.value = [...waiting.splice(0).map(([, text]) => text), field.value].filter(Boolean).join(" ");
}

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
    return true;
  }
  const said = answer ? await answer.json().catch(() => ({})) : {};
  problem.textContent = said.detail ?? place.dataset.failed;
  return false;
}

form?.elements.text.focus();
