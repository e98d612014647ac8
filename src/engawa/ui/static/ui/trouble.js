// What htmx sends may not arrive: then nobody is left without a word, and what was typed stays in the page. Where the page is too
// old to be believed (403), the form goes the plain way, without htmx: that answer gives everything back, to be sent again.
const { troubleOffline, troubleRefused, troubleOld } = document.body.dataset;
const OLD = 403;

function tell(text) {
  const told = [...document.querySelectorAll("[data-toasts] .toast")].some((toast) => toast.textContent.includes(text));
  if (!told) document.dispatchEvent(new CustomEvent("engawa:toast", { detail: { text, tone: "wait" } }));
}

/** As the form would have gone without scripts, with the button that was pressed. */
function sendPlainly(form, path, pressed) {
  if (pressed?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: pressed.name, value: pressed.value }));
  form.action = path;
  form.submit();
}

document.addEventListener("htmx:sendError", ({ detail }) => { if (detail.elt.closest("form")) tell(troubleOffline); });
document.addEventListener("htmx:timeout", ({ detail }) => { if (detail.elt.closest("form")) tell(troubleOffline); });
document.addEventListener("htmx:responseError", ({ detail: { elt, xhr, requestConfig } }) => {
  const form = elt.closest("form");
  if (!form || requestConfig.verb === "get") return;
  const pressed = elt.matches("button") ? elt : requestConfig.triggeringEvent?.submitter;
  if (xhr.status !== OLD) tell(troubleRefused);
  else if (elt === form || pressed) sendPlainly(form, requestConfig.path, pressed);
  else tell(troubleOld);
});
