// The open talk: answers appear by themselves, and both sides may see that the other is writing. Without this, reloading does the same.
const place = document.querySelector("[data-stream]");
const stream = place.querySelector("[data-place=stream]");
const typing = place.querySelector("[data-place=typing]");
const MILLISECONDS_SHOWN = 8000;
const MILLISECONDS_BETWEEN_SIGNS = 4000;
const talkId = place.dataset.stream.split("/").at(-3);

/** Adds what is new at the end: what was read out already is not read out again. */
async function refresh() {
  try {
    const answer = await fetch(place.dataset.stream, { credentials: "same-origin" });
    if (!answer.ok) return;
    const fresh = document.createElement("template");
    fresh.innerHTML = await answer.text();
    document.getElementById("welcome").replaceWith(fresh.content.getElementById("welcome"));
    const shown = stream.querySelector(".stream");
    const added = [...fresh.content.querySelectorAll(".stream > li")].slice(shown.children.length);
    shown.append(...added);
    if (added.length) typing.textContent = "";
  } catch { /* no line: what is shown stays */ }
}

for (const name of ["answer", "taken", "closed", "word", "presence"]) document.body.addEventListener(`engawa:${name}`, refresh);

let fading = 0;
document.body.addEventListener("engawa:typing", (event) => {
  if (event.detail.ref && event.detail.ref !== talkId) return;
  typing.textContent = typing.dataset.text;
  clearTimeout(fading);
  fading = setTimeout(() => { typing.textContent = ""; }, MILLISECONDS_SHOWN);
});

const form = place.querySelector("form.say");
let told = 0;
form.addEventListener("input", () => {
  if (Date.now() - told < MILLISECONDS_BETWEEN_SIGNS) return;
  told = Date.now();
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  fetch(place.dataset.typing, { method: "POST", credentials: "same-origin", headers: { "X-CSRFToken": token } }).catch(() => {});
});

// "Arrived" is true once: a reload later must neither say it again nor drop a new draft.
if (location.search.includes("said=")) history.replaceState(null, "", location.pathname + location.hash);
