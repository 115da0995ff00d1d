// The participant's phone. The page works without this; with it the next question comes by itself and an answer is
// sent over the socket. A form somebody has begun to fill in is never taken away from them.

import { captionSwitch, CaptionSwitch } from "./captions.js";
import { Connection } from "./connection.js";
import { h, icon, language, say, setText, showLost, showRehearsal } from "./draw.js";
import { isTalk } from "./tables.js";
import { Ask, typedIn } from "./participant/ask.js";
import { Drafts } from "./participant/drafts.js";
import { isEmpty, keepPlacesApart, readValue } from "./participant/form.js";
import { announce, drawHead, drawPeople, drawTimer } from "./participant/head.js";
import { Now } from "./participant/now.js";
import { Phone } from "./participant/phone.js";
import { drawShared } from "./participant/results.js";
import { drawSent } from "./participant/sent.js";
import { drawTable } from "./participant/table.js";
import { copy, speak } from "./participant/telling.js";
import { wrongPoints } from "../surveys/points.js";

const room = document.getElementById("room");
const live = document.getElementById("live");
const template = document.getElementById("note-form");
const part = (name) => live.querySelector(`[data-part="${name}"]`);
const make = (name) => template.content.querySelector(`[data-for="${name}"]`).cloneNode(true);

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

const now = new Now({
  phone,
  connection,
  step: onThePage(),
  changing: new URLSearchParams(location.search).has("change") || Boolean(room.querySelector("[data-plain]")),
});
const ask = new Ask({ now, drafts, make, places: { ask: part("ask"), add: part("add") } });

// The step whose form the server put on the page, as far as its place goes.
function onThePage() {
  const form = live.querySelector("[data-part=ask] form[data-step]");
  return form && { key: form.dataset.step, round: Number(form.dataset.round) };
}

// --- What comes in ------------------------------------------------------------------------------------------------

function message(news) {
  if (now.session?.rehearsing && news.session && !news.session.rehearsing) startAnew(news);
  if (news.type === "snapshot") {
    now.mine = news.mine;
    if (!news.isOld) move(placed(news));
    else draw();
  } else if (news.type === "step") {
    move(placed(news));
  } else if (news.type === "results") {
    if (!now.later && belongs(news)) {
      now.results = { ...news };
      if (isTalk(now.step)) draw(); // a seat, a note, or all of it brought together
      else drawShared(part("results"), now, make);
    }
  } else if (news.type === "captions") {
    captions.show(news);
  } else if (news.type === "presence" && now.session) {
    now.session.participants = news.participants;
    drawPeople(live, now.session);
  }
}

// The rehearsal is over: what was said in it is gone, here too.
function startAnew(news) {
  now.everybody = {};
  now.calm();
  drafts.clear();
  document.getElementById("rehearsed").hidden = false;
  speak(document.getElementById("rehearsed").textContent);
  if (news.type === "step") connection.sit(connection.seat); // to be here for real
}

function placed(news) {
  const isOwn = news.session.pacing === "own" && news.session.state === "running";
  if (isOwn !== Boolean(now.own)) location.reload(); // it opened or closed meanwhile
  return now.own ? { ...news, ...now.own } : news;
}

function belongs(news) {
  return news.question ? news.question === now.step?.question?.key : news.thread === now.step?.thread?.id;
}

function move(news) {
  now.session = news.session;
  const isSame = news.step?.key === now.step?.key && news.step?.round === now.step?.round;
  if (!isSame && now.typing.size && news.session.state === "running" && live.querySelector("[data-part=ask] form, [data-part=add] form")) {
    now.later = news; // somebody is typing: they go on when they want
    drawLater();
    return;
  }
  now.later = null;
  now.results = news.results;
  if (!isSame) {
    now.calm();
    now.changing = false;
  }
  now.step = news.step;
  draw();
  if (!isSame) announce(live, now);
}

// Somebody else's turn on this phone. What the one before typed is kept as theirs.
function sit(seat) {
  if (now.own) return location.assign(seat ? `?seat=${seat}` : location.pathname); // they are at a step of their own
  connection.sit(seat);
  now.calm();
  now.changing = false;
  if (now.later) move(now.later);
  else if (now.session) draw();
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
    now.mine.answers[sent.question] = sent.value;
    speak(say("saved"));
    if (now.later) move(now.later);
  } else if (sent.type === "contribute") {
    now.wrote(sent);
    speak(say("written"));
  } else if (sent.type === "support") {
    now.support(sent.contribution, sent.on);
  }
  // At one's own pace the page has what others said, and how far one is: it is made anew, unless somebody types on.
  if (now.own && sent.type !== "support" && !now.typing.size) location.reload();
  return draw();
}

