// Single keys for the queue: a, s and u press their buttons, 1 to 5 choose the reason, h hides once there is one.
// They can be switched off (WCAG 2.1.4), never act while somebody types, and everything works without this module.

const STORED = "moderation-keys";
const desk = document.querySelector("[data-moderation]");
const panel = desk.querySelector("[data-keys]");
const toggle = desk.querySelector("[data-keys-on]");

function stored(value) {
  try {
    if (value !== undefined) localStorage.setItem(STORED, value);
    return localStorage.getItem(STORED);
  } catch {
    return null; // Storage is switched off: the choice then lasts for this page.
  }
}

if (toggle) {
  panel.hidden = false;
  toggle.checked = stored() !== "off";
  toggle.addEventListener("change", () => stored(toggle.checked ? "on" : "off"));
}

const typing = (element) => element.matches("textarea, input[type=text], input[type=search], select");

document.addEventListener("keydown", (event) => {
  const off = toggle ? !toggle.checked : stored() === "off";
  if (off || event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
  const key = event.key.toLowerCase();
  const reasons = [...desk.querySelectorAll("input[name=reason]")];
  if (/^[1-9]$/.test(key) && reasons[key - 1]) {
    reasons[key - 1].checked = true;
    reasons[key - 1].focus();
  } else if (key === "h" && reasons.length && !reasons.some((reason) => reason.checked)) {
    reasons[0].focus();
  } else {
    const button = desk.querySelector(`[data-key="${key}"]`);
    if (!button) return;
    button.click();
  }
  event.preventDefault();
});
