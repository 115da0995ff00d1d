// Saves the reload: sends the support form in the background and shows what the server counted.
// Without this module the same form works by itself.

const headers = { Accept: "application/json" };

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-support]");
  if (!form || form.dataset.plain) return;
  event.preventDefault();
  send(form);
});

async function send(form) {
  if (form.dataset.busy) return;
  form.dataset.busy = "true";
  try {
    const response = await fetch(form.action, { method: "POST", headers, body: new FormData(form) });
    const answer = await response.json();
    if (response.ok) show(form, answer);
    else form.querySelector("[data-error]").textContent = answer.detail;
  } catch {
    // No network or no JSON: let the browser send the form and say what is wrong.
    form.dataset.plain = "true";
    form.requestSubmit();
  } finally {
    delete form.dataset.busy;
  }
}

function show(form, { on, count }) {
  form.elements.on.value = on ? "0" : "1";
  form.classList.toggle("idea-support--on", on);
  form.querySelector("[data-count]").textContent = count;
  form.querySelector("[data-error]").textContent = "";
}
