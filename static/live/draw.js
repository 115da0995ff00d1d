// Drawing with DOM methods only: text never becomes HTML here.

const SVG = "http://www.w3.org/2000/svg";
const room = document.getElementById("room");
const sprite = room?.dataset.sprite ?? "";

export const words = JSON.parse(document.getElementById("words").textContent);
export const language = document.documentElement.lang || "nl";
const format = new Intl.NumberFormat(language);

export const number = (value) => format.format(value ?? 0);

export function say(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_all, key) => values[key] ?? "");
}

// h("p", {class: "x", hidden: true}, "text", node, null)
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name, extra = "") {
  const attributes = { class: `oogst-icon ${extra}`.trim(), width: 24, height: 24, "aria-hidden": "true" };
  return s("svg", attributes, s("use", { href: `${sprite}#${name}` }));
}

// The server made this, with Django's escaping; scripts in it would not run, and the CSP refuses them.
export function fromServer(html) {
  return document.createRange().createContextualFragment(html);
}

export function setText(node, text) {
  if (node && node.textContent !== text) node.textContent = text;
}

// Lines of what somebody wrote.
export function lines(text) {
  return text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

// --- Results --------------------------------------------------------------------------------------------------------

// Draw or update `results` in `place`. Bars keep their nodes, so that they grow instead of jump.
// texts(text) gives the controls under one text; table: with the numbers as a table.
export function drawResults(place, results, { table = false, textExtra = () => [] } = {}) {
  const tally = results?.tally;
  if (!tally) return place.replaceChildren();
  if (tally.texts) return drawTexts(place, tally.texts, textExtra);
  if (tally.words) return drawWords(place, tally.words);
  return drawCharts(place, results.charts ?? [], table);
}

function drawCharts(place, charts, table) {
  const shape = JSON.stringify(charts.map((chart) => [chart.title, chart.bars.map((bar) => [bar.key, bar.label])]));
  if (place.dataset.shape !== shape) {
    place.replaceChildren(...charts.map((chart) => makeChart(chart, table)));
    place.dataset.shape = shape;
    place.getBoundingClientRect(); // so that the first bars grow as well
  }
  charts.forEach((chart, index) => updateChart(place.children[index], chart));
}

function makeChart(chart, table) {
  const bars = chart.bars.map((bar) =>
    h(
      "li",
      { class: "oogst-bar" },
      h("div", { class: "oogst-bar__label" }, h("span", {}, bar.label), h("span", { class: "oogst-bar__value" })),
      s(
        "svg",
        { class: "oogst-bar__svg", width: "100%", height: 20, "aria-hidden": "true" },
        s("rect", { class: "oogst-bar__ground", width: "100%", height: "100%", rx: 4 }),
        s("rect", { class: "oogst-bar__fill", width: "0%", height: "100%", rx: 4 }),
      ),
    ),
  );
  return h(
    "figure",
    { class: "oogst-chart" },
    chart.title ? h("figcaption", {}, chart.title) : null,
    h("ul", { class: "oogst-bars" }, bars),
    h("div", { class: "oogst-chart__facts" }),
    table ? h("p", { class: "oogst-chart__note" }) : null,
    table ? makeTable(chart) : null,
  );
}

function makeTable(chart) {
  const head = ["answer", "number", "share"].map((name) => h("th", { scope: "col" }, say(name)));
  const rows = chart.bars.map((bar) => h("tr", {}, h("th", { scope: "row" }, bar.label), h("td"), h("td")));
  return h(
    "details",
    { class: "oogst-details oogst-details--quiet" },
    h("summary", {}, say("table")),
    h(
      "table",
      { class: "utrecht-table utrecht-table--html-table" },
      h("thead", {}, h("tr", {}, head)),
      h("tbody", {}, rows),
    ),
  );
}

function updateChart(figure, chart) {
  const items = figure.querySelectorAll(".oogst-bar");
  const rows = figure.querySelectorAll("tbody tr");
  chart.bars.forEach((bar, index) => {
    const percent = bar.share === null ? "" : `${Math.round(bar.share * 100)}%`;
    const value = items[index].querySelector(".oogst-bar__value");
    value.classList.toggle("oogst-bar__value--text", Boolean(bar.text));
    value.replaceChildren(
      ...(bar.text ? [bar.text] : [h("strong", {}, percent), " ", h("span", { class: "oogst-muted" }, `(${number(bar.n)})`)]),
    );
    items[index].querySelector(".oogst-bar__fill").setAttribute("width", `${Math.min(100, (bar.share ?? 0) * 100)}%`);
    if (rows[index]) {
      setText(rows[index].cells[1], number(bar.n));
      setText(rows[index].cells[2], bar.text || percent);
    }
  });
  figure
    .querySelector(".oogst-chart__facts")
    .replaceChildren(...chart.facts.map((fact) => h("p", { class: "oogst-chart__fact" }, fact)));
  setText(figure.querySelector(".oogst-chart__note"), say("answered", { n: number(chart.total) }));
}

// Only what changed is touched: a button somebody is about to press stays where it is.
function drawTexts(place, texts, extra) {
  let list = place.querySelector(":scope > .oogst-wall");
  if (!list) {
    list = h("ul", { class: "oogst-wall" });
    place.replaceChildren(list);
    delete place.dataset.shape;
  }
  const known = new Map([...list.children].map((item) => [item.dataset.id, item]));
  const items = texts.map((text) => {
    const made = makeText(text, extra);
    const before = known.get(text.id);
    return before && before.isEqualNode(made) ? before : made;
  });
  if (items.length !== list.children.length || items.some((item, index) => item !== list.children[index])) {
    keepFocus(list, () => list.replaceChildren(...items));
  }
}

function makeText(text, extra) {
  const marks = [text.pinned ? icon("pin") : null, text.pinned ? say("pinned") : null];
  if (text.answered) marks.push(icon("check"), say("was_answered"));
  return h(
    "li",
    { "data-id": text.id, class: text.answered ? "oogst-wall__answered" : null },
    marks.some(Boolean) ? h("p", { class: "oogst-small oogst-wall__marks" }, marks) : null,
    h("div", { class: "oogst-resident-text" }, lines(text.text)),
    text.name ? h("p", { class: "oogst-small" }, text.name) : null,
    extra(text),
  );
}

function drawWords(place, found) {
  const all = Object.entries(found).sort((one, other) => other[1] - one[1] || one[0].localeCompare(other[0]));
  const most = Math.max(1, ...all.map(([, n]) => n));
  const size = (n) => 1 + Math.round((4 * (n - 1)) / Math.max(1, most - 1));
  const items = all.slice(0, 60).map(([word, n]) =>
    h("li", { class: `oogst-word--${size(n)}` }, word, h("span", { class: "oogst-hidden-text" }, ` (${n})`)),
  );
  place.replaceChildren(h("ul", { class: "oogst-words" }, items));
}

// Run `change`; when the control with the focus was replaced, its successor (the same data-focus) gets it.
export function keepFocus(place, change) {
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  change();
  if (focused) place.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

// --- Clock ----------------------------------------------------------------------------------------------------------

export function clock(end) {
  const left = Math.max(0, Math.round((new Date(end) - Date.now()) / 1000));
  if (!left) return say("time_up");
  return say("time", { time: `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` });
}

export function showLost(state) {
  const bar = document.getElementById("connection");
  bar.hidden = state === "open";
  setText(bar.querySelector("span") ?? bar, say("lost"));
}
