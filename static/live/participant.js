// The participant's phone. The page works without this; with it the next question comes by itself and an answer is
// sent over the socket. A form somebody has begun to fill in is never taken away from them.

import { Connection } from "./connection.js";
import { clock, drawResults, fromServer, h, icon, language, lines, number, say, setText, showLost } from "./draw.js";
import { isEmpty, keepPlacesApart, readValue, writeValue } from "./form.js";

const room = document.getElementById("room");
const live = document.getElementById("live");
const spoken = document.getElementById("status");
const template = document.getElementById("note-form");
const part = (name) => live.querySelector(`[data-part="${name}"]`);

let session = null;
let step = onThePage(); // what is on the screen
let later = null; // a step that waits until somebody has finished typing
let results = null;
let mine = { answers: {}, contributions: [], supports: [] };
let problem = null;
let dirty = false; // something was typed or chosen and not sent
let changing = Boolean(live.querySelector("form[data-step]"));

const connection = new Connection({
  code: room.dataset.code,
  view: "participant",
  lang: language,
  on: { message, ack, refused, state, gone },
});

// The step whose form the server put on the page, as far as its place goes.
function onThePage() {
  const form = live.querySelector("form[data-step]");
  return form && { key: form.dataset.step, round: Number(form.dataset.round) };
}

// --- What comes in ------------------------------------------------------------------------------------------------

function message(news) {
  if (news.type === "snapshot") {
    mine = news.mine;
    if (!news.isOld) move(news);
    else draw();
  } else if (news.type === "step") {
    move(news);
  } else if (news.type === "results") {
    if (!later && belongs(news)) {
      results = { ...news };
      drawResultsPart();
    }
  } else if (news.type === "presence" && session) {
    session.participants = news.participants;
    drawPeople();
  }
}

function belongs(news) {
  return news.question ? news.question === step?.question?.key : news.thread === step?.thread?.id;
}

function move(news) {
  session = news.session;
  const isSame = samePlace(news.step, step);
  if (!isSame && dirty && session.state === "running" && part("ask").querySelector("form")) {
    later = news; // somebody is typing: they go on when they want
    drawLater();
    return;
  }
  later = null;
  results = news.results;
  if (!isSame) {
    problem = null;
    changing = false;
    dirty = false;
  }
  step = news.step;
  draw();
  if (!isSame) announce();
}

function samePlace(one, other) {
  return one?.key === other?.key && one?.round === other?.round;
}

function ack(sent) {
  if (sent.type === "answer") {
    mine.answers[sent.question] = sent.value;
    speak(say("saved"));
    if (later) move(later);
  } else if (sent.type === "contribute") {
    speak(say("written"));
  } else if (sent.type === "support") {
    mine.supports = mine.supports.filter((id) => id !== sent.contribution);
    if (sent.on) mine.supports.push(sent.contribution);
  }
  draw();
}

function refused(sent, error) {
  if (sent.type === "support") return draw();
  problem = error.detail;
  speak(`${say("not_saved")}. ${error.detail}`);
  if (sent.type === "answer" && sent.question === step?.question?.key) changing = error.code === "invalid";
  return draw();
}

function state(now) {
  if (now === "never") {
    // No socket gets through here (an old proxy): the plain forms do.
    live.removeEventListener("submit", submit);
    room.querySelector("[data-refresh]").hidden = false;
    showLost("open");
    return;
  }
  room.querySelector("[data-refresh]").hidden = true;
  showLost(now);
  if (session) draw();
}

function gone() {
  // Ended: everybody looks at the results, but not in the same second.
  setTimeout(() => location.reload(), Math.random() * 3000);
}

// --- What goes out ------------------------------------------------------------------------------------------------

function submit(event) {
  const form = event.target;
  const what = form.elements.what?.value;
  if (!session || !["answer", "contribute", "support"].includes(what)) return;
  event.preventDefault();
  problem = null;
  ({ answer: sendAnswer, contribute: sendText, support: sendSupport })[what](form);
}

function sendAnswer(form) {
  const value = readValue(form);
  const question = form.elements.question.value;
  if (isEmpty(value) && isEmpty(mine.answers[question] ?? null)) {
    problem = say("choose");
    speak(problem);
    return draw();
  }
  connection.put({ type: "answer", question, value: isEmpty(value) ? null : value }, `answer ${question}`);
  dirty = false;
  changing = false;
  draw();
  return part("saved").querySelector(".oogst-saved")?.focus();
}

