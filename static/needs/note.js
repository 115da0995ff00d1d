// A field note is never lost: what is typed stays on this phone until the server says "stored". Notes written
// without a connection wait in an outbox and are sent as soon as there is one while this page is open or opened again.
const form = document.querySelector("[data-note]");

if (form) start(form);

function start(form) {
  const store = form.dataset.store;
  const status = document.querySelector("[data-note-status]");
  const confirm = document.querySelector("[data-note-confirm]");
  const names = Array.from(form.elements, (control) => control.name).filter(
    (name) => name && name !== "csrfmiddlewaretoken",
  );
  let sending = false;
  let again = false; // somebody asked while it was sending: the connection may be back

  const load = (key) => {
    try {
      return JSON.parse(localStorage.getItem(`${store}.${key}`)) || null;
    } catch {
      return null;
    }
  };
  const keep = (key, value) => {
    try {
      if (value === null) localStorage.removeItem(`${store}.${key}`);
      else localStorage.setItem(`${store}.${key}`, JSON.stringify(value));
      return true;
    } catch {
      return false; // storage is full or forbidden: the form then works as a plain form
    }
  };
  const values = () =>
    Object.fromEntries(
      names.map((name) => {
        const control = form.elements[name];
        return [name, control.type === "checkbox" ? control.checked : control.value];
      }),
    );
  const fill = (note) => {
    for (const [name, value] of Object.entries(note)) {
      const control = form.elements[name];
      if (!control) continue;
      if (control.type === "checkbox") control.checked = value;
      else control.value = value;
    }
  };
  const say = (text) => {
    const waiting = (load("outbox") || []).length;
    const lines = [text, waiting ? `${form.dataset.waiting} ${waiting}` : ""].filter(Boolean);
    status.textContent = lines.join(" ");
    status.hidden = lines.length === 0;
  };
  const newId = () =>
    ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, (c) =>
      (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16),
    );
  const clear = () => {
    form.reset();
    form.elements.client_id.value = newId();
    confirm.hidden = true;
    keep("draft", null);
  };
  const queue = (note) => {
    const rest = (load("outbox") || []).filter((each) => each.client_id !== note.client_id);
    return keep("outbox", [...rest, note]);
  };
  const unqueue = (note) => {
    const rest = (load("outbox") || []).filter((each) => each.client_id !== note.client_id);
    keep("outbox", rest.length ? rest : null);
  };

  // "stored", "refused" (with errors), "out" (logged out), or "later" (no connection, or a server in trouble).
  async function send(note) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const [name, value] of Object.entries(note)) {
      if (value === true) body.set(name, "on");
      else if (value !== false) body.set(name, value);
    }
    let response;
    try {
      response = await fetch(form.action || location.href, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
      });
    } catch {
      return { outcome: "later" };
    }
    const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
    if (isJson) {
      const data = await response.json();
      return data.stored ? { outcome: "stored" } : { outcome: "refused", ...data };
    }
    if (response.redirected || response.status === 403) return { outcome: "out" };
    return { outcome: "later" };
  }

  function refuse(note, answer) {
    fill(note);
    keep("draft", note);
    confirm.hidden = !answer.looks_personal;
    const errors = Object.values(answer.errors || {}).flat();
    say([form.dataset.look, ...errors].join(" "));
    form.elements.verbatim.focus();
  }

  async function empty() {
    again = sending;
    if (sending) return;
    sending = true;
    for (const note of load("outbox") || []) {
      const answer = await send(note);
      if (answer.outcome === "later") break;
      if (answer.outcome === "out") {
        say(form.dataset.login);
        break;
      }
      unqueue(note);
      if (answer.outcome === "stored") say(form.dataset.stored);
      else {
        refuse(note, answer);
        break;
      }
    }
    sending = false;
    if (again) await empty();
  }

  form.addEventListener("input", () => keep("draft", values()));

  form.addEventListener("submit", (event) => {
    const note = values();
    if (!note.verbatim.trim() || !queue(note)) return; // the server says what is missing
    event.preventDefault();
    clear();
    say("");
    empty().then(() => {
      if ((load("outbox") || []).some((each) => each.client_id === note.client_id) && status.hidden)
        say(form.dataset.kept);
      else if ((load("outbox") || []).length) say(form.dataset.kept);
    });
  });

  const draft = load("draft");
  // After a refused plain POST the server's form is the newest.
  if (draft && !location.search && !document.getElementById("error-summary")) fill(draft); // else a page filled it in
  window.addEventListener("online", empty);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && empty());
  setInterval(() => (load("outbox") || []).length && empty(), 30000);
  if ((load("outbox") || []).length) empty().then(() => status.hidden && say(form.dataset.kept));
}
