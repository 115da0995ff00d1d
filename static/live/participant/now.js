// What this phone knows now: what the room does, who of the people on it answers, and what they answered and wrote.

import { isTalk } from "../tables.js";

// At one's own pace the page says which step it is; previous and next are other pages.
const own = JSON.parse(document.getElementById("own")?.textContent ?? "null");

const nothing = () => ({ answers: {}, contributions: [], supports: [] });

const isSame = (one, other) => one.thread === other.thread && one.text === other.text;

export class Now {
  // step: the one whose form the server put on the page; changing: somebody asked to change their answer.
  constructor({ phone, connection, step, changing }) {
    Object.assign(this, { phone, connection, step, changing, own });
    this.session = null;
    this.later = null; // a step that waits until somebody has finished typing
    this.results = null;
    this.everybody = {}; // seat -> what they answered and wrote
    this.calm();
  }

  // Another step, or somebody else's turn: nothing went wrong, and nothing was typed.
  calm() {
    this.problem = null;
    this.unsent = ""; // what somebody typed that was refused
    this.typing = new Set(); // the parts with something typed or chosen and not sent
  }

  get seat() {
    return this.phone.seat;
  }

  get mine() {
    return this.of(this.seat);
  }

  set mine(mine) {
    this.everybody[this.seat] = mine;
  }

  of(seat) {
    return (this.everybody[seat] ??= nothing());
  }

  // There is a step to show.
  get isRunning() {
    return Boolean(this.session?.state === "running" && this.step);
  }

  // Where one writes at this step: the wall or stage, or one's own table. Nowhere while all tables are brought together.
  get wall() {
    if (!isTalk(this.step)) return this.step?.thread ?? null;
    return this.step.results_shown ? null : (this.results?.tally?.own ?? null);
  }

  // An answer to the question of this step that waits for its ack.
  get pending() {
    return this.step?.question ? this.connection.pending(this.about(this.step.question.key)) : null;
  }

  get isAnswered() {
    return Boolean(this.step?.question && (this.pending || this.step.question.key in this.mine.answers));
  }

  // What they answered to this question, also when it is still on its way.
  get answer() {
    return (this.pending ?? { value: this.mine.answers[this.step?.question?.key] }).value;
  }

  about(question) {
    return `answer ${this.seat} ${question}`;
  }

  // Is this form about this step (and this round of it), and this person?
  isAt({ dataset, elements }) {
    const isRound = !("round" in dataset) || dataset.round === String(this.step?.round);
    return dataset.step === this.step?.key && isRound && elements.seat.value === String(this.seat);
  }

  support(contribution, on, seat = this.seat) {
    const mine = this.of(seat);
    mine.supports = mine.supports.filter((id) => id !== contribution);
    if (on) mine.supports.push(contribution);
  }

  // Sent from here; the server's own picture of it comes with the next snapshot.
  writes({ thread, text }) {
    this.mine.contributions.push({ thread, text, state: "sent" });
  }

  // It is stored. A snapshot that came in between did not have it yet.
  wrote(sent) {
    if (!this.mine.contributions.some((each) => isSame(each, sent))) this.writes(sent);
  }

  wasRefused(sent) {
    const mine = this.of(sent.seat);
    mine.contributions = mine.contributions.filter((each) => each.state !== "sent" || !isSame(each, sent));
  }
}
