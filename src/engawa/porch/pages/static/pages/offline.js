// Sending without a line would lose the words on a browser's error page: stop, and say where they are.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-offline]");
  if (!form || navigator.onLine) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  document.dispatchEvent(new CustomEvent("engawa:toast", { detail: { text: form.dataset.offline, tone: "wait" } }));
}, { capture: true });

// A second tap while the first is on its way sends nothing new (the server would recognise it anyway).
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || event.defaultPrevented) return;
  setTimeout(() => { button.disabled = true; }, 0);
});
addEventListener("pageshow", () => { for (const button of document.querySelectorAll("form[data-draft] button[disabled]")) button.disabled = false; });
