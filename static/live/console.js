// The console. Every button is an ordinary form's; with a connection a command goes over the socket instead, and the
// numbers move by themselves. Without one the form is posted: slower, and nothing is lost.

import { Connection } from "./connection.js";
import { clock, counted, drawResults, h, icon, keepFocus, language, lines, noun, number, say, setText, showLost } from "./draw.js";
import { slide } from "./slides.js";
import { isTalk } from "./tables.js";
import { showRehearsal } from "./rehearsal.js";
import { drawCloud, prepareCloud } from "./console/cloud.js";
import { before, dialogOf, makeDialogs, openDialog, refuse } from "./console/dialogs.js";
import { listen } from "./console/keys.js";
import { preparePeople, showNames } from "./console/people.js";
import { emptyQuick, prepareQuick } from "./console/quick.js";
import { drawTables, groupsFor } from "./console/tables.js";
import { drawGroups, openText } from "./console/texts.js";
import { changedWords, showWords } from "./console/words.js";

const UNDO_FOR = 10000;
const room = document.getElementById("room");
const byId = (id) => document.getElementById(id);

let session = null;
let step = null;
let results = null;
let script = [];
let queue = [];
let texts = []; // the words of the present step
let hidden = []; // of a word cloud
let undo = null; // what takes back the last hiding: a command's name and arguments

makeDialogs();
prepareQuick();
preparePeople();
prepareCloud(byId("results"));
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
    drawTools();
  } else if (news.type === "queue") {
    queue = news.waiting;
    drawQueue();
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
  else send(name, args(name, rest, form), dialogFor(button));
});

const dialogFor = (button) => button.closest("dialog");

// True when it was done. Without a connection nothing was, and it is never sent again by itself.
async function send(name, what, dialog = null) {
  const outcome = await connection.command(name, what);
  const isDone = outcome?.type === "ack";
  const problem = isDone ? "" : say("refused", { detail: outcome ? outcome.detail : say("lost") });
  if (dialog?.open && problem) refuse(dialog, problem);
  else tell(problem);
  if (isDone) done(name, what, dialog);
  return isDone;
}

function done(name, what, dialog) {
  if (name === "hide") offerUndo("hidden", "undo_hide", { ...what });
  if (name === "hide_word") offerUndo("hidden", "show_word", { ...what });
  if (name === "show_word") return undefined; // perhaps one more
  if (name === "insert_step") emptyQuick();
  if (what.person && name !== "let_back") return showNames(); // there may be more to remove
  if (name === "make_cluster") byId("new-group").value = "";
  else if (dialog && !name.endsWith("_cluster")) dialog.close();
  else if (dialog && name === "put_in_cluster") dialog.close();
  return undefined;
}

async function saveWords() {
  const dialog = dialogOf("words-of-step");
  for (const each of changedWords()) {
    const outcome = await connection.command("fix_text", each);
    if (outcome?.type !== "ack") return refuse(dialog, say("refused", { detail: outcome?.detail ?? say("lost") }));
  }
  return dialog.close();
}

function args(name, rest, form) {
  const [first, second] = rest;
  const field = (called) => form.elements[called]?.value ?? "";
  switch (name) {
    case "next":
    case "previous":
      return step ? { at: step.key } : {};
    case "rehearse":
      return { people: Number(first) };
    case "goto":
    case "remove_step":
      return { step: first };
    case "timer":
      if (first === "more") return { more: Number(second) };
      if (first === "own") return { seconds: Number(field("minutes")) * 60 || null };
      return { seconds: first ? Number(first) : null };
    case "approve":
    case "hide":
      return { [first]: second };
    case "remove_name":
      return { [first]: second };
    case "remove":
      return { [first]: second, hide_texts: form.elements.hide_texts.checked };
    case "pin":
    case "mark_answered":
      return { on: first === "1", contribution: second };
    case "reseat":
      return { anyway: first === "anyway" };
    case "captions_on_screen":
    case "compare":
      return { on: first === "1" };
    case "hide_word":
      return { step: step?.key, word: field("word") };
    case "show_word":
      return { step: step?.key, word: rest.join(":") };
    case "sort":
      return { by: first };
    case "pause":
      return { text: field("text") };
    case "let_back":
      return { person: first };
    case "make_cluster":
      return { label: field("label"), table: field("table") };
    case "rename_cluster":
      return { cluster: first, label: field(`group-${first}`) };
    case "remove_cluster":
      return { cluster: first };
    case "put_in_cluster":
      return { contribution: first, cluster: field("cluster") };
    case "translate":
      return { lang: first, contribution: second, text: field(`in-${first}`) };
    case "insert_step":
      return newStep(form.elements);
    default:
      return {};
  }
}

