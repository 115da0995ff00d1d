// What people wrote: notes and questions as cards, by themselves or in the groups that staff made, with translations.

import { below, h, icon, language, lines, number, say, setText } from "./dom.js";

// extra(text): the controls under one text. both: the original and its translations, for a room with two languages;
// else the reader's language first and the original one tap away. staff: cards that can be selected and dragged, and
// groups without a note as well; fixed: they stay in the group where they are. head: the level of a group's heading.
export function drawTexts(place, { texts, clusters = [] }, { textExtra = () => [], both = false, staff = false, fixed = false, head = below } = {}) {
  const known = new Map([...place.querySelectorAll(".oogst-wall > li")].map((item) => [item.dataset.id, item]));
  const draw = (list, some) => fillList(list, some, known, (text) => makeText(text, textExtra, both, staff, fixed));
  const groups = grouped(texts, clusters, staff);
  keepFocus(place, () => {
    if (!groups.length) return draw(only(place, ":scope > .oogst-wall", () => h("ul", { class: "oogst-wall" })), texts);
    const frame = only(place, ":scope > .oogst-groups", () => h("div", { class: "oogst-groups" }));
    const sections = groups.map((group) => findSection(frame, group) ?? makeSection(group, head));
    replaceWhatDiffers(frame, sections);
    return groups.forEach((group, index) => {
      setText(sections[index].querySelector(".oogst-group__name"), group.name);
      setText(sections[index].querySelector(".oogst-group__n"), number(group.n));
      draw(sections[index].querySelector(".oogst-wall"), group.texts);
    });
  });
}

function grouped(texts, clusters, empty) {
  if (!clusters.length) return [];
  const groups = clusters.map((each) => ({ ...each, texts: texts.filter((text) => text.cluster === each.id) }));
  const rest = texts.filter((text) => !clusters.some((each) => each.id === text.cluster));
  if (rest.length) groups.push({ id: "", name: say("no_group"), n: rest.length, texts: rest });
  return groups.filter((group) => empty || group.n);
}

const findSection = (frame, group) => [...frame.children].find((each) => each.dataset.cluster === group.id);

function makeSection(group, head) {
  const heading = h(head, { class: "oogst-group__head" }, h("span", { class: "oogst-group__name" }), " ", h("span", { class: "oogst-group__n" }));
  return h("section", { class: "oogst-group", "data-cluster": group.id }, heading, h("ul", { class: "oogst-wall" }));
}

// The one child that belongs in `place` now, made when it is not there.
function only(place, selector, make) {
  const found = place.querySelector(selector);
  if (found && place.children.length === 1) return found;
  const made = make();
  place.replaceChildren(made);
  delete place.dataset.shape;
  return made;
}

// Only what changed is touched: a button somebody is about to press stays where it is.
function fillList(list, texts, known, make) {
  const items = texts.map((text) => {
    const made = make(text);
    const before = known.get(text.id);
    return before && before.isEqualNode(made) ? before : made;
  });
  replaceWhatDiffers(list, items);
}

function replaceWhatDiffers(place, nodes) {
  if (nodes.length === place.children.length && nodes.every((node, index) => node === place.children[index])) return;
  place.replaceChildren(...nodes);
}

function makeText(text, extra, both, staff, fixed) {
  const marks = [text.pinned ? icon("pin") : null, text.pinned ? say("pinned") : null];
  if (text.answered) marks.push(icon("check"), say("was_answered"));
  if (text.group) marks.push(icon("layers"), text.group);
  return h(
    "li",
    {
      "data-id": text.id,
      "data-focus": staff ? `text ${text.id}` : null,
      class: text.answered ? "oogst-wall__answered" : null,
      tabindex: staff ? 0 : null,
      draggable: staff && !fixed ? "true" : null,
    },
    marks.some(Boolean) ? h("p", { class: "oogst-small oogst-wall__marks" }, marks) : null,
    both ? bothTexts(text) : readersText(text),
    text.name ? h("p", { class: "oogst-small" }, text.name) : null,
    extra(text),
  );
}

const words = (text, lang) => h("div", { class: "oogst-resident-text", lang: lang === language ? null : lang }, lines(text));

function bothTexts(text) {
  const others = Object.entries(text.translations ?? {}).map(([lang, translated]) => words(translated, lang));
  for (const each of others) each.classList.add("oogst-translation");
  return [words(text.text, text.lang ?? language), ...others];
}

function readersText(text) {
  const translated = text.lang !== language ? text.translations?.[language] : null;
  if (!translated) return [words(text.text, text.lang ?? language)];
  return [
    words(translated, language),
    h(
      "details",
      { class: "oogst-details oogst-details--quiet oogst-original" },
      h("summary", {}, say("translated")),
      words(text.text, text.lang),
    ),
  ];
}

// Run `change`; when the control with the focus was replaced, its successor (the same data-focus) gets it.
export function keepFocus(place, change) {
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  change();
  if (focused) place.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}
