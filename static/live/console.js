// The console. Every button is an ordinary form's; with a connection a command goes over the socket instead, and the
// numbers move by themselves. Without one the form is posted: slower, and nothing is lost.

import { Connection } from "./connection.js";
import { clock, drawResults, h, icon, keepFocus, language, lines, number, say, setText, showLost } from "./draw.js";

const room = document.getElementById("room");
const byId = (id) => document.getElementById(id);
const quick = byId("quick");
const quickForm = byId("quick-form");

let session = null;
let step = null;
let results = null;
let script = [];
let queue = [];

const connection = new Connection({
  code: room.dataset.code,
  view: "console",
  lang: language,
  on: { message, ack() {}, refused() {}, state, gone: () => location.reload() },
});

function message(news) {
  if (news.type === "snapshot" && news.view !== "console") return location.reload(); // logged out meanwhile
  if (news.isOld) return undefined;
  if (news.session) {
    ({ session, step, results, script } = news);
    byId("new-version").hidden = !news.new_version;
    if (news.queue) queue = news.queue;
    drawAll();
  } else if (news.type === "results") {
    results = news;
    drawResultsPart();
    drawNumbers();
  } else if (news.type === "queue") {
    queue = news.waiting;
    drawQueue();
  } else if (news.type === "presence" && session) {
    session.participants = news.participants;
    drawNumbers();
  }
  return undefined;
}

function state(now) {
  for (const refresh of document.querySelectorAll("[data-refresh]")) refresh.hidden = now === "open";
  showLost(now === "never" ? "lost" : now);
}

// --- Commands -----------------------------------------------------------------------------------------------------

for (const form of [room, quickForm]) {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!connection.isOpen || !button) return; // the form is posted
    event.preventDefault();
    send(button.value, form);
  });
}

async function send(value, form) {
  const [name, ...rest] = value.split(":");
  const outcome = await connection.command(name, args(name, rest, form));
  if (!outcome) return location.reload();
  const isDone = outcome.type === "ack";
  setText(byId("status"), isDone ? "" : say("refused", { detail: outcome.detail }));
  if (isDone && name === "insert_step") {
    quickForm.reset();
    quick.open = false;
  }
  return undefined;
}

function args(name, rest, form) {
  if (name === "goto") return { step: rest[0] };
  if (name === "timer") return { seconds: rest[0] ? Number(rest[0]) : null };
  if (name === "approve" || name === "hide") return { [rest[0]]: rest[1] };
  if (name === "pin" || name === "mark_answered") return { on: rest[0] === "1", contribution: rest[1] };
  if (name === "insert_step") {
    const { kind, text, options } = form.elements;
    return { kind: kind.value, text: text.value, options: options.value.split("\n").filter((line) => line.trim()) };
  }
  return {};
}

const KEYS = { o: "opening", r: "results", l: "lock", p: "pause" };

document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key === "q") {
    event.preventDefault();
    quick.open = true;
    byId("quick-text").focus();
  } else if (event.key === "ArrowRight" || event.key === "PageDown") {
    press(event, '[data-key="next"], [value="start"], [value="next"]');
  } else if (event.key === "ArrowLeft" || event.key === "PageUp") {
    press(event, '[value="previous"]');
  } else if (KEYS[key]) {
    press(event, `[data-key="${KEYS[key]}"]`);
  }
});

// A key that is held down is one press.
function press(event, selector) {
  event.preventDefault();
  if (!event.repeat) room.querySelector(selector)?.click();
}

// --- Drawing ------------------------------------------------------------------------------------------------------

function drawAll() {
  drawScript();
  drawControls();
  setText(byId("where"), where());
  setText(byId("heading"), step ? (step.question?.label ?? step.thread?.label ?? step.title) : session.title);
  drawResultsPart();
  drawQueue();
  drawNumbers();
  toggle(byId("pause"), session.state === "paused" ? "resume" : "pause");
  toggle(byId("lock"), session.locked ? "unlock" : "lock");
  if (session.state === "ended") location.reload();
}

function where() {
  if (session.state === "lobby") return say("lobby");
  if (session.state === "paused") return say("paused");
  return step ? say("step", { number: step.number, of: step.of }) : "";
}

function toggle(button, name) {
  button.value = name;
  setText(button.querySelector("span"), say(name));
}

function drawScript() {
  const items = script.map((each) =>
    h(
      "li",
      {},
      h(
        "button",
        {
          type: "submit",
          name: "command",
          value: `goto:${each.key}`,
          class: "oogst-script__step",
          "aria-current": each.key === step?.key ? "step" : null,
          "data-focus": each.key,
        },
        h("span", { class: "oogst-script__number" }, each.number),
        h("span", { class: "oogst-script__label" }, each.label),
        each.open ? h("span", { class: "utrecht-status-badge utrecht-status-badge--success" }, say("is_open")) : null,
      ),
    ),
  );
  replace(byId("script"), items);
}