function newStep({ kind, text, options, more, approve_first, tables }) {
  const wanted = kind.value;
  const first = approve_first.checked;
  if (wanted === "talk") return { type: wanted, text: text.value, approve_first: first, tables: Number(tables.value) || null };
  if (wanted === "slide") return { type: wanted, title: text.value, text: more.value };
  if (wanted === "wall" || wanted === "stage") return { type: wanted, text: text.value, approve_first: first };
  if (wanted === "yes_no") return { kind: "single_choice", text: text.value, options: [say("yes"), say("no")] };
  const listed = options.value.split("\n").filter((line) => line.trim());
  return { kind: wanted, text: text.value, options: listed, approve_first: first };
}

function tell(text) {
  byId("status").replaceChildren(text);
}

// For ten seconds; the button is the last thing that was said, and Z does the same.
function offerUndo(word, name, what) {
  const offer = { name, what };
  undo = offer;
  const button = h("button", { class: "nl-button nl-button--subtle", type: "button" }, icon("undo"), say("undo"), h("kbd", { class: "oogst-key" }, "Z"));
  button.addEventListener("click", takeBack);
  byId("status").replaceChildren(say(word), " ", button);
  setTimeout(() => {
    if (undo !== offer) return;
    undo = null;
    tell("");
  }, UNDO_FOR);
}

function takeBack() {
  const { name, what } = undo ?? {};
  undo = null;
  if (name) send(name, what);
}

// --- Keys ---------------------------------------------------------------------------------------------------------

listen({
  t: () => byId("clock").toggleAttribute("open"),
  p: () => (session?.state === "paused" ? byId("resume").click() : openDialog("pause-words")),
  w: () => byId("queue").querySelector("[tabindex]")?.focus(),
  a: (item) => (item ? item.querySelector('[value^="approve:"]')?.click() : undefined),
  h: (item) => item?.querySelector('[value^="hide:"]')?.click(),
  m: (item) => item?.querySelector("[data-more]")?.click(),
  z: takeBack,
  digit: (item, key) => item?.dataset.id && putInGroup(item.dataset.id, Number(key)),
});

function putInGroup(contribution, place) {
  const cluster = groupsFor(results?.tally ?? {}, contribution)[place - 1];
  if (place === 0 || cluster) send("put_in_cluster", { contribution, cluster: cluster?.id ?? "" });
}

// In the list of groups Enter renames the group it is pressed in.
byId("groups-list").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input")) return;
  event.preventDefault();
  event.target.parentNode.querySelector("button").click();
});

// Dragging a note to a group: what the keys and the menu do as well.
const wall = byId("results");
wall.addEventListener("dragstart", (event) => {
  const item = event.target.closest("li[data-id]");
  if (item) event.dataTransfer.setData("text/plain", item.dataset.id);
});
wall.addEventListener("dragover", (event) => event.target.closest("[data-cluster]") && event.preventDefault());
wall.addEventListener("drop", (event) => {
  const group = event.target.closest("[data-cluster]");
  const contribution = event.dataTransfer.getData("text/plain");
  const isElsewhere = group?.closest("[data-table]") !== wall.querySelector(`[data-id="${CSS.escape(contribution)}"]`)?.closest("[data-table]");
  if (!group || !contribution || isElsewhere) return;
  event.preventDefault();
  send("put_in_cluster", { contribution, cluster: group.dataset.cluster });
});

