// On a phone the filters are one line that is pushed aside. A browser leaves a filter that is half in sight where it is
// when it gets the focus: bring all of it into sight.

document.addEventListener("focusin", (event) => {
  event.target.closest(".idea-board__chips .oogst-chip")?.scrollIntoView({ block: "nearest", inline: "nearest" });
});
