// Live updates. Listens to <body data-live-url data-live-ticket>; each event `name` becomes a DOM event `engawa:name`
// on the body with {ref}, and an htmx trigger (hx-trigger="engawa:word from:body"). Where streams are cut, it asks instead.
// A ticket lasts data-live-seconds; data-live-renew-url gives the next one to whoever may still listen.
// The live process sends a beat at once and every 25 seconds: a proxy that holds streams back lets none of them through.
const { liveUrl, liveRenewUrl, liveSeconds } = document.body.dataset;
const NAMES = ["word", "answer", "typing", "taken", "closed", "inbox", "alert", "presence"];
const SECONDS_BETWEEN_QUESTIONS = 10;
const SECONDS_WITHOUT_A_BEAT = 60;

function tell(name, ref) {
  document.body.dispatchEvent(new CustomEvent(`engawa:${name}`, { bubbles: true, detail: { ref } }));
}

/** Without a stream nobody can say what happened: everything that listens is told to look again. */
function ask() {
  if (document.visibilityState === "visible") for (const name of NAMES.filter((one) => one !== "typing")) tell(name, "");
}

let ticket = document.body.dataset.liveTicket;
let stream = null;
let asking = 0;
let silence = 0;
let renewal = 0;
let wasCut = false;

const renewIn = (seconds) => { clearTimeout(renewal); renewal = setTimeout(renew, seconds * 1000); };
const askMeanwhile = () => { asking ||= setInterval(ask, SECONDS_BETWEEN_QUESTIONS * 1000); };

function hear() {
  clearInterval(asking);
  clearTimeout(silence);
  asking = 0;
  silence = setTimeout(askMeanwhile, SECONDS_WITHOUT_A_BEAT * 1000);
  document.body.dataset.live = "open";
  if (wasCut) ask(); // what was missed while the line was down
  wasCut = false;
}

function listen() {
  const address = new URL(liveUrl, location.href);
  address.searchParams.set("ticket", ticket);
  const before = stream;
  const next = new EventSource(address);
  stream = next;
  for (const name of NAMES) next.addEventListener(name, (event) => tell(name, event.data));
  next.addEventListener("beat", () => {
    before?.close(); // only now: between two streams nothing is missed
    hear();
  });
  next.addEventListener("error", () => {
    before?.close();
    if (next !== stream) return;
    wasCut = true;
    document.body.dataset.live = "cut";
    askMeanwhile();
    if (next.readyState === EventSource.CLOSED) renewIn(SECONDS_BETWEEN_QUESTIONS * (1 + Math.random()));
  });
  renewIn(liveSeconds * (0.6 + 0.25 * Math.random())); // not all pages in the same moment
}

/** The right to listen lasts some minutes: the zone says whether it goes on. */
async function renew() {
  const address = new URL(liveRenewUrl, location.href);
  address.searchParams.set("ticket", ticket);
  const answer = await fetch(address, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
  if (answer?.ok) {
    ({ ticket } = await answer.json());
    listen();
  } else if (!answer || answer.status >= 500) {
    renewIn(SECONDS_BETWEEN_QUESTIONS * (1 + Math.random()));
  } else { // nobody is signed in, or sits here, any more
    stream?.close();
    document.body.dataset.live = "cut";
    askMeanwhile();
  }
}

window.addEventListener("pagehide", () => { clearTimeout(renewal); stream?.close(); });
if (liveUrl && ticket) { askMeanwhile(); listen(); }
