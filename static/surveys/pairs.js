// Two at a time: one pair after the other instead of a list, and other pairs for each phone where the server made one page
// for all. The order is the one of surveys/pairs.py.

const PAUSE = 250; // milliseconds between choosing and the next pair, so that one sees what was chosen

const key = (pair) => [...pair].sort().join("|");

// Other pairs in the controls of `place`: those in `value`, then a run that begins anywhere.
export function choosePairs(place, value) {
  for (const box of place.querySelectorAll(".oogst-pairs")) {
    const items = JSON.parse(box.dataset.items);
    const pairs = allPairs(items.map(([name]) => name));
    const start = Math.floor(Math.random() * pairs.length);
    const turned = [...pairs.slice(start), ...pairs.slice(0, start)];
    const chosen = [...turned.filter((pair) => key(pair) in (value ?? {})), ...turned.filter((pair) => !(key(pair) in (value ?? {})))];
    const begin = box.querySelector("input[type=hidden]");
    const labels = new Map(items);
    begin.value = start;
    box.querySelectorAll(".oogst-pair").forEach((part, index) => {
      ask(box, part, chosen[index], labels, begin.name.replace(/start$/, key(chosen[index])));
    });
  }
}

function ask(box, part, pair, labels, name) {
  const [one, other] = pair.map((each) => labels.get(each));
  const words = { one, other };
  part.dataset.path = key(pair);
  part.querySelector("legend").textContent = box.dataset.legend.replace(/\{(\w+)\}/g, (_all, which) => words[which]);
  part.querySelectorAll("input").forEach((radio, index) => {
    radio.name = name;
    if (index > 1) return; // no preference
    radio.value = pair[index];
    radio.closest("label").querySelector(".oogst-option__label").textContent = labels.get(pair[index]);
  });
}

// Rounds in which every item comes once.
function allPairs(keys) {
  let wheel = keys.length % 2 ? [...keys, null] : [...keys];
  const half = wheel.length / 2;
  const found = [];
  for (let turn = 0; turn < wheel.length - 1; turn += 1) {
    for (let index = 0; index < half; index += 1) {
      const pair = [wheel[index], wheel[wheel.length - 1 - index]];
      if (pair[0] !== null && pair[1] !== null) found.push(turn % 2 ? pair : pair.reverse());
    }
    wheel = [wheel[0], wheel[wheel.length - 1], ...wheel.slice(1, -1)];
  }
  return found;
}

// One pair at a time, beginning with the first that has no answer.
export function stepPairs(place) {
  for (const box of place.querySelectorAll(".oogst-pairs:not(.oogst-pairs--stepped)")) step(box);
}

function step(box) {
  const parts = [...box.querySelectorAll(".oogst-pair")];
  const where = Object.assign(document.createElement("p"), { className: "oogst-pair__place", id: `${box.id || "pairs"}-place` });
  const end = Object.assign(document.createElement("p"), { className: "oogst-pair__end", hidden: true, textContent: box.dataset.end });
  const [back, on] = [box.dataset.back, box.dataset.on].map((text) =>
    Object.assign(document.createElement("button"), { type: "button", className: "nl-button nl-button--subtle", textContent: text }),
  );
  const moves = Object.assign(document.createElement("div"), { className: "oogst-pair__moves" });
  moves.append(back, on);
  let at = 0;

  const show = (index) => {
    at = Math.min(Math.max(index, 0), parts.length - 1);
    parts.forEach((part, number) => (part.hidden = number !== at));
    where.textContent = box.dataset.place.replace("{number}", at + 1).replace("{of}", parts.length);
    back.hidden = at === 0;
    on.hidden = at === parts.length - 1;
    end.hidden = at !== parts.length - 1 || !parts[at].querySelector(":checked");
  };
  const move = (by) => {
    show(at + by);
    parts[at].focus();
  };

  for (const part of parts) {
    part.tabIndex = -1;
    part.setAttribute("aria-describedby", where.id);
    part.querySelector("legend").classList.add("oogst-hidden-text");
  }
  box.prepend(where);
  box.append(end, moves);
  box.classList.add("oogst-pairs--stepped");
  back.addEventListener("click", () => move(-1));
  on.addEventListener("click", () => move(1));
  box.addEventListener("change", () => show(at));
  // Arrow keys go through the options, so only a finger or a mouse moves on by itself.
  box.addEventListener("click", (event) => {
    if (!event.detail || !event.target.closest(".oogst-option") || at === parts.length - 1) return;
    const from = at;
    setTimeout(() => at === from && parts[at].querySelector(":checked") && move(1), PAUSE);
  });
  const open = parts.findIndex((part) => !part.querySelector(":checked"));
  show(open < 0 ? 0 : open);
}

stepPairs(document);
