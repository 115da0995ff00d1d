// The words of the present step, to mend or to translate; what is typed there is not drawn over.

import { h } from "../dom.js";

const languages = JSON.parse(document.getElementById("languages").textContent);
const place = document.getElementById("mend");
let shown = [];

export function showWords(texts) {
  shown = texts;
  place.replaceChildren(
    ...texts.map((each) =>
      h(
        "div",
        { class: "oogst-mend__row" },
        field(each, each.what, "", each.text),
        languages.map(([code, name]) => field(each, name, code, each.translations[code] ?? "")),
      ),
    ),
  );
}

function field(each, name, lang, text) {
  const area = h("textarea", {
    class: "utrecht-textarea utrecht-textarea--html-textarea",
    rows: text.length > 60 ? 3 : 1,
    name: `${each.name}:${lang}:${each.key}`, // without a connection the form is posted
    form: "words-form",
    "data-key": each.key,
    "data-name": each.name,
    "data-lang": lang,
    lang: lang || null,
  });
  area.value = text;
  return h("label", { class: "oogst-mend__field" }, h("span", { class: "utrecht-form-label" }, name), area);
}

// What differs from what was shown, as arguments of `fix_text`.
export function changedWords() {
  return [...place.querySelectorAll("textarea")].flatMap((area) => {
    const { key, name, lang } = area.dataset;
    const before = shown.find((each) => each.key === key && each.name === name);
    const text = area.value.trim();
    if (text === (lang ? (before.translations[lang] ?? "") : before.text)) return [];
    return [{ key, name, text, ...(lang ? { lang } : {}) }];
  });
}