function refused(sent, error, words) {
  if (sent.type === "support") {
    now.support(sent.contribution, !sent.on, sent.seat);
    return draw();
  }
  if (sent.type === "contribute") now.wasRefused(sent);
  if (sent.type === "answer" && sent.question === now.step?.question?.key) {
    ask.giveBack(sent);
    if (sent.seat === phone.seat) now.changing = error.code === "invalid";
  }
  now.unsent = words;
  return complain(error.detail, `${say("not_saved")}. ${error.detail}`);
}

function complain(problem, aloud = problem) {
  now.problem = problem;
  speak(aloud);
  return draw();
}

function state(connected) {
  if (connected === "never") {
    // No socket gets through here (an old proxy): the plain forms do.
    live.removeEventListener("submit", submit);
    room.querySelector("[data-refresh]").hidden = false;
    showLost("open");
    return;
  }
  room.querySelector("[data-refresh]").hidden = true;
  showLost(connected);
  if (connected === "open") {
    live.addEventListener("submit", submit);
    captions.connected();
  }
  if (now.session) draw();
}

function gone() {
  // Ended: everybody looks at the results, but not in the same second.
  setTimeout(() => location.reload(), Math.random() * 3000);
}

// --- What goes out ------------------------------------------------------------------------------------------------

const SEND = { answer: sendAnswer, contribute: sendText, support: sendSupport, take_seat: sendSeat, take_notes: sendNotes };

function submit(event) {
  const form = event.target;
  const send = SEND[form.elements.what?.value];
  if (!now.session || !send) return;
  event.preventDefault();
  now.problem = null;
  send(form);
}

function sendAnswer(form) {
  const value = readValue(form);
  const question = form.elements.question.value;
  const wrong = wrongPoints(form);
  if (wrong) return complain(wrong);
  if (isEmpty(value) && isEmpty(now.mine.answers[question] ?? null)) return complain(say("choose"));
  const { seat } = phone;
  connection.put({ type: "answer", question, value: isEmpty(value) ? null : value, seat }, now.about(question), typedIn(form));
  ask.drop(form);
  now.changing = false;
  draw();
  return part("saved").querySelector(".oogst-saved")?.focus();
}

function sendText(form) {
  const text = form.elements.text.value.trim();
  if (!text) return complain(say("choose"));
  const name = form.elements.name?.value.trim() ?? "";
  const thread = form.elements.thread.value;
  connection.put({ type: "contribute", thread, text, name, seat: phone.seat }, null, text);
  ask.drop(form);
  now.writes({ thread, text });
  form.elements.text.value = "";
  draw();
  return now.later ? move(now.later) : undefined;
}

function sendSupport(form) {
  const contribution = form.elements.contribution.value;
  const on = form.elements.on.value === "1";
  const { seat } = phone;
  connection.put({ type: "support", contribution, on, seat }, `support ${seat} ${contribution}`);
  now.support(contribution, on);
  drawShared(part("results"), now, make);
}

function sendSeat(form) {
  const { seat } = phone;
  const { step, table } = form.elements;
  connection.put({ type: "take_seat", step: step.value, table: table.value, seat }, `seat ${seat} ${step.value}`);
}

function sendNotes(form) {
  const { seat } = phone;
  const { step, on } = form.elements;
  connection.put({ type: "take_notes", step: step.value, on: on.value === "1", seat }, `notes ${seat} ${step.value}`);
}

// --- What somebody does here ----------------------------------------------------------------------------------------

live.addEventListener("submit", submit);
live.addEventListener("input", ({ target }) => {
  if (target.dataset.place) keepPlacesApart(target);
  ask.keep(target.form);
});
live.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-change], [data-copy], [data-later]");
  if (!pressed) return;
  if ("copy" in pressed.dataset) {
    copy(pressed);
  } else if ("later" in pressed.dataset) {
    ask.dropAll();
    move(now.later);
  } else {
    now.changing = true;
    draw();
    part("ask").querySelector("input:not([type=hidden]), textarea, select")?.focus();
  }
});

// --- Drawing ------------------------------------------------------------------------------------------------------

function draw() {
  const { session, step } = now;
  showRehearsal(session);
  if (session.rehearsing || session.state !== "lobby") document.getElementById("rehearsed").hidden = true;
  drawHead(part("head"), now);
  drawTable(part("table"), now, make);
  drawSent(part("saved"), now);
  ask.draw();
  drawShared(part("results"), now, make);
  drawLater();
  const isQuiet = !now.own && now.isRunning && (step.type === "slide" || now.isAnswered || !step.open);
  setText(part("next"), isQuiet ? say("saved_next") : "");
}

// The room moved on while somebody typed.
function drawLater() {
  const before = room.querySelector(".oogst-live-later");
  if (!now.later) return before?.remove();
  if (!before) {
    const button = h("button", { class: "nl-button nl-button--secondary", type: "button", "data-later": true }, say("new_question"), icon("arrow-right"));
    live.append(h("div", { class: "oogst-live-later" }, h("p", {}, say("moved_on")), button));
    speak(say("moved_on"));
  }
  return undefined;
}

setInterval(() => drawTimer(live, now.step), 1000);
connection.start();
