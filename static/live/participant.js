// The participant's phone. The page works without this; with it the next question comes by itself and an answer is
// sent over the socket. A form somebody has begun to fill in is never taken away from them.

import { captionSwitch, CaptionSwitch } from "./captions.js";
import { Connection } from "./connection.js";
import { Drafts } from "./drafts.js";
import { clock, drawResults, fromServer, h, icon, language, lines, number, say, setText, showLost } from "./draw.js";
import { choosePairs, stepPairs } from "../surveys/pairs.js";
import { countPoints, wrongPoints } from "../surveys/points.js";
import { isEmpty, keepPlacesApart, readValue, writeValue } from "./form.js";
import { Phone } from "./phone.js";
import { showRehearsal } from "./rehearsal.js";
import { slide } from "./slides.js";
import { tableParts } from "./table.js";
import { drawByTable, isTalk } from "./tables.js";
import { drawTexts } from "./texts.js";

const room = document.getElementById("room");
const live = document.getElementById("live");
const spoken = document.getElementById("status");
const template = document.getElementById("note-form");
const part = (name) => live.querySelector(`[data-part="${name}"]`);

const LONG = 90; // characters of a question in smaller letters; participant_step.html has the same

// At one's own pace the page says which step it is; previous and next are other pages.
const own = JSON.parse(document.getElementById("own")?.textContent ?? "null");
let session = null;
let step = onThePage(); // what is on the screen
let later = null; // a step that waits until somebody has finished typing
let results = null;
const nothing = () => ({ answers: {}, contributions: [], supports: [] });
const everybody = {}; // seat -> what they answered and wrote
let mine = nothing();
let problem = null;
let typed = {}; // what was refused, by question: it stays in the form, to be mended
let unsent = ""; // what somebody typed that was refused
let dirty = false; // something was typed or chosen and not sent
let changing = new URLSearchParams(location.search).has("change") || Boolean(room.querySelector("[data-plain]"));

const drafts = new Drafts(room.dataset.code);
const captionPlace = captionSwitch();
document.getElementById("phone").before(captionPlace);
const captions = new CaptionSwitch(captionPlace, (on) => connection.tell({ type: "captions", on }));
const phone = new Phone({ change: sit, introduce });
const connection = new Connection({
  code: room.dataset.code,
  view: "participant",
  lang: language,
  on: { message, ack, refused, state, gone },
});

connection.seat = phone.seat;

// The step whose form the server put on the page, as far as its place goes.
function onThePage() {
  const form = live.querySelector("[data-part=ask] form[data-step]");
  return form && { key: form.dataset.step, round: Number(form.dataset.round) };
}

// --- What comes in ------------------------------------------------------------------------------------------------

function message(news) {
  if (session?.rehearsing && news.session && !news.session.rehearsing) startAnew(news);
  if (news.type === "snapshot") {
    mine = everybody[phone.seat] = news.mine;
    if (!news.isOld) move(placed(news));
    else draw();
  } else if (news.type === "step") {
    move(placed(news));
  } else if (news.type === "results") {
    if (!later && belongs(news)) {
      results = { ...news };
      if (isTalk(step)) draw(); // a seat, a note, or all of it brought together
      else drawResultsPart();
    }
  } else if (news.type === "captions") {
    captions.show(news);
  } else if (news.type === "presence" && session) {
    session.participants = news.participants;
    drawPeople();
  }
}

// The rehearsal is over: what was said in it is gone, here too.
function startAnew(news) {
  mine = { answers: {}, contributions: [], supports: [] };
  typed = {};
  dirty = false;
  document.getElementById("rehearsed").hidden = false;
  speak(document.getElementById("rehearsed").textContent);
  if (news.type === "step") connection.sit(connection.seat); // to be here for real
}

function placed(news) {
  const isOwn = news.session.pacing === "own" && news.session.state === "running";
  if (isOwn !== Boolean(own)) location.reload(); // it opened or closed meanwhile
  return own ? { ...news, ...own } : news;
}

