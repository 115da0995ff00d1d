// Points on a picture. The selects hold the answer, with or without this script: a tap on the picture fills the first
// empty one (or moves the only one), and every point on the picture is a button that can be dragged, moved with the
// arrow keys and taken away.

const STEP = 0.01;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

class Pins extends HTMLElement {
  connectedCallback() {
    this.picture = this.querySelector("[data-picture]");
    if (!this.picture || this.markers) return;
    this.selects = [...this.querySelectorAll("[data-pin]")];
    this.zones = [...this.selects[0].options].filter((option) => option.value).map((option) => ({ at: read(option.value), name: option.text }));
    this.markers = this.selects.map((select, index) => this.makeMarker(select, index));
    this.picture.append(...this.markers);
    this.querySelector(".oogst-pins__how").hidden = false;
    this.picture.addEventListener("click", (event) => this.tap(event));
    this.addEventListener("change", () => this.draw());
    this.draw();
  }

  makeMarker(select, index) {
    const marker = document.createElement("button");
    marker.type = "button";
    marker.className = "oogst-pins__marker";
    marker.textContent = this.selects.length > 1 ? String(index + 1) : "";
    marker.addEventListener("keydown", (event) => this.key(event, select));
    marker.addEventListener("pointerdown", (event) => this.grab(event, marker, select));
    return marker;
  }

  tap(event) {
    if (event.target.closest(".oogst-pins__marker") || this.dragged) {
      this.dragged = false;
      return;
    }
    const free = this.selects.find((select) => !select.value) ?? this.selects[this.selects.length - 1];
    this.put(free, this.place(event));
    this.markers[this.selects.indexOf(free)].focus({ preventScroll: true });
  }

  grab(event, marker, select) {
    event.preventDefault();
    marker.focus({ preventScroll: true });
    marker.setPointerCapture?.(event.pointerId);
    const move = (next) => {
      this.dragged = true;
      this.put(select, this.place(next));
    };
    const drop = () => {
      marker.removeEventListener("pointermove", move);
      setTimeout(() => (this.dragged = false));
    };
    marker.addEventListener("pointermove", move);
    marker.addEventListener("pointerup", drop, { once: true });
    marker.addEventListener("pointercancel", drop, { once: true });
  }

  key(event, select) {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.choose(select, "");
      select.focus();
    } else if (MOVES[event.key]) {
      event.preventDefault();
      const [x, y] = read(select.value);
      const [right, down] = MOVES[event.key];
      this.put(select, [x + right * STEP, y + down * STEP]);
    }
  }

  place(event) {
    const box = this.picture.querySelector("img").getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  put(select, place) {
    const value = place.map((share) => Math.round(Math.min(1, Math.max(0, share)) * 10000) / 10000).join(",");
    this.choose(select, value);
  }

  choose(select, value) {
    write(select, value);
    select.dispatchEvent(new Event("input", { bubbles: true }));
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  name([x, y]) {
    const far = (zone) => (zone.at[0] - x) ** 2 + (zone.at[1] - y) ** 2;
    return this.zones.reduce((best, zone) => (far(zone) < far(best) ? zone : best)).name;
  }

  draw() {
    this.selects.forEach((select, index) => {
      const marker = this.markers[index];
      marker.hidden = !select.value;
      if (!select.value) return;
      const at = read(select.value);
      const own = select.querySelector("[data-own]");
      if (own) own.textContent = `${this.name(at)} (${this.dataset.own})`;
      marker.style.left = `${at[0] * 100}%`;
      marker.style.top = `${at[1] * 100}%`;
      const place = this.zones.length ? this.name(at) : "";
      marker.setAttribute("aria-label", this.dataset.pinLabel.replace("{number}", index + 1).replace("{place}", place));
    });
  }
}

const read = (value) => value.split(",").map(Number);

// A point that is no part of the list gets an option of its own.
function write(select, value) {
  let own = select.querySelector("[data-own]");
  if (value && ![...select.options].some((option) => option !== own && option.value === value)) {
    own ??= select.appendChild(Object.assign(document.createElement("option"), { text: value }));
    own.dataset.own = "";
    own.value = value;
  }
  select.value = value;
}

if (!customElements.get("oogst-pins")) customElements.define("oogst-pins", Pins);
