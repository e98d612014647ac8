// The desk: clocks that go on, the visitor's typing hint, the end of the stream in sight, words marked as seen.
const SECONDS_OF_TYPING = 8;
const SECONDS_BETWEEN_TICKS = 20;
const clock = document.querySelector("[data-clock]");

function waited(since) {
  const minutes = Math.max(0, Math.floor((Date.now() - new Date(since)) / 60000));
  if (minutes < 60) return [minutes, clock.dataset.minutes];
  return minutes < 1440 ? [Math.floor(minutes / 60), clock.dataset.hours] : [Math.floor(minutes / 1440), clock.dataset.days];
}

function tick() {
  for (const time of document.querySelectorAll("[data-waiting]")) {
    const [number, words] = waited(time.dateTime);
    time.textContent = words.replace("%(number)d", number);
  }
}

let typing = 0;
function visitorTypes() {
  const hint = document.querySelector("[data-visitor-typing]");
  if (!hint) return;
  hint.hidden = false;
  clearTimeout(typing);
  typing = setTimeout(() => { document.querySelector("[data-visitor-typing]")?.setAttribute("hidden", ""); }, SECONDS_OF_TYPING * 1000);
}

/** What is new is in sight, and counts as seen once somebody really looks. */
function look() {
  const stream = document.getElementById("stream");
  if (!stream) return;
  stream.scrollTop = stream.scrollHeight;
  if (document.visibilityState !== "visible" || !stream.querySelector("[data-unseen]")) return;
  for (const message of stream.querySelectorAll("[data-unseen]")) delete message.dataset.unseen;
  if (document.querySelector("[data-reply]")) htmx.ajax("POST", stream.dataset.seenUrl, { swap: "none", source: clock });
}

document.body.addEventListener("engawa:typing", (event) => {
  if (event.detail.ref.startsWith("seat:")) visitorTypes();
  else document.body.dispatchEvent(new CustomEvent("desk:colleague"));
});
document.body.addEventListener("engawa:word", () => document.querySelector("[data-visitor-typing]")?.setAttribute("hidden", ""));
document.body.addEventListener("htmx:afterSettle", (event) => { if (event.target.matches?.("#stream, #talk")) look(); tick(); });
document.addEventListener("visibilitychange", look);
setInterval(tick, SECONDS_BETWEEN_TICKS * 1000);
look();