// --- Drawing ------------------------------------------------------------------------------------------------------

function drawAll() {
  showRehearsal(session);
  byId("rehearse").hidden = session.state !== "lobby" || session.rehearsing;
  drawScript();
  drawControls();
  setText(byId("where"), where());
  setText(byId("heading"), step ? (step.question?.label ?? step.thread?.label ?? step.title) : session.title);
  drawResultsPart();
  drawQueue();
  drawNumbers();
  drawTools();
  byId("pause-words").hidden = session.state === "paused";
  byId("resume").hidden = session.state !== "paused";
  byId("groups").hidden = !step || !isWritten();
  toggle(byId("lock"), session.locked ? "unlock" : "lock");
  toggle(byId("screen-captions"), `captions_on_screen:${session.captions_on_screen ? 0 : 1}`);
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
      const word = isTalk(step) ? `${what}_tables` : step.thread ? `${what}_wall` : what;
      if (step.type !== "scores") buttons.push(button("secondary", what, step.open ? "lock" : "unlock", word, "O", "opening"));
      const shows = step.results_shown ? "hide_results" : "show_results";
      const shown = isTalk(step) ? { hide_results: "apart", show_results: "bring_together" }[shows] : step.results_shown ? "hide" : "show";
      buttons.push(button("secondary", shows, isTalk(step) ? "layers" : "chart", shown, "R", "results"));
    }
    buttons.push(button("secondary", "previous", "arrow-left", "previous", "←", "previous"));
    buttons.push(button("primary", "next", "arrow-right", "next", "→", "next"));
  }
  replace(byId("controls"), buttons);
}

// What not every step has.
function drawTools() {
  const buttons = [];
  if (step?.round) {
    const [value, word] = step.compared ? ["compare:0", "compare_off"] : ["compare:1", "compare"];
    buttons.push(button("secondary", value, "layers", word, "C", "compare"));
  }
  if (step?.seating === "random") {
    const [value, word] = results?.n ? ["reseat:anyway", "mix_anyway"] : ["reseat", "mix"];
    buttons.push(button("secondary", value, "refresh", word, null, "mix"));
  }
  if (step?.sorted_by) {
    const [value, word] = step.sorted_by === "newest" ? ["sort:support", "by_support"] : ["sort:newest", "by_newest"];
    buttons.push(button("subtle", value, "filter", word, "S", "sort"));
  }
  if (script.find((each) => each.key === step?.key)?.inserted) {
    buttons.push(button("subtle", `remove_step:${step.key}`, "trash", "remove_step", null, "remove_step"));
  }
  replace(byId("tools"), buttons);
}

