// The bar that says that nothing counts (templates/live/rehearsal.html).

export function showRehearsal(session) {
  document.getElementById("rehearsal").hidden = !session.rehearsing;
}
