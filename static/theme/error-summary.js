// The list of errors takes the focus by its autofocus attribute; older browsers know that one on inputs only.
const summary = document.querySelector("[data-error-summary]");
if (summary && !("autofocus" in HTMLElement.prototype)) summary.focus();
