// Live updates. Listens to <body data-live-url data-live-ticket>; each event `name` becomes a DOM event `engawa:name`
// on the body with {ref}, and an htmx trigger (hx-trigger="engawa:word from:body"). Where streams are cut, it asks instead.
const { liveUrl, liveTicket } = document.body.dataset;
const NAMES = ["word", "answer", "typing", "taken", "closed", "inbox", "alert", "presence"];
const FAILURES_BEFORE_ASKING = 3;
const SECONDS_BETWEEN_QUESTIONS = 10;

function tell(name, ref) {
  document.body.dispatchEvent(new CustomEvent(`engawa:${name}`, { bubbles: true, detail: { ref } }));
}

/** Without a stream nobody can say what happened: everything that listens is told to look again. */
function ask() {
  if (document.visibilityState === "visible") for (const name of NAMES.filter((one) => one !== "typing")) tell(name, "");
}

function listen() {
  const address = new URL(liveUrl, location.href);
  address.searchParams.set("ticket", liveTicket);
  const stream = new EventSource(address);
  let failures = 0;
  let asking = 0;
  let wasOpen = false;
  for (const name of NAMES) stream.addEventListener(name, (event) => tell(name, event.data));
  stream.addEventListener("open", () => {
    failures = 0;
    clearInterval(asking);
    asking = 0;
    document.body.dataset.live = "open";
    if (wasOpen) ask(); // what was missed while the line was down
    wasOpen = true;
  });
  stream.addEventListener("error", () => {
    failures += 1;
    document.body.dataset.live = "cut";
    if (!asking && (failures >= FAILURES_BEFORE_ASKING || stream.readyState === EventSource.CLOSED)) {
      asking = setInterval(ask, SECONDS_BETWEEN_QUESTIONS * 1000);
    }
  });
  window.addEventListener("pagehide", () => stream.close());
}

if (liveUrl && liveTicket) listen();