function belongs(news) {
  return news.question ? news.question === step?.question?.key : news.thread === step?.thread?.id;
}

function move(news) {
  session = news.session;
  const isSame = samePlace(news.step, step);
  if (!isSame && dirty && session.state === "running" && live.querySelector("[data-part=ask] form, [data-part=add] form")) {
    later = news; // somebody is typing: they go on when they want
    drawLater();
    return;
  }
  later = null;
  results = news.results;
  if (!isSame) {
    problem = null;
    unsent = "";
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

// Somebody else's turn on this phone. What the one before typed is kept as theirs.
function sit(seat) {
  if (own) return location.assign(seat ? `?seat=${seat}` : location.pathname); // they are at a step of their own
  connection.sit(seat);
  mine = everybody[seat] ??= nothing();
  problem = null;
  unsent = "";
  dirty = false;
  changing = false;
  if (later) move(later);
  else if (session) draw();
  speak(say("turn", { name: phone.name }));
  for (const link of document.querySelectorAll(".oogst-languages__link")) {
    const address = new URL(link.href);
    address.searchParams.set("next", location.pathname + location.search);
    link.href = address; // another language keeps whose turn it is
  }
  return undefined;
}

function introduce(who) {
  connection.put({ type: "me", ...who, seat: phone.seat }, `me ${phone.seat}`);
}

function ack(sent) {
  if (sent.type === "me") {
    phone.introduced(sent);
    return speak(say("known", { name: phone.name }));
  }
  if (sent.seat !== phone.seat) return undefined; // it is stored; the next snapshot of that person has it
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
  // At one's own pace the page has what others said, and how far one is: it is made anew, unless somebody types on.
  if (own && sent.type !== "support" && !dirty) location.reload();
  return draw();
}

function refused(sent, error, words) {
  if (sent.type === "support") return draw();
  problem = error.detail;
  unsent = words;
  speak(`${say("not_saved")}. ${error.detail}`);
  if (sent.type === "answer" && sent.question === step?.question?.key) {
    changing = error.code === "invalid";
    typed = { [sent.question]: sent.value };
  }
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
  if (now === "open") captions.connected();
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
  const send = { answer: sendAnswer, contribute: sendText, support: sendSupport, take_seat: sendSeat, take_notes: sendNotes }[what];
  if (!session || !send) return;
  event.preventDefault();
  problem = null;
  send(form);
}

function sendAnswer(form) {
  const value = readValue(form);
  const question = form.elements.question.value;
  const wrong = wrongPoints(form);
  if (wrong) {
    problem = wrong;
    speak(problem);
    return draw();
  }
  if (isEmpty(value) && isEmpty(mine.answers[question] ?? null)) {
    problem = say("choose");
    speak(problem);
    return draw();
  }
  typed = {};
  const { seat } = phone;
  connection.put({ type: "answer", question, value: isEmpty(value) ? null : value, seat }, about(question), typedIn(form));
  drafts.drop(draftOf());
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
  connection.put({ type: "contribute", thread, text, name, seat: phone.seat }, null, text);
  drafts.drop(draftOf());
  mine.contributions.push({ thread, text, state: "sent" });
  form.elements.text.value = "";
  dirty = false;
  draw();
  return later ? move(later) : undefined;
}

function sendSupport(form) {
  const contribution = form.elements.contribution.value;
  const on = form.elements.on.value === "1";
  const { seat } = phone;
  connection.put({ type: "support", contribution, on, seat }, `support ${seat} ${contribution}`);
  mine.supports = mine.supports.filter((id) => id !== contribution);
  if (on) mine.supports.push(contribution);
  drawResultsPart();
}

function sendSeat(form) {
  const { seat } = phone;
  connection.put({ type: "take_seat", step: form.elements.step.value, table: form.elements.table.value, seat }, `seat ${seat} ${step.key}`);
}

function sendNotes(form) {
  const { seat } = phone;
  connection.put({ type: "take_notes", step: form.elements.step.value, on: form.elements.on.value === "1", seat }, `notes ${seat} ${step.key}`);
}

// Where one writes at this step: the wall or stage, or one's own table. Nowhere while all tables are brought together.
function wall() {
  if (!isTalk(step)) return step?.thread ?? null;
  return step.results_shown ? null : (results?.tally?.own ?? null);
}

const about = (question) => `answer ${phone.seat} ${question}`;
const draftOf = () => `${phone.seat} ${step.key} ${step.round}`;

// The words in a form, for who wants to keep them.
function typedIn(form) {
  const fields = [...form.querySelectorAll("textarea, input[type=text], input:not([type])")];
  return fields.map((field) => field.value.trim()).filter(Boolean).join("\n");
}

function keepDraft(form) {
  if (!step || !form?.dataset.step) return;
  const { text, name } = form.elements;
  const value = wall() ? { text: text.value, name: name?.value ?? "" } : readValue(form);
  drafts.keep(draftOf(), value);
}

// What was typed before: by who was here before a reload, in the other language, or before somebody else's turn.
function writeDraft(form) {
  const value = drafts.get(draftOf());
  if (isEmpty(value)) return;
  if (wall()) {
    form.elements.text.value = value.text;
    if (form.elements.name) form.elements.name.value = value.name;
  } else {
    writeValue(form, value);
  }
  dirty = true;
}

live.addEventListener("submit", submit);
live.addEventListener("input", (event) => {
  dirty = true;
  if (event.target.dataset.place) keepPlacesApart(event.target);
  keepDraft(event.target.form);
});
live.addEventListener("click", (event) => {
  if (event.target.closest("[data-change]")) {
    event.preventDefault();
    changing = true;
    draw();
    part("ask").querySelector("input:not([type=hidden]), textarea, select")?.focus();
  } else if (event.target.closest("[data-copy]")) {
    copy(event.target.closest("[data-copy]"));
  } else if (event.target.closest("[data-later]")) {
    drafts.drop(draftOf());
    dirty = false;
    move(later);
  }
});

// --- Drawing ------------------------------------------------------------------------------------------------------

function draw() {
  drawHead();
  drawTable();
  drawSaved();
  drawAsk();
  drawResultsPart();
  drawAdd();
  const isQuiet = !own && session.state === "running" && step && (step.type === "slide" || answered() || !step.open);
  setText(part("next"), isQuiet ? say("saved_next") : "");
}

function drawHead() {
  showRehearsal(session);
  if (session.rehearsing || session.state !== "lobby") document.getElementById("rehearsed").hidden = true;
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
    h("h1", { class: title.length > LONG ? "oogst-question oogst-question--long" : "oogst-question" }, title),
    slide(step),
    step.text ? h("p", { class: "oogst-live-text" }, lines(step.text)) : null,
    step.timer ? h("p", { class: "oogst-live-timer", role: "timer" }) : null,
  ].filter(Boolean);
}

function waitingHead() {
  const [name, title, text] = {
    lobby: ["hand", say("welcome"), say("welcome_text")],
    paused: ["pause", say("pause"), lines(session.pause_text || say("pause_text"))],
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

const pending = () => step?.question && connection.pending(about(step.question.key));
const answered = () => Boolean(step?.question && (pending() || step.question.key in mine.answers));

function drawSaved() {
  const nodes = [];
  if (problem) nodes.push(alert(problem, unsent));
  if (session.state === "running" && step?.question && answered() && !changing) nodes.push(...savedAnswer());
  if (session.state === "running" && wall()) nodes.push(...ownTexts());
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
  const own = mine.contributions.filter((each) => each.thread === wall().id);
  const nodes = own.filter((each) => each.state === "pending").map((each) => saved("hourglass", say("read_first"), each.text, true));
  const sent = own.filter((each) => each.state === "sent").pop();
  if (sent) nodes.push(saved("check-circle", say(connection.isOpen ? "written" : "waiting"), sent.text));
  return nodes;
}

function alert(text, typed) {
  return h(
    "div",
    { class: "utrecht-alert utrecht-alert--error oogst-live-alert" },
    h("div", { class: "utrecht-alert__icon" }, icon("alert")),
    h("div", { class: "utrecht-alert__content" }, h("p", { class: "nl-paragraph" }, h("strong", {}, say("not_saved"))), h("p", { class: "nl-paragraph" }, text), typed ? copyable(typed) : null),
  );
}

// A text that could not be sent: nobody has to type it again.
function copyable(text) {
  return h(
    "div",
    { class: "oogst-live-unsent" },
    h("blockquote", {}, lines(text)),
    h("button", { class: "nl-button nl-button--secondary", type: "button", "data-copy": text }, icon("copy"), h("span", {}, say("copy"))),
  );
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    const range = document.createRange(); // no https, or not allowed: select it, the phone offers the rest
    range.selectNodeContents(button.previousElementSibling);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
  setText(button.querySelector("span"), say("copied"));
  speak(say("copied"));
}

function drawAsk() {
  const place = part("ask");
  const form = place.querySelector("form");
  const isHere =
    form && form.dataset.step === step?.key && form.dataset.round === String(step?.round) && form.elements.seat.value === String(phone.seat);
  if (isHere && isTalk(step) && wall()) form.elements.thread.value = wall().id; // who changes table takes along what they typed
  const running = session.state === "running" && step;
  const wanted = running && step.open && (wall() || (step.question && (!answered() || changing)));
  if (wanted && isHere) {
    form.hidden = false;
    form.querySelector("[type=submit]").disabled = false;
    place.querySelector(".oogst-live-note")?.remove();
    if (!dirty) writeDraft(form);
    return drawLater();
  }
  if (wanted) {
    place.replaceChildren(makeForm());
  } else if (isHere && dirty && running) {
    form.querySelector("[type=submit]").disabled = true; // closed while somebody typed: they may still read and copy it
    if (!place.querySelector(".oogst-live-note")) place.append(closedWhileTyping(form));
    return undefined;
  } else if (running && step.question && !answered() && !step.results_shown) {
    place.replaceChildren(note("hourglass", say("soon"), say("soon_text")));
  } else if (running && wall()) {
    place.replaceChildren(note("hourglass", say(isTalk(step) ? "tables_closed" : "write_later"), ""));
  } else {
    place.replaceChildren();
  }
  return undefined;
}

function note(name, strong, text) {
  return h("div", { class: "oogst-live-note" }, icon(name), h("p", {}, h("strong", {}, strong), " ", text));
}

function closedWhileTyping(form) {
  const text = typedIn(form);
  const told = note("lock", say("closed"), text ? say("not_sent") : "");
  if (text) told.append(copyable(text));
  speak(`${say("closed")} ${text ? say("not_sent") : ""}`);
  return told;
}

function makeForm() {
  const form = template.content.querySelector(wall() ? `[data-for="${step.type}"]` : "[data-for=question]").cloneNode(true);
  form.dataset.step = step.key;
  form.dataset.round = step.round;
  form.elements.seat.value = phone.seat;
  if (wall()) {
    form.elements.thread.value = wall().id;
  } else {
    form.elements.question.value = step.question.key;
    form.querySelector("[data-controls]").replaceChildren(fromServer(step.html));
    const value = typed[step.question.key] ?? mine.answers[step.question.key];
    choosePairs(form, value);
    writeValue(form, value);
    stepPairs(form);
    countPoints(form);
  }
  dirty = false;
  writeDraft(form);
  return form;
}

// A statement of one's own, below those that are asked.
function drawAdd() {
  const place = part("add");
  const form = place.querySelector("form");
  if (!(session.state === "running" && step?.open && step.add_to)) return place.replaceChildren();
  const own = mine.contributions.filter((each) => each.thread === step.add_to && each.state !== "hidden");
  const nodes = own.map((each) =>
    each.state === "visible"
      ? saved("check-circle", say("statement_shown"), each.text)
      : saved("hourglass", say(connection.isOpen ? "read_first" : "waiting"), each.text, true),
  );
  if (form?.dataset.step === step.key && form.elements.seat.value === String(phone.seat)) {
    for (const node of place.querySelectorAll(".oogst-saved")) node.remove();
    return place.append(...nodes);
  }
  const made = template.content.querySelector("[data-for=statement]").cloneNode(true);
  made.dataset.step = step.key;
  made.elements.seat.value = phone.seat;
  made.elements.thread.value = step.add_to;
  return place.replaceChildren(made, ...nodes);
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
  place.querySelector("[data-mine]")?.remove(); // it stands before what is drawn
  if (shown && isTalk(step)) return drawNotes(place, results.tally);
  drawResults(place, shown ? results : null, { table: true, textExtra: step?.thread ? supportForm : undefined });
  if (!shown) delete place.dataset.shape;
  if (shown && step.type === "scores" && results.tally?.of) place.prepend(ownPlace(results.tally));
  if (shown && step.question?.config.right && step.question.key in mine.answers) place.prepend(ownVerdict(step.question));
}

// What this phone sent just now is a key by itself where one answer is right.
const isRight = (given, right) => [given ?? []].flat().sort().join() === [...right].sort().join();

function ownVerdict({ key, config }) {
  const word = isRight(mine.answers[key], config.right) ? "had_it_right" : "had_it_wrong";
  return h("p", { class: "oogst-live-text", "data-mine": true }, say(word));
}

// What is written at one's own table; or at all of them, once they are brought together.
function drawNotes(place, tally) {
  if (step.results_shown) return drawByTable(place, tally, { textExtra: (text) => supportForm(text, text.table === tally.own?.id) });
  if (!tally.own) return place.replaceChildren();
  return drawTexts(place, { texts: tally.own.texts }, { textExtra: supportForm });
}

function drawTable() {
  if (own) return; // at one's own pace nobody sits anywhere: the page says so
  const place = part("table");
  const shown = session.state === "running" && isTalk(step) && results?.tally;
  const make = (name) => template.content.querySelector(`[data-for="${name}"]`).cloneNode(true);
  const nodes = shown ? tableParts({ step, tally: results.tally, make, seat: phone.seat }) : [];
  const isSame = nodes.length === place.children.length && nodes.every((node, index) => place.children[index].isEqualNode(node));
  if (!isSame) place.replaceChildren(...nodes);
  if (shown) sayWhere();
}

// Said once: which table it is, or that everything is brought together.
let told = "";
function sayWhere() {
  const { own: table } = results.tally;
  const news = step.results_shown ? "together" : (table?.id ?? "");
  if (news && news !== told) speak(step.results_shown ? say("together") : say("you_sit_at", { table: table.label }));
  told = news || told;
}

// Where this phone stands among all: the same right answers and points for everybody, so nobody's own is sent.
function ownPlace({ right, points, of }) {
  const own = Object.keys(right).filter((key) => isRight(mine.answers[key], right[key])).length;
  const better = Object.entries(points).reduce((sum, [n, people]) => sum + (Number(n) > own ? people : 0), 0);
  const took = Object.keys(right).some((key) => mine.answers[key]);
  const text = took ? say("own_place", { place: number(better + 1), of: number(of), n: number(own) }) : say("no_place");
  return h("p", { class: "oogst-live-text", "data-mine": true }, text);
}

function supportForm(text, may = true) {
  if (!step.open || !may) return text.supports ? h("p", { class: "oogst-small" }, icon("thumbs-up"), ` ${number(text.supports)}`) : null;
  const on = mine.supports.includes(text.id);
  const form = template.content.querySelector("[data-for=support]").cloneNode(true);
  form.elements.contribution.value = text.id;
  form.elements.seat.value = phone.seat;
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
