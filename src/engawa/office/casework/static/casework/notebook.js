// The notebook for outreach: what is written here survives loss of network, a reload and a closed browser, and is sent
// once there is a network, each entry under its own id, so that a second arrival is no second contact.
//
// What is kept is sealed with a key of the writer's own that the server gives to them alone, on every visit. On the device
// that key is itself sealed, with a PIN of the writer's choosing and a secret of the device: a reload, a closed browser or
// five minutes without a touch lock the notebook, and the PIN opens it, also without a network. After five wrong tries,
// after half a day without a visit, and when somebody else signs in (ui/forget.js), the sealed key goes: then nothing here
// can be read, and nothing is lost. Once its writer has signed in, what waits is sent, and they choose a new PIN. Signing
// out forgets everything. While it is locked, what waits is sent as well: that shows nothing.
//
// When the office has changed its secret, it gives the keys of its former ones, too: what they open is sealed anew. What no
// key opens stays where it is, and the page says so.
//
// No script looks at single keys: input methods and dictation have the fields to themselves.
const page = document.querySelector("[data-notebook]");
const { carryUrl, sendUrl, workerUrl, caseUrl, scope } = page.dataset;
const form = page.querySelector("form.entry");
const fields = form.elements;
const list = page.querySelector("[data-entries]");
const template = page.querySelector("template[data-line]");
const words = JSON.parse(document.getElementById("notebook-words").textContent);
const HOUR = 60 * 60 * 1000;
const KEY_STAYS = 12 * HOUR;
const LOCKS_AFTER = HOUR / 12;
const MOST_TRIES = 5;
const SHORTEST_PIN = 6;
// Rounds of PBKDF2 with SHA-256: as many as this very device makes while somebody waits, and never fewer than the OWASP Password
// Storage Cheat Sheet (2023) asks for. A notebook that does not say how many it was sealed with has the fewest.
const FEWEST_ROUNDS = 600_000;
const MOST_ROUNDS = 12_000_000;
const TRIAL_ROUNDS = 200_000;
const MILLISECONDS_TO_OPEN = 700;
const SENT_STAYS = 24 * HOUR;
const PATIENCE_AT_FIRST = 4_000;
const PATIENCE = 30_000;
const AFTER_TYPING = 400;
const OWNER = "engawa.owner";
const CARRIED = "carried";
const OTHER = "other"; // a case that is not carried, by its number
let owner = localStorage.getItem(OWNER) ?? "";
let ring = []; // keys that open what lies here, the present one first; none while the notebook is locked
let vouched = []; // the same as the office gives them to whoever is signed in: for sending, and for choosing a PIN
let wrapping = null; // made of the PIN while the notebook is open
let present = null; // the bytes of the key that is sealed with the PIN, as the office last gave them
let forgotten = false; // whoever is signed in chooses a new PIN
let touched = Date.now();
let writing = crypto.randomUUID();
let calls = {};

// ---- the store: for each owner one database with sealed rows and one with the key

const promised = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error); });
const databases = {};

/** A database that somebody else wants gone (signing out, another person) is let go, and the page begins anew. */
const database = (name) => databases[name] ??= new Promise((done, failed) => {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("rows", { keyPath: "id" });
  request.onsuccess = () => { request.result.onversionchange = () => { request.result.close(); location.reload(); }; done(request.result); };
  request.onerror = () => failed(request.error);
});

const rows = async (what, mode = "readonly") => (await database(`engawa.${what}.${owner}`)).transaction("rows", mode).objectStore("rows");
const drop = async (id) => promised((await rows("kept", "readwrite")).delete(id));

const seal = async (key, bytes) => { const iv = crypto.getRandomValues(new Uint8Array(12)); return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) }; };
const unseal = async (key, { iv, sealed }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed);
const keyOf = (bytes) => crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
const keys = () => [...ring, ...vouched];

async function put(id, value, state, born = Date.now()) {
  const { iv, sealed } = await seal(keys()[0], new TextEncoder().encode(JSON.stringify(value)));
  await promised((await rows("kept", "readwrite")).put({ id, state, born, iv, sealed }));
}