function sendText(form) {
  const text = form.elements.text.value.trim();
  if (!text) {
    problem = say("choose");
    return draw();
  }
  const name = form.elements.name?.value.trim() ?? "";
  const thread = form.elements.thread.value;
  connection.put({ type: "contribute", thread, text, name });
  mine.contributions.push({ thread, text, state: "sent" });
  form.elements.text.value = "";
  dirty = false;
  draw();
  return later ? move(later) : undefined;
}

function sendSupport(form) {
  const contribution = form.elements.contribution.value;
  const on = form.elements.on.value === "1";
  connection.put({ type: "support", contribution, on }, `support ${contribution}`);
  mine.supports = mine.supports.filter((id) => id !== contribution);
  if (on) mine.supports.push(contribution);
  drawResultsPart();
}

live.addEventListener("submit", submit);
live.addEventListener("input", (event) => {
  dirty = true;
  if (event.target.dataset.place) keepPlacesApart(event.target);
});
live.addEventListener("click", (event) => {
  if (event.target.closest("[data-change]")) {
    event.preventDefault();
    changing = true;
    draw();
    part("ask").querySelector("input:not([type=hidden]), textarea, select")?.focus();
  } else if (event.target.closest("[data-later]")) {
    dirty = false;
    move(later);
  }
});

// --- Drawing ------------------------------------------------------------------------------------------------------

function draw() {
  drawHead();
  drawSaved();
  drawAsk();
  drawResultsPart();
  const isQuiet = session.state === "running" && step && (step.type === "slide" || answered() || !step.open);
  setText(part("next"), isQuiet ? say("saved_next") : "");
}

function drawHead() {
  const head = part("head");
  const wanted = session.state === "running" && step ? stepHead() : waitingHead();
  if (!wanted.every((node, index) => head.children[index]?.isEqualNode(node)) || head.children.length !== wanted.length) {
    head.replaceChildren(...wanted);
  }
  drawTimer();
}

function stepHead() {
  const title = step.question?.label ?? step.thread?.label ?? step.title;
  return [
    h("p", { class: "oogst-step" }, say("step", { number: step.number, of: step.of })),
    h("h1", { class: "oogst-question" }, title),
    step.text ? h("p", { class: "oogst-live-text" }, lines(step.text)) : null,
    step.timer ? h("p", { class: "oogst-live-timer", role: "timer" }) : null,
  ].filter(Boolean);
}

function waitingHead() {
  const [name, title, text] = {
    lobby: ["hand", say("welcome"), say("welcome_text")],
    paused: ["pause", say("pause"), say("pause_text")],
    ended: ["check-circle", say("ended"), ""],
  }[session.state] ?? ["hourglass", say("look"), ""];
  return [
    h(
      "div",
      { class: "oogst-waiting" },
      icon(name, "oogst-icon--round"),
      h("h1", { class: "nl-heading nl-heading--level-1" }, title),
      text ? h("p", {}, text) : null,
      session.state === "lobby" ? h("p", { class: "oogst-muted", "data-people": true }, peopleHere()) : null,
    ),
  ];
}

const peopleHere = () => (session.participants > 1 ? say("people", { n: number(session.participants) }) : "");

function drawPeople() {
  setText(live.querySelector("[data-people]"), peopleHere());
}

function drawTimer() {
  const place = live.querySelector("[role=timer]");
  if (place && step?.timer) setText(place, clock(step.timer));
}
setInterval(drawTimer, 1000);

const pending = () => step?.question && connection.pending(`answer ${step.question.key}`);
const answered = () => Boolean(step?.question && (pending() || step.question.key in mine.answers));

function drawSaved() {
  const nodes = [];
  if (problem) nodes.push(alert(problem));
  if (session.state === "running" && step?.question && answered() && !changing) nodes.push(...savedAnswer());
  if (session.state === "running" && step?.thread) nodes.push(...ownTexts());
  const place = part("saved");
  if (nodes.length === place.children.length && nodes.every((node, index) => place.children[index].isEqualNode(node))) return;
  const hadFocus = place.contains(document.activeElement);
  place.replaceChildren(...nodes);
  if (hadFocus) place.querySelector(".oogst-saved")?.focus();
}

function savedAnswer() {
  const text = pending() ? say(connection.isOpen ? "saving" : "waiting") : say("saved");
  const more = step.open && !pending() ? say("saved_change") : "";
  return [
    saved(pending() ? "hourglass" : "check-circle", text, more, pending()),
    step.open ? h("p", { class: "oogst-live-change" }, changeButton()) : null,
  ].filter(Boolean);
}

function changeButton() {
  return h("button", { class: "nl-button nl-button--secondary", type: "button", "data-change": true }, icon("pencil"), say("change"));
}

