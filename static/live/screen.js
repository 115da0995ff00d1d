// The projector: what the room sees, as large as it goes. It draws what the server sends and has no controls.

import { Connection } from "./connection.js";
import { clock, drawResults, h, language, lines, number, say, setText, showLost } from "./draw.js";

const room = document.getElementById("room");
const [heading, main, corner, people, answers, timer] = ["heading", "main-part", "corner", "people", "answers", "timer"].map(
  (id) => document.getElementById(id),
);
const lobby = document.getElementById("lobby").content;

const LONG = 90; // characters of a question that is shown smaller; the server has the same
const SIZES = 9; // in static/theme/live.css
const SMALLEST_NOTES = 5; // of these: what does not go in any more is older

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
    drawAll();
  } else if (news.type === "results") {
    results = news;
    drawMain();
    drawNumbers();
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
    if (what === "lobby") main.append(lobby.cloneNode(true));
    if (what === "paused") main.append(h("p", { class: "oogst-screen__text" }, say("pause_text")));
    if (what === "ended") main.append(h("p", { class: "oogst-screen__text" }, say("ended_text")));
    if (what.startsWith("slide")) main.append(h("p", { class: "oogst-screen__text" }, lines(step.text)));
    if (what.startsWith("options")) main.append(options());
  }
  if (what.startsWith("results")) drawResults(main, results);
  fit();
}

// As large as goes in: the back of the room reads along. Many answers may stand in two columns for that.
function fit() {
  room.classList.add("oogst-screen--fitted");
  const smallest = main.querySelector(".oogst-wall") ? SMALLEST_NOTES : SIZES - 1;
  const isLong = main.querySelector(":scope > .oogst-screen__options > :nth-child(6), :scope > :only-child > .oogst-bars > :nth-child(6)");
  for (let size = 0; size <= smallest; size += 1) {
    for (const columns of isLong ? [1, 2] : [1]) {
      main.dataset.fit = size;
      main.dataset.columns = columns;
      if (fits()) return;
    }
  }
}

function fits() {
  if (main.scrollHeight > main.clientHeight || main.scrollWidth > main.clientWidth) return false;
  return [...main.querySelectorAll("li")].every((item) => item.scrollWidth <= item.clientWidth);
}

// Its room changes with the window, with the numbers below it, and with letters that come late.
new ResizeObserver(() => session && fit()).observe(main);
document.fonts.addEventListener("loadingdone", () => session && fit());

function kind() {
  if (session.state === "lobby" || (session.state === "running" && !step)) return "lobby";
  if (session.state !== "running") return session.state;
  const place = `${step.key} ${step.round}`;
  if (step.type === "slide") return `slide ${place} ${step.text}`;
  if (results?.tally) return `results ${place}`;
  return `options ${place} ${JSON.stringify(step.question?.config ?? "")}`;
}

// What people choose from, to read along while they answer.
function options() {
  const list = Object.values(step.question?.config ?? {}).find((each) => Array.isArray(each) && each[0]?.label);
  return list ? h("ul", { class: "oogst-screen__options" }, list.map((each) => h("li", {}, each.label))) : "";
}

function drawNumbers() {
  setText(people, number(session.participants));
  const counts = session.state === "running" && step && step.type !== "slide";
  answers.hidden = !counts;
  const [value, word] = answers.children;
  setText(value, number(results?.n));
  setText(word, say(step?.thread ? "notes_word" : "answers"));
}

function drawTimer() {
  timer.hidden = !(session?.state === "running" && step?.timer);
  if (!timer.hidden) setText(timer, clock(step.timer));
}
setInterval(drawTimer, 500);

connection.start();