/** What a row says; null where none of the keys opens it. What an earlier key opened is sealed with the present one. */
async function open(row) {
  for (const [place, key] of keys().entries()) {
    const bytes = await unseal(key, row).catch(() => null);
    if (!bytes) continue;
    const said = JSON.parse(new TextDecoder().decode(bytes));
    if (place && vouched.length) await put(row.id, said, row.state, row.born);
    return said;
  }
  return null;
}

/** Everything written and not thrown away, the oldest first, and how much of it no key opens; what was sent is told for a day. */
async function entries() {
  const kept = [];
  let lost = 0;
  for (const row of keys().length ? await promised((await rows("kept")).getAll()) : []) {
    if (row.state === "sent" && Date.now() - row.born > SENT_STAYS) await drop(row.id);
    else if (row.id !== CARRIED) {
      const said = await open(row);
      if (said) kept.push({ ...row, said });
      else lost += row.state !== "sent";
    }
  }
  return { kept: kept.sort((one, other) => one.born - other.born), lost };
}

/** Whether something waits to be sent; its state can be read without a key. */
const waits = async () => Boolean(owner) && (await promised((await rows("kept")).getAll())).some(({ state }) => state === "waiting");

// ---- the PIN

const rowOf = async (id) => (owner ? promised((await rows("key")).get(id)) : null);
const keepRow = async (row) => promised((await rows("key", "readwrite")).put(row));
const forgetKey = async () => promised((await rows("key", "readwrite")).delete("key"));

/** The sealed key; once its time is over, nobody has it. */
async function sealedKey() {
  const row = await rowOf("key");
  if (row && (!row.sealed || Date.now() >= row.until)) { await forgetKey(); return null; }
  return row ?? null;
}

async function slowly(pin, salt, iterations) {
  const typed = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  return crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, typed, 256);
}

/** How many rounds this device bears. */
async function roundsHere(pin, salt) {
  const begun = performance.now();
  await slowly(pin, salt, TRIAL_ROUNDS);
  const borne = Math.round(TRIAL_ROUNDS * MILLISECONDS_TO_OPEN / Math.max(performance.now() - begun, 1));
  return Math.min(MOST_ROUNDS, Math.max(FEWEST_ROUNDS, borne));
}

/** The key that seals the key: of the PIN, slowly, and of a secret that this device does not give away. */
const wrappingOf = async (pin, { salt, secret, rounds = FEWEST_ROUNDS }) => keyOf(await crypto.subtle.sign("HMAC", secret, await slowly(pin, salt, rounds)));

/** A new PIN, for whoever is signed in at this moment: the office gives them their key once more. */
async function choosePin(pin) {
  forgotten = false;
  await carry();
  if (!vouched.length) return;
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const secret = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const rounds = await roundsHere(pin, salt);
  wrapping = await wrappingOf(pin, { salt, secret, rounds });
  await keepRow({ id: "key", salt, secret, rounds, tries: 0, until: Date.now() + KEY_STAYS, ...await seal(wrapping, present) });
  ring = [...vouched];
}

/** Opens with the PIN. A try counts before it is made: a page that is closed meanwhile gives none back. */
async function tryPin(pin) {
  const row = await sealedKey();
  if (!row) return;
  await keepRow({ ...row, tries: row.tries + 1 });
  const made = await wrappingOf(pin, row);
  const bytes = await unseal(made, row).catch(() => null);
  if (bytes) {
    wrapping = made;
    ring = vouched.length ? [...vouched, await keyOf(bytes)] : [await keyOf(bytes)];
    await keepRow({ ...row, tries: 0, until: vouched.length ? Date.now() + KEY_STAYS : row.until });
    await renewKey();
  } else if (row.tries + 1 >= MOST_TRIES) await forgetKey();
}

