// The console. Every button is an ordinary form's; with a connection a command goes over the socket instead, and the
// numbers move by themselves. Without one the form is posted: slower, and nothing is lost.

import { Connection } from "./connection.js";
import { clock, counted, drawResults, h, icon, language, lines, noun, number, replace, say, setText, showLost, showRehearsal } from "./draw.js";
import { slide } from "./slides.js";
import { isTalk } from "./tables.js";
import { more, redraw, small, turn } from "./console/buttons.js";
import { drawCloud, prepareCloud } from "./console/cloud.js";
import { argsOf } from "./console/commands.js";
import { before, dialogOf, makeDialogs, openDialog, refuse } from "./console/dialogs.js";
import { drawGroups, prepareGroups } from "./console/groups.js";
import { listen } from "./console/keys.js";
import { preparePeople, showNames } from "./console/people.js";
import { drawQueue, idOf } from "./console/queue.js";
import { prepareSeats, tableOf } from "./console/seats.js";
import { emptyQuick, prepareQuick } from "./console/quick.js";
import { drawControls, drawScript, drawTools } from "./console/script.js";
import { offerUndo, takeBack, tell } from "./console/status.js";
import { drawTables, groupsFor } from "./console/tables.js";
import { openText } from "./console/texts.js";
import { changedWords, showWords } from "./console/words.js";

const room = document.getElementById("room");
const byId = (id) => document.getElementById(id);

let session = null;
let step = null;
let results = null;
let script = [];
let queue = [];
let texts = []; // the words of the present step
let hidden = []; // of a word cloud

makeDialogs();
prepareQuick();
preparePeople();
prepareSeats();
prepareCloud(byId("results"));
prepareGroups(byId("results"), putInGroup);
before("words-of-step", () => showWords(texts));

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
    ({ session, step, results, script, texts, hidden_words: hidden } = news);
    byId("new-version").hidden = !news.new_version;
    if (news.queue) queue = news.queue;
    drawAll();
    drawRemoved(news.removed);
  } else if (news.type === "results") {
    results = news;
    drawResultsPart();
    drawNumbers();
    drawTools(script, step, results);
  } else if (news.type === "queue") {
    queue = news.waiting;
    drawQueue(queue);
  } else if (news.type === "leaders") {
    drawLeaders(news.leaders);
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

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  const form = event.target;
  if (!button || button.name !== "command" || !connection.isOpen) return; // the form is posted
  event.preventDefault();
  const [name, ...rest] = button.value.split(":");
  if (name === "fix_texts") saveWords();
  else send(name, argsOf(name, rest, form, step), button.closest("dialog"));
});

// True when it was done. Without a connection nothing was, and it is never sent again by itself.
async function send(name, what, dialog = null) {
  const outcome = await connection.command(name, what);
  const isDone = outcome?.type === "ack";
  const problem = isDone ? "" : refusal(outcome);
  if (dialog?.open && problem) refuse(dialog, problem);
  else tell(problem);
  if (isDone) done(name, what, dialog);
  return isDone;
}

const refusal = (outcome) => say("refused", { detail: outcome?.detail ?? say("lost") });

const MORE_TO_DO = new Set(["show_word", "make_cluster", "rename_cluster", "remove_cluster"]); // the dialog stays open

function done(name, what, dialog) {
  if (name === "hide") offerUndo("hidden", () => send("undo_hide", what));
  if (name === "hide_word") offerUndo("hidden", () => send("show_word", what));
  if (name === "move_person" && dialog) {
    const back = { ...what, table: tableOf(what.person) }; // the list is from before it
    offerUndo("moved", () => send(name, back));
  }
  if (name === "insert_step") emptyQuick();
  if (name === "make_cluster") byId("new-group").value = "";
  if (what.person && name.startsWith("remove")) showNames(); // there may be more to remove
  else if (!MORE_TO_DO.has(name)) dialog?.close();
}

async function saveWords() {
  const dialog = dialogOf("words-of-step");
  for (const each of changedWords()) {
    const outcome = await connection.command("fix_text", each);
    if (outcome?.type !== "ack") return refuse(dialog, refusal(outcome));
  }
  return dialog.close();
}

function putInGroup(contribution, cluster) {
  send("put_in_cluster", { contribution, cluster });
}

// --- Keys ---------------------------------------------------------------------------------------------------------

listen({
  t: () => byId("clock").toggleAttribute("open"),
  p: () => (session?.state === "paused" ? byId("resume").click() : openDialog("pause-words")),
  w: () => byId("queue").querySelector("[tabindex]")?.focus(),
  a: (item) => item?.querySelector('[value^="approve:"]')?.click(),
  h: (item) => item?.querySelector('[value^="hide:"]')?.click(),
  m: (item) => item?.querySelector("[data-more]")?.click(),
  z: takeBack,
  digit: (item, key) => item?.dataset.id && putInPlace(item.dataset.id, Number(key)),
});

