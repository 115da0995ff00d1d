// Charts as the server made them, for every kind of question: a form and its table. What changed is changed in the nodes
// that are there, so that bars grow instead of jump and a table that somebody opened stays open.
//
// A form is {make, update}: `make(chart)` gives the node, `update(node, chart)` brings the numbers in. Its template for
// pages without a script is templates/surveys/charts/<form>.html.

import { h, icon, number, s, say, setText } from "./dom.js";

const MOST_WORDS = 60;
const FORMS = {
  bars: { make: makeBars, update: updateBars },
  cloud: { make: makeCloud, update: updateCloud },
  spread: { make: makeSpreads, update: updateSpreads },
  shares: { make: makeShares, update: updateShares },
  matrix: { make: makeMatrix, update: updateMatrix },
  pins: { make: makePins, update: updatePins },
};

// table: with the numbers as a table.
export function drawCharts(place, charts, table) {
  const shape = JSON.stringify(charts.map((chart) => [chart.form, chart.title, chart.headings, keys(chart)]));
  if (place.dataset.shape !== shape) {
    place.replaceChildren(...charts.map((chart) => makeChart(chart, table)));
    place.dataset.shape = shape;
    place.getBoundingClientRect(); // so that the first bars grow as well
  }
  charts.forEach((chart, index) => updateChart(place.children[index], chart));
}

// Words come and go while people answer: the cloud and its table see to that themselves.
const keys = (chart) => (["cloud", "pins"].includes(chart.form) ? [chart.picture] : chart.bars.map((bar) => [bar.key, bar.label, bar.mark, bar.picture]));

function makeChart(chart, table) {
  return h(
    "figure",
    { class: `oogst-chart oogst-chart--${chart.form}${chart.detail ? " oogst-chart--detail" : ""}` },
    chart.title ? h("figcaption", {}, chart.title) : null,
    FORMS[chart.form].make(chart),
    table ? h("p", { class: "oogst-chart__note" }) : null,
    h("div", { class: "oogst-chart__facts" }),
    table ? makeTable(chart) : null,
  );
}

function updateChart(figure, chart) {
  FORMS[chart.form].update(figure.querySelector("[data-form]"), chart);
  figure
    .querySelector(".oogst-chart__facts")
    .replaceChildren(...chart.facts.map((fact) => h("p", { class: "oogst-chart__fact" }, fact)));
  setText(figure.querySelector(".oogst-chart__note"), say("answered", { n: number(chart.total) }));
  updateTable(figure.querySelector("tbody"), chart);
}

// --- The table under every chart --------------------------------------------------------------------------------------

function makeTable(chart) {
  const names = chart.headings.length ? chart.headings : ["answer", "number", "share"].map((name) => say(name));
  const head = names.map((name, index) => h("th", { scope: "col", class: index ? "oogst-table__number" : null }, name));
  return h(
    "details",
    { class: "oogst-details oogst-details--quiet" },
    h("summary", {}, say("table")),
    h(
      "div",
      { class: "oogst-table-scroll", tabindex: 0, role: "region", "aria-label": chart.title || say("table") },
      h("table", { class: "utrecht-table utrecht-table--html-table" }, h("caption", { class: "oogst-hidden-text" }), h("thead", {}, h("tr", {}, head)), h("tbody")),
    ),
  );
}

function updateTable(body, chart) {
  if (!body) return;
  setText(body.parentNode.caption, chart.title || document.querySelector("h1").textContent);
  chart.bars.forEach((bar, index) => {
    const label = bar.mark ? `${bar.label} (${bar.mark})` : bar.label;
    const cells = [label, ...(bar.cells.length ? bar.cells : [number(bar.n), bar.text || percent(bar)])];
    const row = body.rows[index] ?? body.appendChild(makeRow(cells));
    cells.forEach((cell, place) => setText(row.cells[place], cell));
  });
  while (body.rows.length > chart.bars.length) body.lastChild.remove();
}

function makeRow(cells) {
  const number = { class: "oogst-table__number" };
  return h("tr", {}, h("th", { scope: "row" }), cells.slice(1).map(() => h("td", number)));
}

const percent = (bar) => (bar.share === null ? "" : `${Math.round(bar.share * 100)}%`);

// --- Bars -------------------------------------------------------------------------------------------------------------

function makeBars(chart) {
  return h("ul", { class: "oogst-bars", "data-form": true }, chart.bars.map(makeBar));
}

