// Whoever has left the desk is signed off, and the screen is cleared. What was typed is already kept (drafts.js),
// and waits on the same page after signing in again. All open tabs share one clock.
const { idleSeconds, signOffUrl, hereUrl, signInUrl } = document.body.dataset;
const LIMIT = Number(idleSeconds) * 1000;
const WARN_BEFORE = Math.min(60_000, LIMIT / 4);
const KEY = "engawa.here";
let last = Date.now();
let told = Date.now(); // when the server last heard from us
let warned = false;

const shared = () => { try { return Number(localStorage.getItem(KEY)); } catch { return 0; } };
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
const post = (url) => fetch(url, { method: "POST", credentials: "same-origin", keepalive: true, headers: { "X-CSRFToken": token() } }).catch(() => null);

function here() {
  last = Date.now();
  warned = false;
  try { localStorage.setItem(KEY, String(last)); } catch { /* this tab keeps its own time */ }
}

/** While somebody types without sending, the server must know that they are still there. */
function tellServer(now) {
  if (last <= told || now - told < LIMIT / 4) return;
  told = now;
  post(hereUrl);
}

async function leave() {
  clearInterval(watch);
  document.body.replaceChildren();
  document.title = "";
  await post(signOffUrl);
  location.replace(`${signInUrl}?next=${encodeURIComponent(location.pathname + location.search)}`);
}

function look() {
  const now = Date.now();
  const quiet = now - Math.max(last, shared());
  if (quiet >= LIMIT) leave();
  else if (quiet >= LIMIT - WARN_BEFORE && !warned) {
    warned = true;
    document.dispatchEvent(new CustomEvent("engawa:toast", { detail: { text: document.body.dataset.idleWarning, tone: "wait" } }));
  }
  tellServer(now);
}

for (const event of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) document.addEventListener(event, here, { passive: true });
document.addEventListener("visibilitychange", look);
here();
const watch = setInterval(look, Math.min(5_000, LIMIT / 8));