/** What the office gave last is what the PIN seals from now on, and for how long. */
async function renewKey() {
  const row = await sealedKey();
  if (!row || !vouched.length) return;
  const renewed = wrapping ? await seal(wrapping, present) : {};
  await keepRow({ ...row, ...renewed, until: Date.now() + KEY_STAYS });
  if (wrapping) ring = [...vouched, ...ring.slice(-1)];
}

/** Nothing is shown any more; what stood in the form is kept. */
async function lockUp() {
  if (!ring.length) return;
  await keepDraft();
  ring = [];
  wrapping = null;
  form.reset();
  fields.number.replaceChildren();
  calls = {};
  await show();
}

// ---- the form

const begun = () => Boolean(fields.content.value.trim());
const twoDigits = (number) => String(number).padStart(2, "0");

/** What stands in the form. A number that was typed is understood as it was meant: Ｅ－２０２６ is E-2026. */
function values() {
  const { other, ...said } = Object.fromEntries(new FormData(form));
  return { ...said, number: said.number === OTHER ? other.normalize("NFKC").trim().toUpperCase() : said.number };
}

/** Without a number nothing is chosen: words must not get into a case by mistake. */
function choose(number) {
  const carried = !number || number in calls;
  fields.number.value = carried ? number : OTHER;
  fields.other.value = carried ? "" : number;
  askForNumber();
}

const only = () => { const numbers = Object.keys(calls); return numbers.length === 1 ? numbers[0] : ""; };

function askForNumber() {
  fields.other.required = fields.number.value === OTHER;
  page.querySelector("[data-other]").hidden = !fields.other.required;
}

