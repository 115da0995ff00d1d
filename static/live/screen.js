// The projector: what the room sees, as large as it goes. It draws what the server sends and has no controls.

import { CaptionBar } from "./captions.js";
import { Connection } from "./connection.js";
import { clock, counted, drawResults, h, icon, language, lines, noun, number, say, setText, showLost, showRehearsal } from "./draw.js";
import { slide } from "./slides.js";
import { isTalk, tableList } from "./tables.js";
import { Together } from "./together.js";

const room = document.getElementById("room");
const [heading, main, corner, people, answers, timer] = ["heading", "main-part", "corner", "people", "answers", "timer"].map(
  (id) => document.getElementById(id),
);
const captions = new CaptionBar(document.getElementById("captions"));
const lobby = document.getElementById("lobby").content;
const together = new Together(main, document.getElementById("turn"), { how: { both: true, textExtra: supports }, fit });

const LONG = 90; // characters of a question that is shown smaller; the server has the same
const SIZES = 9; // in static/theme/live.css
const SMALLEST_NOTES = 4; // of these: what does not go in any more is older

let session = null;
let step = null;
let results = null;

const connection = new Connection({
  code: room.dataset.code,
  view: "screen",
  lang: language,
  on: { message, ack() {}, refused() {}, state: showLost, gone },
});

function message(news) {
  if (news.type === "snapshot" && news.view !== "screen") return location.reload(); // not ours to see any more
  if (news.isOld) return undefined;
  if (news.session) {
    ({ session, step, results } = news);
    if (!session.captions_on_screen) captions.show({ lines: [] });
    drawAll();
  } else if (news.type === "results") {
    results = news;
    drawMain();
    drawNumbers();
  } else if (news.type === "captions") {
    captions.show(news);
  } else if (news.type === "presence" && session) {
    session.participants = news.participants;
    drawNumbers();
  }
  return undefined;
}

function gone() {
  setTimeout(() => location.reload(), 3000);
}

function drawAll() {
  showRehearsal(session);
  setText(heading, title());
  heading.classList.toggle("oogst-screen__question--long", title().length > LONG);
  corner.hidden = session.state === "lobby" || session.state === "ended";
  drawMain();
  drawNumbers();
  drawTimer();
}

function title() {
  if (session.state === "paused") return say("pause");
  if (session.state === "ended") return say("ended");
  if (session.state === "lobby" || !step) return session.title;
  return step.question?.label ?? step.thread?.label ?? step.title;
}

function drawMain() {
  const what = kind();
  if (main.dataset.kind !== what) {
    main.replaceChildren();
    delete main.dataset.shape;
    main.dataset.kind = what;
    together.stop();
    if (what === "lobby") main.append(lobby.cloneNode(true));
    if (what.startsWith("paused")) main.append(h("p", { class: "oogst-screen__text" }, lines(session.pause_text || say("pause_text"))));
    if (what === "ended") main.append(h("p", { class: "oogst-screen__text" }, say("ended_text")));
    if (what.startsWith("slide")) main.append(...slideParts());
    if (what.startsWith("options")) main.append(options());
  }
  if (what.startsWith("tables")) main.replaceChildren(tableList(results?.tally?.tables ?? []));
  else if (what.startsWith("together")) return together.draw(results.tally);
  else if (what.startsWith("results")) drawResults(main, results, { both: true, textExtra: supports });
  return fit();
}

function supports(text) {
  return text.supports ? h("p", { class: "oogst-small oogst-wall__marks" }, icon("thumbs-up"), number(text.supports)) : null;
}

// As large as goes in: the back of the room reads along. Many answers may stand in two columns for that.
function fit() {
  for (const item of main.querySelectorAll(".oogst-group li[hidden]")) item.hidden = false;
  room.classList.add("oogst-screen--fitted");
  const smallest = main.querySelector(".oogst-wall") ? SMALLEST_NOTES : SIZES - 1;
  const shown = [...main.children].filter((each) => !each.classList.contains("oogst-chart--detail"));
  const isLong = shown.length === 1 && shown[0].matches(":has(> .oogst-bars > :nth-child(6)), .oogst-screen__options:has(> :nth-child(6))");
  for (let size = 0; size <= smallest; size += 1) {
    for (const columns of isLong ? [1, 2] : [1]) {
      main.dataset.fit = size;
      main.dataset.columns = columns;
      if (fits()) return;
    }
  }
  cutGroups();
}

