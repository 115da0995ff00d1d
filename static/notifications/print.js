// The button that prints is there only where it works. On paper nothing stays folded.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

let folded = [];
window.addEventListener("beforeprint", () => {
  folded = Array.from(document.querySelectorAll("main details:not([open])"));
  for (const each of folded) each.open = true;
});
window.addEventListener("afterprint", () => {
  for (const each of folded) each.open = false;
});
