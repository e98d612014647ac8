// Nothing typed is lost. Forms with data-draft="name" keep their fields while they are written:
// on the porch only in this browser and for a day (leave.js forgets them earlier); in the office also at the server (<body data-drafts-url>), so that another machine has them.
// In the office the name is an address, without one that of the page: "#yes" is one of several forms of this page, never that of another case.
const { draftsUrl } = document.body.dataset;
const MILLISECONDS_AFTER_TYPING = 600;
const MILLISECONDS_KEPT = 24 * 60 * 60 * 1000;
const prefix = "engawa.draft.";
const skipped = (field) => !field.name || field.type === "hidden" && field.name !== "seen" || ["password", "file", "submit", "button"].includes(field.type) || field.name === "csrfmiddlewaretoken" || field.autocomplete === "one-time-code";

const fieldsOf = (form) => [...form.elements].filter((field) => !skipped(field));

function read(form) {
  const values = {};
  for (const field of fieldsOf(form)) {
    const value = ["checkbox", "radio"].includes(field.type) ? (field.checked ? field.value : null)
      : field.multiple ? [...field.selectedOptions].map((option) => option.value) : field.value;
    if (value !== null && value.length) values[field.name] = [...(values[field.name] ?? []), ...[value].flat()];
  }
  return values;
}

/**
 * Gives a form back what was typed; what the server has already filled in is left alone. Only where it fills in something
 * that is being changed, and has not just refused it, the draft goes before, with the version that its writer had seen:
 * whoever changed it in the meantime is then shown beside.
 */
function fill(form, values) {
  const changing = values.seen && form.elements.seen?.value && !document.querySelector("main .summary");
  let given = false;
  for (const field of fieldsOf(form)) {
    const kept = values[field.name];
    if (!kept) continue;
    if (["checkbox", "radio"].includes(field.type)) { given ||= field.checked !== kept.includes(field.value); field.checked = kept.includes(field.value); }
    else if (field.multiple) for (const option of field.options) option.selected = kept.includes(option.value);
    else if (changing || !field.value && field.name !== "seen" || field.tagName === "SELECT") { given ||= field.value !== kept[0] && field.name !== "seen"; field.value = kept[0]; }
  }
  return given;
}

const here = {
  load: (name) => { try { const { at, values } = JSON.parse(localStorage.getItem(prefix + name)); return Date.now() - at < MILLISECONDS_KEPT ? values : null; } catch { return null; } },
  save: (name, values) => { try { localStorage.setItem(prefix + name, JSON.stringify({ at: Date.now(), values })); return true; } catch { return false; } },
  drop: (name) => { try { localStorage.removeItem(prefix + name); } catch { /* there was none */ } },
};

const post = (name, values) => fetch(draftsUrl, {
  method: "POST", credentials: "same-origin", keepalive: true,
  headers: { "Content-Type": "application/json", "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "" },
  body: JSON.stringify({ path: name, fields: values }),
}).then((answer) => answer.ok);

const there = {
  load: (name) => fetch(`${draftsUrl}?path=${encodeURIComponent(name)}`, { credentials: "same-origin" })
    .then((answer) => (answer.ok ? answer.json() : null)).then((draft) => draft?.fields ?? null).catch(() => null),
  save: (name, values) => post(name, values).catch(() => false),
  drop: (name) => post(name, {}).catch(() => false),
};

const keeper = draftsUrl ? there : here;

/** Where a form says what became of its draft: its own place, with its own words; in the office one beside its last button. */
function placeIn(form) {
  const known = form.querySelector("[data-draft-state]");
  if (known || !draftsUrl) return known;
  const { draftKept: kept, draftGiven: given, draftLost: lost } = document.body.dataset;
  const place = Object.assign(document.createElement("span"), { className: "faint", role: "status" });
  Object.assign(place.dataset, { draftState: "", kept, given, lost });
  ([...form.querySelectorAll(".actions")].at(-1) ?? form).append(place);
  return place;
}

function say(form, state) {
  const place = placeIn(form), words = place?.dataset[state] ?? "";
  if (place && place.textContent !== words) place.textContent = words;
}

/** Beside the words that a draft was given back: whoever does not want it has the form as the page came. */
function offerToDrop(form, name) {
  const { draftDrop } = document.body.dataset;
  if (!draftDrop) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet small", textContent: draftDrop });
  button.addEventListener("click", () => { keeper.drop(name); form.reset(); say(form, ""); button.remove(); });
  placeIn(form).after(button);
}

/** A saved form tells the server which draft is no longer needed. */
function nameDraft(form, name) {
  const field = form.elements._draft ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "_draft" }));
  field.value = name;
}

function nameOf(form) {
  if (!draftsUrl) return form.dataset.draft || location.pathname;
  const { pathname, hash } = new URL(form.dataset.draft, location.href);
  return pathname + hash;
}

// Whoever comes back by the browser's button finds the form as browsers restore it, also where it was sent: with a new key,
// it would be sent twice. The draft knows better what is unsent.
const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
const restored = new Promise((done) => { addEventListener("pageshow", done, { once: true }); });

async function keep(form) {
  if (form.dataset.keeping !== undefined) return;
  form.dataset.keeping = "";
  if (cameBack) { await restored; form.reset(); }
  const name = nameOf(form);
  const kept = await keeper.load(name);
  if (kept && fill(form, kept)) { say(form, "given"); offerToDrop(form, name); }
  let timer = 0;
  let sent = false;
  const pageVanished = () => !document.body.childElementCount;
  const save = async () => { if (!sent && !pageVanished()) say(form, (await keeper.save(name, read(form))) ? "kept" : "lost"); };
  form.addEventListener("input", () => { sent = false; clearTimeout(timer); timer = setTimeout(save, MILLISECONDS_AFTER_TYPING); });
  const pause = () => { if (timer && document.visibilityState === "hidden") { clearTimeout(timer); save(); } };
  document.addEventListener("visibilitychange", pause);
  form.addEventListener("submit", () => { sent = true; clearTimeout(timer); timer = 0; if (draftsUrl) nameDraft(form, name); });
  form.addEventListener("htmx:afterRequest", (event) => { if (event.target === form && event.detail.successful) keeper.drop(name); });
}

// A page that shows that something arrived names the drafts that are no longer needed: <p data-draft-done="talk">.
for (const done of document.querySelectorAll("[data-draft-done]")) keeper.drop(done.dataset.draftDone);
const keepAll = () => { for (const form of document.querySelectorAll("form[data-draft]")) keep(form); };
keepAll();
document.addEventListener("htmx:afterSettle", keepAll);
