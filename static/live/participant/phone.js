// "This phone": several people on one phone, each in turn; a name if they like, helped, or a table together.
// The server decides who a seat is; here only its number is known.

import { h, icon, say, setText } from "../dom.js";

export class Phone {
  // change(seat): somebody else's turn. introduce({name, given_by, people}): who sits here.
  constructor({ change, introduce }) {
    this.sitters = JSON.parse(document.getElementById("sitters").textContent);
    this.who = document.getElementById("who");
    this.place = document.getElementById("phone");
    this.form = this.place.querySelector("form");
    this.most = Number(this.place.dataset.most);
    this.seat = Number(this.form.elements.seat.value);
    this.change = change;
    const turn = (event) => this.#turn(event);
    this.who.addEventListener("click", turn);
    this.place.addEventListener("click", turn);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { name, given_by: how, people } = this.form.elements;
      introduce({ name: name.value.trim(), given_by: how.value, people: how.value === "table" ? Number(people.value) || 1 : 1 });
    });
  }

  get sitter() {
    return this.sitters.find((each) => each.seat === this.seat);
  }

  get name() {
    return nameOf(this.sitter);
  }

  // What the server stored.
  introduced(sent) {
    const found = this.sitters.find((each) => each.seat === sent.seat);
    if (found) Object.assign(found, { nickname: sent.name, given_by: sent.given_by, people: sent.people });
    this.place.open = false;
    this.draw();
  }

  draw() {
    const { sitter, sitters } = this;
    this.who.hidden = sitters.length === 1 && sitter.given_by === "self" && !sitter.nickname;
    setText(this.who.querySelector("strong"), this.name);
    const list = this.who.querySelector("ul");
    list.hidden = sitters.length === 1;
    list.replaceChildren(...sitters.map((each) => h("li", {}, this.#chip(each))));
    const free = this.#free();
    const another = document.getElementById("another");
    another.hidden = free === undefined;
    another.firstElementChild.dataset.seat = free;
  }

  #chip(each) {
    const isNow = each.seat === this.seat ? "true" : null;
    const attributes = { class: "oogst-chip", href: `?seat=${each.seat}`, "data-seat": each.seat, "aria-current": isNow };
    return h("a", attributes, icon("user"), nameOf(each));
  }

  #turn(event) {
    const link = event.target.closest("a[data-seat]");
    if (!link) return;
    event.preventDefault();
    const seat = Number(link.dataset.seat);
    if (!this.sitters.some((each) => each.seat === seat)) {
      this.sitters.push({ seat, nickname: "", given_by: "self", people: 1 });
      this.sitters.sort((one, other) => one.seat - other.seat);
    }
    this.seat = seat;
    this.place.open = false;
    this.#fill();
    this.draw();
    const address = new URL(location.href);
    if (seat) address.searchParams.set("seat", seat);
    else address.searchParams.delete("seat");
    history.replaceState(null, "", address); // a reload stays with this person
    this.change(seat);
    this.who.querySelector(`[data-seat="${seat}"]`)?.focus();
  }

  #fill() {
    const { seat, name, given_by: how, people } = this.form.elements;
    seat.value = this.seat;
    name.value = this.sitter.nickname;
    how.value = this.sitter.given_by;
    people.value = this.sitter.people > 1 ? this.sitter.people : "";
  }

  #free() {
    const taken = new Set(this.sitters.map((each) => each.seat));
    return [...Array(this.most).keys()].find((seat) => !taken.has(seat));
  }
}

function nameOf({ nickname, given_by: how, people, seat }) {
  if (nickname) return nickname;
  return how === "table" ? say("table_of", { number: people }) : say("person", { number: seat + 1 });
}
