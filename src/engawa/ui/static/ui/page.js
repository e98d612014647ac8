// What every page needs: the light switch, dialogs, toasts, and the way to the first error.
const root = document.documentElement;
const isNight = () => (root.dataset.light ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "night" : "day")) === "night";

function showLight() {
  for (const button of document.querySelectorAll("[data-light-switch]")) button.setAttribute("aria-pressed", isNight());
}

function switchLight() {
  root.dataset.light = isNight() ? "day" : "night";
  try { localStorage.setItem("engawa.light", root.dataset.light); } catch { /* kept for this page only */ }
  showLight();
}

function openDialog(id) {
  const dialog = document.getElementById(id);
  if (!dialog) return;
  dialog.close();
  dialog.showModal();
}

const SECONDS_TO_READ = 8;

function giveClosing(toast) {
  const region = toast.closest("[data-toasts]");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "×";
  button.setAttribute("aria-label", region.dataset.closeLabel);
  button.addEventListener("click", () => toast.remove());
  toast.append(button);
  if (!toast.classList.contains("wait")) setTimeout(() => toast.matches(":hover, :focus-within") || toast.remove(), SECONDS_TO_READ * 1000);
}

/** Shows a short message. Other modules send `new CustomEvent("engawa:toast", {detail: {text, tone}})`. */
function toast({ text, tone = "plain" }) {
  const region = document.querySelector("[data-toasts]");
  if (!region) return;
  const message = document.createElement("div");
  message.className = tone === "wait" ? "toast wait" : "toast";
  message.append(Object.assign(document.createElement("span"), { textContent: text }));
  region.append(message);
  giveClosing(message);
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-light-switch], [data-opens], [data-closes]");
  if (!target) return;
  if (target.matches("[data-light-switch]")) switchLight();
  else if (target.dataset.opens) openDialog(target.dataset.opens);
  else target.closest("dialog")?.close();
});
document.addEventListener("engawa:toast", (event) => toast(event.detail));
// A server may ask for a toast with an HX-Trigger header: {"toast": {"text": …}}.
document.addEventListener("toast", (event) => toast(event.detail));

// Below a day, its era: paper says 令和3年, the field says 2021. Pages in other languages do without.
const ERAS = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", { dateStyle: "long", timeZone: "UTC" });

function sayEra(field) {
  const era = field.nextElementSibling?.matches(".era") ? field.nextElementSibling : document.createElement("span");
  era.className = "era";
  era.textContent = field.value ? ERAS.format(field.valueAsDate) : "";
  if (field.value) field.after(era); else era.remove();
}

if (document.documentElement.lang === "ja") {
  document.addEventListener("change", (event) => event.target.matches?.("input[type=date]") && sayEra(event.target));
  for (const field of document.querySelectorAll("input[type=date]")) sayEra(field);
}

// Where the tabs are wider than the screen, the one that is open is among those to be seen.
for (const here of document.querySelectorAll(".tabs [aria-current]")) {
  const tabs = here.closest(".tabs"), place = here.getBoundingClientRect(), all = tabs.getBoundingClientRect();
  tabs.scrollLeft += place.left - all.left - (all.width - place.width) / 2;
}

showLight();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showLight);
for (const message of document.querySelectorAll("[data-toasts] .toast")) giveClosing(message);
document.querySelector("[data-focus]")?.focus();
