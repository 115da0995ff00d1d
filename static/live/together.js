// The notes of all tables on the projector, a page at a time: some tables beside each other, and what does not go in on
// the next page. A page stays long enough to be read, and its notes stay where they are while it does.

import { h, icon, number, say } from "./dom.js";
import { drawByTable } from "./tables.js";

const AT_ONCE = [4, 2, 1]; // tables beside each other: fewer where a note is too long for its column
const SHORTEST = 15000; // milliseconds for a page,
const LONGEST = 60000;
const EACH_LETTER = 80; // and so many for each letter that is on it
const BACK = ["ArrowLeft", "PageUp"];
const ON = ["ArrowRight", "PageDown", " "];

// A page on somebody's own screen, and who asked for little motion, turn by hand.
const turnsByItself = () => window.self === window.top && !matchMedia("(prefers-reduced-motion: reduce)").matches;

export class Together {
  // fit(): makes what is in `place` as large as goes in, and hides the notes for which there is no room.
  constructor(place, pager, { how, fit }) {
    Object.assign(this, { place, pager, how, fit });
    document.addEventListener("keydown", (event) => {
      if (pager.hidden || event.target.closest("button")) return;
      if (ON.includes(event.key)) this.press(1);
      else if (BACK.includes(event.key)) this.press(-1);
    });
    this.stop();
  }

  stop() {
    clearTimeout(this.timer);
    Object.assign(this, { timer: null, pages: [new Map()], order: new Map(), byHand: false, most: null });
    this.pager.hidden = true;
  }

  // The tally may have changed: what is on this page keeps its place, what is new comes behind it.
  draw(tally) {
    this.tally = tally;
    for (const table of tally.tables) this.keepOrder(table.id);
    if (!this.waiting.length) this.pages = [new Map()];
    for (const most of AT_ONCE.filter((each) => !this.most || each <= this.most)) {
      this.most = most;
      this.drawPage(most);
      if (this.lists().every((list) => !list.firstElementChild?.hidden)) break;
    }
    this.drawPager();
    if (this.timer === null) this.wait();
  }

  keepOrder(id) {
    const now = this.tally.texts.filter((text) => text.table === id).map((text) => text.id);
    const kept = (this.order.get(id) ?? []).filter((each) => now.includes(each));
    this.order.set(id, [...kept, ...now.filter((each) => !kept.includes(each))]);
  }

  // On a page: how many notes of a table were on the pages before it.
  get seen() {
    return this.pages[this.pages.length - 1];
  }

  get waiting() {
    return this.tally.tables.filter((each) => (this.seen.get(each.id) ?? 0) < this.order.get(each.id).length);
  }

  drawPage(most) {
    this.tables = this.waiting.slice(0, most);
    const texts = new Map(this.tally.texts.map((text) => [text.id, text]));
    const some = this.tables.flatMap(({ id }) => this.order.get(id).slice(this.seen.get(id) ?? 0));
    drawByTable(this.place, { ...this.tally, texts: some.map((id) => texts.get(id)) }, this.how, this.tables);
    for (let time = 0; time < 2; time += 1) {
      this.fit();
      this.sayWhich(); // longer words may take a line more: once again
    }
  }

  lists() {
    return [...this.place.querySelectorAll(".oogst-group > .oogst-wall")];
  }

  shown(index) {
    return this.lists()[index].querySelectorAll("li:not([hidden])").length;
  }

  // "5-8 of 12" beside a table's name, when not all of them are here.
  sayWhich() {
    this.place.querySelectorAll(".oogst-group__n").forEach((place, index) => {
      const { id, n } = this.tables[index];
      const [from, shown] = [this.seen.get(id) ?? 0, this.shown(index)];
      if (shown < n && shown) place.textContent = say("some_of", { from: number(from + 1), to: number(from + shown), of: number(n) });
    });
  }

  get next() {
    const seen = new Map(this.seen);
    this.tables.forEach(({ id }, index) => seen.set(id, (seen.get(id) ?? 0) + Math.max(this.shown(index), 1)));
    const isLast = this.tally.tables.every((each) => (seen.get(each.id) ?? 0) >= this.order.get(each.id).length);
    return isLast ? null : seen;
  }

  drawPager() {
    this.pager.hidden = this.pages.length === 1 && !this.next;
    if (this.pager.hidden || this.pager.children.length) return;
    const turn = (by, look, label) => {
      const button = h("button", { type: "button", "aria-label": say(label) }, icon(look));
      button.addEventListener("click", () => this.press(by));
      return button;
    };
    this.pager.append(turn(-1, "chevron-left", "notes_back"), turn(1, "chevron-right", "notes_on"));
  }

  // Who turns a page by hand keeps it: from then on nothing turns by itself.
  press(by) {
    this.byHand = true;
    clearTimeout(this.timer);
    this.turn(by);
  }

  turn(by) {
    const { next } = this;
    if (by < 0) this.pages.splice(-1, this.pages.length > 1 ? 1 : 0);
    else this.pages = next ? [...this.pages, next] : [new Map()];
    this.most = null;
    this.timer = null;
    this.draw(this.tally);
  }

  wait() {
    if (this.byHand || !turnsByItself()) return;
    const letters = this.lists().reduce((sum, list) => sum + list.innerText.length, 0);
    this.timer = setTimeout(() => this.turn(1), Math.min(LONGEST, Math.max(SHORTEST, letters * EACH_LETTER)));
  }
}