function blank() {
  const now = new Date();
  writing = crypto.randomUUID();
  form.reset();
  fields.on.value = `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
  fields.at.value = `${twoDigits(now.getHours())}:${twoDigits(now.getMinutes())}`;
  fields.on.dispatchEvent(new Event("change", { bubbles: true }));
  choose(only());
}

function fill({ id, said }) {
  writing = id;
  form.reset();
  for (const [name, value] of Object.entries(said.values)) {
    if (fields[name]?.type === "checkbox") fields[name].checked = Boolean(value);
    else if (fields[name]) fields[name].value = value;
  }
  fields.on.dispatchEvent(new Event("change", { bubbles: true }));
  choose(said.values.number);
}

let timer = 0;
const keepDraft = async () => { clearTimeout(timer); timer = 0; if (ring.length && begun()) await put(writing, { values: values() }, "draft"); };
form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keepDraft, AFTER_TYPING); });
fields.number.addEventListener("change", askForNumber);

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(timer);
  timer = 0;
  await put(writing, { values: values() }, "waiting");
  blank();
  await show();
  sync();
});

// ---- the list

async function show() {
  const { kept, lost } = await entries();
  if (keys().length) localStorage.setItem(`engawa.unsent.${owner}`, String(lost + kept.filter(({ state }) => state !== "sent").length));
  list.replaceChildren(...(ring.length ? kept.filter(({ id }) => id !== writing).reverse().map(line) : []));
  page.querySelector("[data-none]").hidden = list.childElementCount > 0;
  const told = page.querySelector("[data-lost]");
  told.hidden = !(ring.length && vouched.length && lost);
  told.textContent = words.lost.replace("%(count)s", lost);
  page.dataset.key = await standing();
}

/** How the notebook stands: open, locked, waiting for a PIN to be chosen, or for its writer to sign in. */
async function standing() {
  if (ring.length) return "here";
  if (!owner) return "never";
  const row = await sealedKey();
  page.querySelector("[data-forgot]").hidden = !vouched.length;
  if (row && !forgotten) return "locked";
  return vouched.length ? "choose" : "gone";
}

function line({ id, state, said }) {
  const item = template.content.firstElementChild.cloneNode(true);
  const part = (name) => item.querySelector(`[data-${name}]`);
  const { number, on, at, content } = said.values;
  item.dataset.entry = state;
  part("state").textContent = words[state];
  part("when").textContent = `${on} ${at ?? ""}`;
  part("case").textContent = `${calls[number] ?? ""} ${number}`.trim();
  if (state === "sent") part("case").href = caseUrl.replace("_", number);
  part("reason").textContent = (said.reasons ?? []).join(" ");
  part("words").textContent = content ?? "";
  part("edit").addEventListener("click", async () => { await keepDraft(); fill({ id, said }); await show(); fields.content.focus(); });
  part("copy").addEventListener("click", async () => { await navigator.clipboard.writeText(content); document.dispatchEvent(new CustomEvent("engawa:toast", { detail: { text: words.copied } })); });
  part("drop").addEventListener("click", async ({ target }) => {
    if (target.dataset.sure === undefined) { target.dataset.sure = ""; target.textContent = words.sure; return; }
    await drop(id);
    await show();
  });
  return item;
}

function say(state) {
  page.dataset.net = state;
  page.querySelector("[data-says]").textContent = state === "signin" && !owner ? "" : words[state];
  page.querySelector("[data-sign-in]").hidden = state !== "signin";
}

// ---- cases carried along, and sending

function offer(cases) {
  const { number: chosen } = values();
  calls = Object.fromEntries(cases.map(({ number, called }) => [number, called]));
  const options = cases.map(({ number, called }) => new Option(`${called}（${number}）`, number));
  fields.number.replaceChildren(new Option(words.choose, ""), ...options, new Option(words.other, OTHER));
  choose(begun() ? chosen : only());
}

/** What came back, and what stands between us and an answer: offline, signin, trouble. */
async function ask(url, patience, options = {}) {
  const settings = { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(patience), ...options };
  try {
    const answer = await fetch(url, { ...settings, headers: { "Content-Type": "application/json", ...options.headers } });
    if (answer.status === 401 || answer.redirected) return { net: "signin" };
    if (![200, 404, 422].includes(answer.status)) return { net: "trouble" };
    return { net: "online", status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch { return { net: "offline" }; }
}

/** Takes along what the server gives to whoever is signed in; gives the token that sending needs. */
async function carry(patience = PATIENCE) {
  const picked = (await rowOf("picked"))?.numbers ?? [];
  const { net, body } = await ask(`${carryUrl}?${new URLSearchParams(picked.map((number) => ["case", number]))}`, patience);
  say(net);
  if (!body?.owner) { vouched = []; present = null; return null; }
  if (owner && owner !== body.owner) await leaveTo(body.owner);
  owner = body.owner;
  localStorage.setItem(OWNER, owner);
  const given = [body.key, ...body.former].map((one) => Uint8Array.from(atob(one), (sign) => sign.charCodeAt(0)));
  [present] = given;
  vouched = await Promise.all(given.map(keyOf));
  await renewKey();
  await put(CARRIED, body.cases, "carried");
  if (ring.length) { offer(body.cases); offerPicks(body); }
  return body.token;
}

/** Somebody else is signed in: what was written before stays sealed, and its key goes. */
async function leaveTo(other) {
  await keepDraft();
  const name = `engawa.key.${owner}`;
  (await database(name)).close();
  await promised(indexedDB.deleteDatabase(name));
  localStorage.setItem(OWNER, other);
  location.reload();
  await new Promise(() => {}); // the page begins anew
}

async function send({ id, said, born }, token) {
  const { net, status, body } = await ask(sendUrl, PATIENCE, { method: "POST", headers: { "X-CSRFToken": token }, body: JSON.stringify({ ...said.values, key: id }) });
  if (net !== "online") { say(net); return false; }
  const { number, on, at } = said.values;
  if (status === 200) await put(id, { values: { number, on, at }, reasons: body.told }, "sent", born);
  else await put(id, { values: said.values, reasons: body.reasons ?? [words.gone] }, "refused", born);
  return true;
}

const sync = (patience) => navigator.locks.request("engawa.notebook", async () => {
  const token = await carry(patience);
  if (token) for (const entry of (await entries()).kept.filter(({ id, state }) => state === "waiting" && id !== writing)) if (!(await send(entry, token))) break;
  await show();
});

// ---- beginning

async function begin() {
  if (navigator.onLine) await sync(PATIENCE_AT_FIRST); // before anything is shown: somebody else may be signed in
  else say("offline");
  await show();
  page.querySelector("[data-key=locked] [name=pin]")?.focus();
  if (navigator.onLine && !vouched.length) sync(); // the line is slow: once more, with patience
}

/** What is here, for whoever has just opened the notebook. */
async function turnPages() {
  touched = Date.now();
  const carried = await promised((await rows("kept")).get(CARRIED));
  offer((carried && await open(carried)) ?? []);
  blank();
  const unfinished = (await entries()).kept.findLast(({ state }) => state === "draft");
  if (unfinished) fill(unfinished);
  await show();
  if (navigator.onLine) sync();
}

async function pinned(event, act) {
  event.preventDefault();
  const { pin, again } = event.target.elements;
  const told = event.target.querySelector("[data-told]");
  told.textContent = again && pin.value.length < SHORTEST_PIN ? words.short : again && pin.value !== again.value ? words.differ : "";
  if (told.textContent) return;
  await act(pin.value);
  event.target.reset();
  if (ring.length) { await turnPages(); return; }
  const row = await sealedKey();
  if (row) told.textContent = words.wrong.replace("%(left)s", MOST_TRIES - row.tries);
  await show();
}

page.querySelector("[data-open]").addEventListener("submit", (event) => pinned(event, tryPin));
page.querySelector("[data-choose]").addEventListener("submit", (event) => pinned(event, choosePin));
page.querySelector("[data-forgot]").addEventListener("click", async () => { forgotten = true; await show(); });
page.querySelector("[data-lock]").addEventListener("click", lockUp);
for (const sign of ["pointerdown", "keydown", "input"]) addEventListener(sign, () => { touched = Date.now(); }, { passive: true });

// ---- which cases are carried along

const picks = page.querySelector("[data-picks]");

/** The cases that may be carried, with those that are; only whoever is connected can choose. */
function offerPicks({ offered, cases }) {
  const carried = new Set(cases.map(({ number }) => number));
  const line = picks.querySelector("template").content.firstElementChild;
  picks.querySelector("ul").replaceChildren(...offered.map(({ number, called }) => {
    const item = line.cloneNode(true);
    Object.assign(item.querySelector("input"), { value: number, checked: carried.has(number) });
    item.querySelector("span").textContent = `${called}（${number}）`;
    return item;
  }));
  picks.hidden = false;
}

picks.querySelector("[data-pick]").addEventListener("click", async () => {
  await keepRow({ id: "picked", numbers: [...picks.querySelectorAll("input:checked")].map(({ value }) => value) });
  picks.open = false;
  await sync();
});

/** The page and what it is made of, for the time without a network; what an older page was made of goes. */
async function settle() {
  await navigator.serviceWorker.register(workerUrl, { scope });
  if (!navigator.onLine) return;
  const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((one) => one.href || one.src);
  const kept = await caches.open("engawa.notebook");
  await kept.addAll([scope, ...parts]);
  for (const { url } of await kept.keys()) if (![new URL(scope, location).href, ...parts].includes(url)) await kept.delete(url);
  page.querySelector("[data-settled]").hidden = false;
  navigator.storage.persist();
}

/** A page that was left keeps what stands in it; five minutes without a touch lock it. */
async function look() {
  if (document.visibilityState === "hidden") await keepDraft();
  if (Date.now() - touched > LOCKS_AFTER || (ring.length && !await sealedKey())) await lockUp();
}

if (isSecureContext) {
  addEventListener("online", () => sync());
  addEventListener("offline", () => say("offline"));
  document.addEventListener("visibilitychange", look);
  setInterval(look, 15_000);
  setInterval(async () => document.visibilityState === "visible" && await waits() && sync(), 60_000);
  begin();
  settle().catch(() => { /* without a worker the notebook works for as long as it stays open */ });
} else say("insecure");
