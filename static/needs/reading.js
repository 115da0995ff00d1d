// Reading view: words selected in the text go into the quote field. Without this script they are typed there.
const text = document.querySelector("[data-reading-text]");
const bar = document.querySelector("[data-reading-bar]");

if (text && bar) {
  const words = bar.querySelector("[data-reading-words]");
  const field = document.getElementById("id_fragment");
  let chosen = "";

  const selected = () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return "";
    const range = selection.getRangeAt(0);
    return text.contains(range.commonAncestorContainer) ? selection.toString().trim() : "";
  };

  document.addEventListener("selectionchange", () => {
    const now = selected();
    // Tapping the button itself clears the selection on a phone: what was chosen last stays on offer.
    if (!now) return;
    chosen = now;
    words.textContent = now.length > 80 ? `${now.slice(0, 77)}…` : now;
    bar.hidden = false;
  });

  bar.querySelector("[data-reading-use]").addEventListener("click", () => {
    field.value = chosen;
    bar.hidden = true;
    const next = document.getElementById("id_need") || field;
    document.getElementById("quote").scrollIntoView({ block: "start" });
    next.focus({ preventScroll: true });
  });
}
