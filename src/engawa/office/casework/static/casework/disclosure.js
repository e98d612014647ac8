// Whatever is selected in a record stands in the field of words to be masked; without scripts it is typed there.
const form = document.querySelector("[data-disclosure]");
const words = form.elements.words;

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const chosen = selection.toString().trim();
  const inRecord = selection.anchorNode?.parentElement?.closest("[data-masked]") && selection.focusNode?.parentElement?.closest("[data-masked]");
  if (chosen && inRecord) words.value = chosen.replace(/\s+/g, " ");
});

for (const suspect of form.querySelectorAll("[data-suspect]")) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn small quiet", textContent: suspect.textContent });
  button.addEventListener("click", () => { words.value = button.textContent; form.elements.reason.focus(); });
  suspect.replaceWith(button);
}