function drawControls() {
  const buttons = [];
  if (session.state === "lobby") {
    buttons.push(button("primary", "start", "play", "start", "→", "next"));
  } else {
    if (step && step.type !== "slide") {
      const what = step.open ? "close" : "open";
      const word = step.thread ? `${what}_wall` : what;
      buttons.push(button("secondary", what, step.open ? "lock" : "unlock", word, "O", "opening"));
      const shows = step.results_shown ? "hide_results" : "show_results";
      buttons.push(button("secondary", shows, "chart", step.results_shown ? "hide" : "show", "R", "results"));
    }
    buttons.push(button("primary", "next", "arrow-right", "next", "→", "next"));
  }
  replace(byId("controls"), buttons);
}

function button(look, value, name, word, key, focus) {
  return h(
    "button",
    { class: `nl-button nl-button--${look}`, type: "submit", name: "command", value, "data-key": focus, "data-focus": focus },
    icon(name),
    h("span", {}, say(word)),
    h("kbd", { class: "oogst-key" }, key),
  );
}

function drawResultsPart() {
  const who = byId("who");
  const place = byId("results");
  who.hidden = !results || !step;
  if (results && step) {
    who.replaceChildren(icon(step.results_shown ? "eye" : "eye-off"), say(step.results_shown ? "room_sees" : "only_you"));
  }
  if (!step || step.type === "slide") {
    delete place.dataset.shape;
    place.replaceChildren(step?.text ? h("p", {}, lines(step.text)) : "");
  } else {
    drawResults(place, results, { table: true, textExtra });
  }
  const timer = byId("timer");
  timer.hidden = !step?.timer;
}

function textExtra(text) {
  const buttons = [];
  if (step.thread) {
    buttons.push(small(`pin:${text.pinned ? 0 : 1}:${text.id}`, "pin", text.pinned ? "unpin" : "pin"));
    if (step.type === "stage") {
      buttons.push(small(`mark_answered:${text.answered ? 0 : 1}:${text.id}`, "check", text.answered ? "unmark" : "mark"));
    }
  }
  buttons.push(small(`hide:${step.thread ? "contribution" : "answer"}:${text.id}`, "eye-off", "hide_text"));
  const support = text.supports ? h("span", { class: "oogst-small" }, say("for", { n: number(text.supports) })) : null;
  return h("div", { class: "oogst-row oogst-console__text" }, support, buttons);
}

function small(value, name, word) {
  const look = "nl-button nl-button--subtle oogst-console__small";
  return h("button", { class: look, type: "submit", name: "command", value, "data-focus": value }, icon(name), say(word));
}

function drawQueue() {
  const items = queue.map((each) => {
    const which = each.contribution ? `contribution:${each.contribution}` : `answer:${each.answer}`;
    const approve = { class: "nl-button nl-button--primary", type: "submit", name: "command", value: `approve:${which}` };
    const hide = { class: "nl-button nl-button--secondary nl-button--negative", type: "submit", name: "command", value: `hide:${which}` };
    return h(
      "li",
      { class: "oogst-card" },
      h(
        "div",
        { class: "oogst-card__body" },
        h("div", { class: "oogst-resident-text" }, lines(each.text)),
        each.name ? h("p", { class: "oogst-small" }, each.name) : null,
        h(
          "div",
          { class: "oogst-form__actions" },
          h("button", { ...approve, "data-focus": approve.value }, icon("check"), say("approve")),
          h("button", { ...hide, "data-focus": hide.value }, icon("eye-off"), say("hide_text")),
        ),
      ),
    );
  });
  replace(byId("queue"), items.length ? items : [h("li", { class: "oogst-muted" }, say("queue_empty"))]);
  byId("waiting").hidden = !queue.length;
  setText(byId("waiting"), number(queue.length));
}

function drawNumbers() {
  setText(byId("people"), number(session.participants));
  setText(byId("answers"), number(results?.n));
}

// Replace what differs; a button under somebody's finger stays, and the focus goes to its successor.
function replace(place, nodes) {
  const isSame = place.children.length === nodes.length && nodes.every((node, index) => place.children[index].isEqualNode(node));
  if (!isSame) keepFocus(place, () => place.replaceChildren(...nodes));
}

setInterval(() => {
  const timer = byId("timer");
  if (step?.timer && !timer.hidden) setText(timer, clock(step.timer));
}, 500);

connection.start();
