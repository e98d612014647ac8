// すぐ閉じる: the page vanishes at once, its drafts stay, and the way back leads elsewhere.
function leave(event) {
  const link = event.target.closest("[data-leave]");
  if (!link) return;
  event.preventDefault();
  document.body.replaceChildren();
  document.title = "";
  location.replace(link.href);
}

document.addEventListener("click", leave);
// Coming back with the browser's button must not show what was on the page.
window.addEventListener("pageshow", (event) => { if (event.persisted && !document.body.childElementCount) location.replace("/"); });
