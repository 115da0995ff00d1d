// The forms of a step: the question or the wall, and below it a statement of one's own. What somebody typed or chose is
// kept as a draft, and is never taken away from them.

import { choosePairs, stepPairs } from "../../surveys/pairs.js";
import { countPoints } from "../../surveys/points.js";
import { fromServer, say } from "../dom.js";
import { isTalk } from "../tables.js";
import { isEmpty, readValue, writeValue } from "./form.js";
import { copyable, note, saved, speak } from "./telling.js";

const partOf = (form) => form.closest("[data-part]").dataset.part;
const isText = (form) => Boolean(form.elements.thread); // to a wall or a stage, a note, a statement: no answer

// The words in a form, for who wants to keep them.
export function typedIn(form) {
  const fields = [...form.querySelectorAll("textarea, input[type=text], input:not([type])")];
  return fields.map((field) => field.value.trim()).filter(Boolean).join("\n");
}

export class Ask {
  // places: {ask, add}; make(name): a form of the page, to fill in.
  constructor({ now, drafts, places, make }) {
    Object.assign(this, { now, drafts, places, make });
  }

  draw() {
    this.#drawAsk();
    this.#drawAdd();
  }

  // --- Drafts -------------------------------------------------------------------------------------------------------

  #draftOf(part, seat = this.now.seat) {
    const { key, round } = this.now.step;
    return `${seat} ${key} ${round}${part === "add" ? " add" : ""}`;
  }

  // Something was typed or chosen in this form.
  keep(form) {
    if (!this.now.step || !form?.dataset.step) return;
    const part = partOf(form);
    const { text, name } = form.elements;
    this.now.typing.add(part);
    this.drafts.keep(this.#draftOf(part), isText(form) ? { text: text.value, name: name?.value ?? "" } : readValue(form));
  }

  // It was sent, or given up.
  drop(form) {
    const part = partOf(form);
    this.drafts.drop(this.#draftOf(part));
    this.now.typing.delete(part);
  }

  dropAll() {
    for (const part of Object.keys(this.places)) this.drafts.drop(this.#draftOf(part));
    this.now.typing.clear();
  }

  // An answer that was refused: it stands in the form of who gave it, to be mended, unless they began another one.
  giveBack({ value, seat }) {
    const draft = this.#draftOf("ask", seat);
    if (isEmpty(this.drafts.get(draft))) this.drafts.keep(draft, value);
  }

  // What was typed before: by who was here before a reload, in the other language, or before somebody else's turn. True
  // when there is such a thing.
  #writeDraft(form, part) {
    const draft = this.drafts.get(this.#draftOf(part));
    if (isEmpty(draft)) return false;
    if (isText(form)) writeText(form, draft);
    else writeAnswer(form, draft);
    this.now.typing.add(part);
    return true;
  }

  // --- The question, or the wall --------------------------------------------------------------------------------------

  #drawAsk() {
    const { now } = this;
    const { step, wall } = now;
    const place = this.places.ask;
    const form = place.querySelector("form");
    const isHere = form && now.isAt(form);
    if (isHere && isTalk(step) && wall) form.elements.thread.value = wall.id; // who changes table takes along what they typed
    if (now.isRunning && step.open && (wall || (step.question && (!now.isAnswered || now.changing)))) {
      if (isHere) this.#keepForm(place, form);
      else this.#putForm(place);
    } else if (isHere && now.typing.has("ask") && now.isRunning) {
      closeForm(place, form);
    } else {
      place.replaceChildren(...this.#insteadOfForm());
    }
  }

  #keepForm(place, form) {
    form.querySelector("[type=submit]").disabled = false;
    place.querySelector(".oogst-live-note")?.remove();
    if (!this.now.typing.has("ask")) this.#writeDraft(form, "ask");
  }

  #putForm(place) {
    const { step, wall, answer } = this.now;
    const form = this.#begin(wall ? step.type : "question");
    form.dataset.round = step.round;
    place.replaceChildren(form);
    this.now.typing.delete("ask");
    if (wall) {
      form.elements.thread.value = wall.id;
      this.#writeDraft(form, "ask");
    } else {
      form.elements.question.value = step.question.key;
      form.querySelector("[data-controls]").replaceChildren(fromServer(step.html));
      if (!this.#writeDraft(form, "ask")) writeAnswer(form, answer);
      stepPairs(form);
    }
  }

  #begin(name) {
    const form = this.make(name);
    form.dataset.step = this.now.step.key;
    form.elements.seat.value = this.now.seat;
    return form;
  }

  #insteadOfForm() {
    const { isRunning, isAnswered, step, wall } = this.now;
    if (!isRunning) return [];
    if (step.question && !isAnswered && !step.results_shown) return [note("hourglass", say("soon"), say("soon_text"))];
    return wall ? [note("hourglass", say(isTalk(step) ? "tables_closed" : "write_later"), "")] : [];
  }

  // --- A statement of one's own, below those that are asked -----------------------------------------------------------

  #drawAdd() {
    const { now } = this;
    const place = this.places.add;
    if (!(now.isRunning && now.step.open && now.step.add_to)) return place.replaceChildren();
    const form = place.querySelector("form");
    if (!form || !now.isAt(form)) this.#putStatement(place);
    else if (!now.typing.has("add")) this.#writeDraft(form, "add");
    for (const node of place.querySelectorAll(".oogst-saved")) node.remove();
    return place.append(...this.#ownStatements());
  }

  #putStatement(place) {
    const form = this.#begin("statement");
    form.elements.thread.value = this.now.step.add_to;
    place.replaceChildren(form);
    this.now.typing.delete("add");
    this.#writeDraft(form, "add");
  }

  #ownStatements() {
    const { mine, step, connection } = this.now;
    const own = mine.contributions.filter((each) => each.thread === step.add_to && each.state !== "hidden");
    return own.map((each) =>
      each.state === "visible"
        ? saved("check-circle", say("statement_shown"), each.text)
        : saved("hourglass", say(connection.isOpen ? "read_first" : "waiting"), each.text, true),
    );
  }
}

function writeText({ elements }, { text, name }) {
  elements.text.value = text;
  if (elements.name) elements.name.value = name;
}

function writeAnswer(form, value) {
  choosePairs(form, value);
  writeValue(form, value);
  countPoints(form);
}

// Closed while somebody typed: they may still read and copy it.
function closeForm(place, form) {
  form.querySelector("[type=submit]").disabled = true;
  if (place.querySelector(".oogst-live-note")) return;
  const text = typedIn(form);
  const closed = note("lock", say("closed"), text ? say("not_sent") : "");
  if (text) closed.append(copyable(text));
  speak(`${say("closed")} ${text ? say("not_sent") : ""}`);
  place.append(closed);
}
