// What drafts.js keeps on a visitor's device is gone after a day, and at once with すぐ閉じる, standing up and deleting the seat.
const MILLISECONDS_KEPT = 24 * 60 * 60 * 1000;

function forgetDrafts(isOver) {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith("engawa.draft.") && isOver(localStorage.getItem(name))) localStorage.removeItem(name);
  } catch { /* this browser keeps nothing */ }
}

function isOld(draft) {
  try { return !(Date.now() - JSON.parse(draft).at < MILLISECONDS_KEPT); } catch { return true; }
}

forgetDrafts(isOld);
document.addEventListener("submit", (event) => { if (event.target.matches("[data-forget-drafts]")) forgetDrafts(() => true); });

// すぐ閉じる: the page vanishes at once with its drafts, and the way back leads elsewhere.
function leave(event) {
  const link = event.target.closest("[data-leave]");
  if (!link) return;
  event.preventDefault();
  document.body.replaceChildren();
  document.title = "";
  forgetDrafts(() => true);
  location.replace(link.href);
}

document.addEventListener("click", leave);
// Coming back with the browser's button must not show what was on the page.
window.addEventListener("pageshow", (event) => { if (event.persisted && !document.body.childElementCount) location.replace("/"); });
