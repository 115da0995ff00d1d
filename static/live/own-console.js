// The console of a session at one's own pace keeps its numbers fresh: it asks for its own page every few seconds, while
// somebody looks at it. Only numbers and the queue change; what has the focus stays.

const EVERY = 5000;
const queue = () => document.getElementById("own-queue");

async function refresh() {
  if (document.visibilityState === "hidden") return;
  let answer;
  try {
    answer = await fetch(location.href, { cache: "no-store" });
  } catch {
    return; // no connection: the numbers stay as they were
  }
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const place of document.querySelectorAll("[data-fresh]")) {
    const now = fresh.querySelector(`[data-fresh="${CSS.escape(place.dataset.fresh)}"]`);
    if (now && now.textContent !== place.textContent) place.textContent = now.textContent;
  }
  const badge = '[data-fresh="waiting"]';
  document.querySelector(badge).hidden = fresh.querySelector(badge)?.hidden ?? true;
  const waiting = fresh.getElementById("own-queue");
  if (waiting && waiting.textContent !== queue().textContent && !queue().contains(document.activeElement)) {
    queue().replaceWith(document.adoptNode(waiting));
  }
}

// The next one waits for the one before: a slow line is not asked twice.
function again() {
  setTimeout(() => refresh().finally(again), EVERY);
}

document.getElementById("own-refresh").hidden = true;
again();