// 0: out of its group.
function putInPlace(contribution, place) {
  const cluster = groupsFor(results?.tally ?? {}, contribution)[place - 1];
  if (place === 0 || cluster) putInGroup(contribution, cluster?.id ?? "");
}

// --- Drawing ------------------------------------------------------------------------------------------------------

function drawAll() {
  showRehearsal(session);
  byId("rehearse").hidden = session.state !== "lobby" || session.rehearsing;
  drawScript(script, step);
  drawControls(session, step);
  setText(byId("where"), where());
  setText(byId("heading"), step ? (step.question?.label ?? step.thread?.label ?? step.title) : session.title);
  drawResultsPart();
  drawQueue(queue);
  drawNumbers();
  drawTools(script, step, results);
  byId("pause-words").hidden = session.state === "paused";
  byId("resume").hidden = session.state !== "paused";
  byId("move").hidden = !isTalk(step);
  byId("groups").hidden = !step || !isWritten();
  turn(byId("lock"), session.locked ? "unlock" : "lock");
  turn(byId("screen-captions"), `captions_on_screen:${session.captions_on_screen ? 0 : 1}`);
  if (session.state === "ended") location.reload();
}

function where() {
  if (session.state === "lobby") return say("lobby");
  if (session.state === "paused") return say("paused");
  return step ? say("step", { number: step.number, of: step.of }) : "";
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
    replace(place, step ? [slide(step), step.text ? h("p", {}, lines(step.text)) : null].filter(Boolean) : []);
  } else {
    if (!isTalk(step)) drawResults(place, results, { table: true, textExtra, both: true, staff: true });
    else if (results) drawTables(place, results.tally, step, { textExtra, both: true, staff: true });
    drawGroups(results?.tally?.clusters ?? [], results?.tally?.tables);
  }
  drawCloud(results?.tally, hidden);
  byId("timer").hidden = !step?.timer;
}

// What stands under a text.
function textExtra(text) {
  const buttons = [];
  if (isWritten()) {
    buttons.push(small(`pin:${text.pinned ? 0 : 1}:${text.id}`, "pin", text.pinned ? "unpin" : "pin"));
    if (step.type === "stage") {
      buttons.push(small(`mark_answered:${text.answered ? 0 : 1}:${text.id}`, "check", text.answered ? "unmark" : "mark"));
    }
  }
  buttons.push(small(`hide:${placeOf()}:${text.id}`, "eye-off", "hide_text"), more(text.id));
  const support = text.supports ? h("span", { class: "oogst-small" }, say("for", { n: number(text.supports) })) : null;
  return h("div", { class: "oogst-row oogst-console__text" }, support, buttons);
}

const isWritten = () => Boolean(step.thread) || isTalk(step);
const placeOf = () => (isWritten() ? "contribution" : "answer");

// The text that is opened is looked up when it is pressed: what is on the screen may be older.
room.addEventListener("click", (event) => {
  const id = event.target.closest("[data-more]")?.dataset.more;
  if (!id) return;
  const text = results?.tally?.texts?.find((each) => each.id === id);
  const waits = queue.find((each) => idOf(each) === id);
  if (text) openText({ ...text, place: placeOf(), inThread: isWritten() });
  else if (waits) openText({ ...waits, id, place: waits.contribution ? "contribution" : "answer", inThread: false });
});

function drawRemoved(removed) {
  byId("removed").hidden = !removed.length;
  const items = removed.map((each) => {
    const when = new Date(each.at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
    return h("li", {}, h("span", {}, each.name || when), " ", small(`let_back:${each.person}`, "undo", "let_back"));
  });
  redraw(byId("removed").querySelector("ul"), items);
}

// Who else has a console open.
function drawLeaders(leaders) {
  const also = byId("also");
  const others = leaders.filter((each) => each.number !== also.dataset.me).map((each) => each.name);
  also.hidden = !others.length;
  setText(also.lastElementChild, others.length ? say("also_here", { names: others.join(", ") }) : "");
}

function drawNumbers() {
  setText(byId("people"), number(session.participants));
  setText(byId("people").nextElementSibling, noun("people", session.participants));
  setText(byId("answers"), number(results?.n));
  setText(byId("answers").nextElementSibling, counted(step, results?.n ?? 0));
}

setInterval(() => {
  const timer = byId("timer");
  if (step?.timer && !timer.hidden) setText(timer, clock(step.timer));
}, 500);

connection.start();