function makeBar(bar) {
  return h(
    "li",
    { class: `oogst-bar${bar.picture ? " oogst-bar--pictured" : ""}${bar.mark ? " oogst-bar--marked" : ""}` },
    bar.picture ? h("img", { class: "oogst-bar__picture", src: bar.picture, alt: "" }) : null,
    h("div", { class: "oogst-bar__label" }, h("span", {}, bar.label, bar.mark ? makeMark(bar) : null), h("span", { class: "oogst-bar__value" })),
    s(
      "svg",
      { class: "oogst-bar__svg", width: "100%", height: 20, "aria-hidden": "true" },
      s("rect", { class: "oogst-bar__ground", width: "100%", height: "100%", rx: 4 }),
      s("rect", { class: "oogst-bar__fill", width: "0%", height: "100%", rx: 4 }),
    ),
  );
}

const makeMark = (bar) => h("span", { class: "oogst-bar__mark" }, icon("check-circle"), bar.mark);

function updateBars(list, chart) {
  chart.bars.forEach((bar, index) => {
    const item = list.children[index];
    const value = item.querySelector(".oogst-bar__value");
    value.classList.toggle("oogst-bar__value--text", Boolean(bar.text));
    value.replaceChildren(
      ...(bar.text
        ? [bar.text]
        : [h("strong", {}, percent(bar)), " ", h("span", { class: "oogst-muted" }, `(${number(bar.n)})`)]),
    );
    item.querySelector(".oogst-bar__fill").setAttribute("width", `${Math.min(100, (bar.share ?? 0) * 100)}%`);
  });
}

// --- Words: the more often, the larger --------------------------------------------------------------------------------

function makeCloud() {
  return h("ul", { class: "oogst-words", "data-form": true });
}

// In the order of the alphabet: a word that is said again grows where it stands.
function updateCloud(list, chart) {
  const known = new Map([...list.children].map((item) => [item.dataset.key, item]));
  const shown = chart.bars.slice(0, MOST_WORDS).sort((one, other) => one.label.localeCompare(other.label));
  const items = shown.map((bar) => known.get(bar.key) ?? makeWord(bar));
  shown.forEach((bar, index) => {
    items[index].className = `oogst-word--${bar.size}`;
    setText(items[index].firstChild, bar.label);
    setText(items[index].lastChild, ` (${number(bar.n)})`);
  });
  if (items.length !== list.children.length || items.some((item, index) => item !== list.children[index])) {
    list.replaceChildren(...items);
  }
}

function makeWord(bar) {
  return h("li", { "data-key": bar.key }, h("span"), h("span", { class: "oogst-hidden-text" }));
}

// --- Several statements on one scale: how many chose each step, and a dot at the average ------------------------------

function makeSpreads(chart) {
  const steps = chart.headings.slice(3);
  return h(
    "div",
    { "data-form": true },
    h("ul", { class: "oogst-spreads" }, chart.bars.map(makeSpread)),
    h("div", { class: "oogst-spread__axis", "aria-hidden": "true" }, steps.map((step) => h("span", {}, step))),
  );
}

function makeSpread(bar) {
  const step = () =>
    s("svg", { class: "oogst-spread__step" }, s("rect", { class: "oogst-spread__fill", width: "100%", height: "0%" }));
  const dot = s("circle", { class: "oogst-spread__dot", cx: "50%", cy: "50%", r: 8 });
  return h(
    "li",
    { class: "oogst-spread" },
    h("div", { class: "oogst-bar__label" }, h("span", {}, bar.label), h("strong", { class: "oogst-bar__value" })),
    h("div", { class: "oogst-spread__steps", "aria-hidden": "true" }, bar.spread.map(step), s("svg", { class: "oogst-spread__mean" }, dot)),
  );
}

function updateSpreads(place, chart) {
  chart.bars.forEach((bar, index) => {
    const item = place.firstChild.children[index];
    setText(item.querySelector(".oogst-bar__value"), bar.text);
    item.querySelectorAll(".oogst-spread__fill").forEach((fill, step) => fill.setAttribute("height", `${bar.spread[step] * 100}%`));
    item.querySelector(".oogst-spread__mean").toggleAttribute("hidden", !bar.at);
    if (bar.at) item.querySelector(".oogst-spread__dot").setAttribute("cx", `${bar.at[0] * 100}%`);
  });
}

// --- Points over a picture: larger where more people pointed ----------------------------------------------------------

function makePins(chart) {
  const { url, width, height, alt } = chart.picture;
  const look = { class: "oogst-pins__chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": alt, "data-form": true };
  return s("svg", look, s("image", { href: url, width, height }), s("g"));
}