// In a group a note for which there is no room is not shown by half.
function cutGroups() {
  for (const list of main.querySelectorAll(".oogst-group > .oogst-wall")) {
    const bottom = main.getBoundingClientRect().bottom;
    for (const item of list.children) item.hidden = item.getBoundingClientRect().bottom > bottom;
  }
}

function fits() {
  const groups = main.querySelector(":scope > .oogst-groups");
  if (groups && groups.scrollHeight > groups.clientHeight) return false;
  if (main.scrollHeight > main.clientHeight || main.scrollWidth > main.clientWidth) return false;
  return [...main.querySelectorAll("li")].every((item) => item.scrollWidth <= item.clientWidth);
}

// Its room changes with the window, with the numbers below it, and with letters that come late.
new ResizeObserver(refit).observe(main);
document.fonts.addEventListener("loadingdone", refit);

function refit() {
  if (session) main.dataset.kind?.startsWith("together") ? drawMain() : fit();
}

function kind() {
  if (session.state === "lobby" || (session.state === "running" && !step)) return "lobby";
  if (session.state === "paused") return `paused ${session.pause_text}`;
  if (session.state !== "running") return session.state;
  const place = `${step.key} ${step.round}`;
  if (step.type === "slide") return `slide ${place} ${JSON.stringify([step.text, step.picture, step.video, step.place])}`;
  if (isTalk(step)) return `${step.results_shown && results?.tally?.texts.length ? "together" : "tables"} ${place}`;
  if (results?.tally && !isEmptyThread()) return `results ${place}`;
  return `options ${place} ${step.open} ${JSON.stringify(step.question?.config ?? "")}`;
}

const isEmptyThread = () => step.thread && results.tally.texts?.length === 0;

function slideParts() {
  const words = step.text ? h("p", { class: "oogst-screen__text" }, lines(step.text)) : null;
  return [slide(step), words].filter(Boolean);
}

// What people choose from, to read along while they answer; else how they answer.
function options() {
  const shown = step.question?.config.picture ?? step.question?.config.map;
  if (shown?.url) return h("img", { class: "oogst-screen__picture", src: shown.url, alt: shown.alt });
  const list = Object.values(step.question?.config ?? {}).find((each) => Array.isArray(each) && each[0]?.label);
  if (!list) return howToAnswer();
  const look = list.some((each) => each.picture) ? "oogst-screen__options oogst-screen__options--pictures" : "oogst-screen__options";
  return h("ul", { class: look }, list.map(option));
}

function howToAnswer() {
  const { low, high, low_label, high_label } = step.question?.config ?? {};
  const ends = low_label || high_label ? [[low, low_label], [high, high_label]].map(([point, words]) => (words ? `${point} = ${words}` : `${point}`)) : [];
  const how = step.open ? h("p", { class: "oogst-muted" }, say(step.thread ? "write_phone" : "use_phone")) : null;
  return h("div", { class: "oogst-screen__text" }, [step.question?.help, ...ends].filter(Boolean).map((line) => h("p", {}, line)), how);
}

const option = (each) => h("li", {}, each.picture ? h("img", { src: each.picture.url, alt: "" }) : null, h("span", {}, each.label));

function drawNumbers() {
  setText(people, number(session.participants));
  setText(people.nextElementSibling, noun("people", session.participants));
  const counts = session.state === "running" && step && step.type !== "slide";
  answers.hidden = !counts;
  const [value, word] = answers.children;
  setText(value, number(results?.n));
  setText(word, counted(step, results?.n ?? 0));
}

function drawTimer() {
  timer.hidden = !(session?.state === "running" && step?.timer);
  if (!timer.hidden) setText(timer, clock(step.timer));
}
setInterval(drawTimer, 500);

if (!("over" in room.dataset)) connection.start(); // what has ended stays as the page has it