function saved(name, strong, text, waits = false) {
  const look = waits ? "oogst-saved oogst-saved--waits" : "oogst-saved";
  return h("div", { class: look, tabindex: -1 }, icon(name), h("p", {}, h("strong", {}, strong), " ", text));
}

// What waits for staff, and the last text that was sent from here.
function ownTexts() {
  const own = mine.contributions.filter((each) => each.thread === step.thread.id);
  const nodes = own.filter((each) => each.state === "pending").map((each) => saved("hourglass", say("read_first"), each.text, true));
  const sent = own.filter((each) => each.state === "sent").pop();
  if (sent) nodes.push(saved("check-circle", say(connection.isOpen ? "written" : "waiting"), sent.text));
  return nodes;
}

function alert(text) {
  return h(
    "div",
    { class: "utrecht-alert utrecht-alert--error oogst-live-alert" },
    h("div", { class: "utrecht-alert__icon" }, icon("alert")),
    h("div", { class: "utrecht-alert__content" }, h("p", { class: "nl-paragraph" }, h("strong", {}, say("not_saved"))), h("p", { class: "nl-paragraph" }, text)),
  );
}

function drawAsk() {
  const place = part("ask");
  const form = place.querySelector("form");
  const isHere = form && form.dataset.step === step?.key && form.dataset.round === String(step?.round);
  const running = session.state === "running" && step;
  const wanted = running && step.open && (step.thread || (step.question && (!answered() || changing)));
  if (wanted && isHere) {
    form.hidden = false;
    form.querySelector("[type=submit]").disabled = false;
    return drawLater();
  }
  if (wanted) {
    place.replaceChildren(makeForm());
  } else if (isHere && dirty && running) {
    form.querySelector("[type=submit]").disabled = true; // closed while somebody typed: they may still read it
    if (!place.querySelector(".oogst-live-note")) place.append(note("lock", say("closed"), ""));
    return undefined;
  } else if (running && step.question && !answered() && !step.results_shown) {
    place.replaceChildren(note("hourglass", say("soon"), say("soon_text")));
  } else if (running && step.thread) {
    place.replaceChildren(note("hourglass", say("write_later"), ""));
  } else {
    place.replaceChildren();
  }
  return undefined;
}

function note(name, strong, text) {
  return h("div", { class: "oogst-live-note" }, icon(name), h("p", {}, h("strong", {}, strong), " ", text));
}

function makeForm() {
  const form = template.content.querySelector(step.thread ? `[data-for="${step.type}"]` : "[data-for=question]").cloneNode(true);
  form.dataset.step = step.key;
  form.dataset.round = step.round;
  if (step.thread) {
    form.elements.thread.value = step.thread.id;
  } else {
    form.elements.question.value = step.question.key;
    form.querySelector("[data-controls]").replaceChildren(fromServer(step.html));
    writeValue(form, mine.answers[step.question.key]);
  }
  dirty = false;
  return form;
}

// The room moved on while somebody typed.
function drawLater() {
  const before = room.querySelector(".oogst-live-later");
  if (!later) return before?.remove();
  if (!before) {
    const button = h("button", { class: "nl-button nl-button--secondary", type: "button", "data-later": true }, say("new_question"), icon("arrow-right"));
    live.append(h("div", { class: "oogst-live-later" }, h("p", {}, say("moved_on")), button));
    speak(say("moved_on"));
  }
  return undefined;
}

function drawResultsPart() {
  const place = part("results");
  const shown = session?.state === "running" && step && results;
  drawResults(place, shown ? results : null, { table: true, textExtra: step?.thread ? supportForm : undefined });
  if (!shown) delete place.dataset.shape;
}

function supportForm(text) {
  if (!step.open) return h("p", { class: "oogst-small" }, icon("thumbs-up"), ` ${number(text.supports)}`);
  const on = mine.supports.includes(text.id);
  const form = template.content.querySelector("[data-for=support]").cloneNode(true);
  form.elements.contribution.value = text.id;
  form.elements.on.value = on ? "0" : "1";
  const button = form.querySelector("button");
  button.setAttribute("aria-pressed", String(on));
  button.dataset.focus = text.id;
  button.append(icon("thumbs-up"), `${say(on ? "supported" : "support")} (${number(text.supports)})`);
  return form;
}

// --- Said aloud, once per change --------------------------------------------------------------------------------------

function speak(text) {
  setText(spoken, "");
  requestAnimationFrame(() => setText(spoken, text));
}

function announce() {
  if (session.state === "running" && step) speak(step.question?.label ?? step.thread?.label ?? step.title);
  else speak(live.querySelector("h1")?.textContent ?? "");
}

connection.start();