function drawRemoved(removed) {
  byId("removed").hidden = !removed.length;
  const items = removed.map((each) => {
    const when = new Date(each.at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
    return h("li", {}, h("span", {}, each.name || when), " ", small(`let_back:${each.person}`, "undo", "let_back"));
  });
  replace(byId("removed").querySelector("ul"), items);
}

function button(look, value, name, word, key, focus) {
  return h(
    "button",
    { class: `nl-button nl-button--${look}`, type: "submit", name: "command", value, "data-key": focus, "data-focus": focus },
    icon(name),
    h("span", {}, say(word)),
    key ? h("kbd", { class: "oogst-key" }, key) : null,
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
    place.replaceChildren(...(step ? [slide(step), step.text ? h("p", {}, lines(step.text)) : null].filter(Boolean) : []));
  } else if (isTalk(step)) {
    if (results) drawTables(place, results.tally, step, { textExtra, both: true, staff: true });
    drawGroups(results?.tally?.clusters ?? [], results?.tally?.tables);
  } else {
    drawResults(place, results, { table: true, textExtra, both: true, staff: true });
    drawGroups(results?.tally?.clusters ?? []);
  }
  drawCloud(results?.tally, hidden);
  const timer = byId("timer");
  timer.hidden = !step?.timer;
}

const isWritten = () => Boolean(step.thread) || isTalk(step);

function textExtra(text) {
  const buttons = [];
  if (isWritten()) {
    buttons.push(small(`pin:${text.pinned ? 0 : 1}:${text.id}`, "pin", text.pinned ? "unpin" : "pin"));
    if (step.type === "stage") {
      buttons.push(small(`mark_answered:${text.answered ? 0 : 1}:${text.id}`, "check", text.answered ? "unmark" : "mark"));
    }
  }
  const place = isWritten() ? "contribution" : "answer";
  buttons.push(small(`hide:${place}:${text.id}`, "eye-off", "hide_text"), more(text.id));
  const support = text.supports ? h("span", { class: "oogst-small" }, say("for", { n: number(text.supports) })) : null;
  return h("div", { class: "oogst-row oogst-console__text" }, support, buttons);
}

function small(value, name, word) {
  const look = "nl-button nl-button--subtle oogst-console__small";
  return h("button", { class: look, type: "submit", name: "command", value, "data-focus": value }, icon(name), say(word));
}

// The text that is opened is looked up when it is pressed: what is on the screen may be older.
function more(id) {
  return h(
    "button",
    { class: "nl-button nl-button--subtle oogst-console__small", type: "button", "data-more": id, "data-focus": `more ${id}` },
    icon("settings"),
    say("more"),
  );
}

room.addEventListener("click", (event) => {
  const id = event.target.closest("[data-more]")?.dataset.more;
  if (!id) return;
  const text = results?.tally?.texts?.find((each) => each.id === id);
  const waits = queue.find((each) => (each.contribution ?? each.answer) === id);
  if (text) openText({ ...text, place: isWritten() ? "contribution" : "answer", inThread: isWritten() });
  else if (waits) openText({ ...waits, id, place: waits.contribution ? "contribution" : "answer", inThread: false });
});

function drawQueue() {
  const at = [...byId("queue").children].indexOf(document.activeElement.closest("#queue > li"));
  const items = queue.map((each) => {
    const which = each.contribution ? `contribution:${each.contribution}` : `answer:${each.answer}`;
    const approve = { class: "nl-button nl-button--primary", type: "submit", name: "command", value: `approve:${which}` };
    const hide = { class: "nl-button nl-button--secondary nl-button--negative", type: "submit", name: "command", value: `hide:${which}` };
    return h(
      "li",
      { class: "oogst-card", tabindex: 0, "data-focus": which },
      h(
        "div",
        { class: "oogst-card__body" },
        h("div", { class: "oogst-resident-text" }, lines(each.text)),
        h("p", { class: "oogst-small" }, [each.step ? say("part", { number: each.step }) : "", each.name].filter(Boolean).join(" · ")),
        h(
          "div",
          { class: "oogst-form__actions" },
          h("button", { ...approve, "data-focus": approve.value }, icon("check"), say("approve"), h("kbd", { class: "oogst-key" }, "A")),
          h("button", { ...hide, "data-focus": hide.value }, icon("eye-off"), say("hide_text"), h("kbd", { class: "oogst-key" }, "H")),
          more(each.contribution ?? each.answer),
        ),
      ),
    );
  });
  replace(byId("queue"), items.length ? items : [h("li", { class: "oogst-muted" }, say("queue_empty"))]);
  // Where somebody was reading, the next one comes.
  if (at >= 0 && !byId("queue").contains(document.activeElement)) {
    const left = byId("queue").querySelectorAll("[tabindex]");
    left[Math.min(at, left.length - 1)]?.focus();
  }
  byId("waiting").hidden = !queue.length;
  setText(byId("waiting"), number(queue.length));
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