function updatePins(svg, chart) {
  const { width, height } = chart.picture;
  const most = Math.max(1, ...chart.points.map(([, , n]) => n));
  const radius = (n) => Math.round(width * (0.01 + 0.025 * Math.sqrt(n / most)));
  const largestFirst = [...chart.points].sort((one, other) => other[2] - one[2]);
  svg.lastChild.replaceChildren(
    ...largestFirst.map(([x, y, n]) => s("circle", { cx: Math.round(x * width), cy: Math.round(y * height), r: radius(n) })),
  );
}

// --- Numbered dots between two axes, with their names beside them -----------------------------------------------------

function makeMatrix(chart) {
  const [up, right, corner] = chart.headings.slice(2);
  const dot = (_bar, index) =>
    s("g", {}, s("circle", { class: "oogst-matrix__dot", r: 14 }), s("text", { class: "oogst-matrix__number", dy: "0.35em" }, String(index + 1)));
  const swatch = s(
    "svg",
    { class: "oogst-matrix__swatch", width: 16, height: 16, "aria-hidden": "true" },
    s("rect", { class: "oogst-matrix__ground", width: "100%", height: "100%", rx: 3 }),
    s("rect", { class: "oogst-matrix__corner", width: "100%", height: "100%", rx: 3 }),
  );
  const picture = s(
    "svg",
    { class: "oogst-matrix__svg", width: "100%", height: 300, "aria-hidden": "true" },
    s("rect", { class: "oogst-matrix__ground", width: "100%", height: "100%", rx: 6 }),
    s("rect", { class: "oogst-matrix__corner", width: "50%", height: "50%", rx: 6 }),
    chart.bars.map(dot),
  );
  return h(
    "div",
    { class: "oogst-matrix", "data-form": true },
    h(
      "div",
      { class: "oogst-matrix__picture" },
      h("p", { class: "oogst-matrix__axis oogst-matrix__axis--up" }, `↑ ${up} `, h("span", { class: "oogst-matrix__name" }, swatch, corner)),
      picture,
      h("p", { class: "oogst-matrix__axis oogst-matrix__axis--right" }, `${right} →`),
    ),
    h("ol", { class: "oogst-matrix__list" }, chart.bars.map((bar) => h("li", {}, bar.label))),
  );
}

function updateMatrix(place, chart) {
  place.querySelectorAll("g").forEach((dot, index) => {
    const at = chart.bars[index].at;
    dot.toggleAttribute("hidden", !at);
    if (!at) return;
    const [x, y] = at.map((part) => `${part * 100}%`);
    const [circle, text] = dot.children;
    circle.setAttribute("cx", x);
    circle.setAttribute("cy", y);
    text.setAttribute("x", x);
    text.setAttribute("y", y);
  });
}

// --- Statements, each cut up in its shares ----------------------------------------------------------------------------

const LEAST_SHARE = 0.12; // below this there is no room for its percents

function makeShares(chart) {
  const swatch = (name, index) =>
    h(
      "li",
      {},
      s(
        "svg",
        { class: `oogst-shares__swatch oogst-share--${index + 1}`, width: 16, height: 16, "aria-hidden": "true" },
        s("rect", { width: 16, height: 16, rx: 3 }),
      ),
      name,
    );
  const part = (_share, index) =>
    s(
      "svg",
      { class: `oogst-share oogst-share--${index + 1}`, width: "0%", height: 28 },
      s("rect", { width: "100%", height: "100%" }),
      s("text", { x: "50%", y: "50%", dy: "0.35em" }),
    );
  const row = (bar) =>
    h(
      "li",
      { class: "oogst-shares__row" },
      h("div", {}, bar.label),
      h("div", { class: "oogst-shares__bar", "aria-hidden": "true" }, bar.spread.map(part)),
    );
  return h(
    "div",
    { class: "oogst-shares", "data-form": true },
    h("ul", { class: "oogst-shares__names" }, chart.headings.slice(2).map(swatch)),
    h("ul", { class: "oogst-shares__rows" }, chart.bars.map(row)),
  );
}

function updateShares(place, chart) {
  place.querySelectorAll(".oogst-shares__bar").forEach((row, index) => {
    chart.bars[index].spread.forEach((share, part) => {
      row.children[part].setAttribute("width", `${share * 100}%`);
      setText(row.children[part].lastChild, share < LEAST_SHARE ? "" : `${Math.round(share * 100)}%`);
    });
  });
}
