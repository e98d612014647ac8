// The notebook for outreach: what is written here survives loss of network, a reload and a closed browser, and is sent
// once there is a network, each entry under its own id, so that a second arrival is no second contact.
//
// What is kept is sealed with a key of the writer's own that the server gives to them alone, on every visit. The key stays
// on the device for half a day, not extractable, so that the notebook opens without a network; it goes when half a day
// has passed and when somebody else signs in (ui/forget.js). Then nothing here can be read, and nothing is lost: it
// opens again once its writer has signed in. Signing out forgets both.
//
// No script looks at single keys: input methods and dictation have the fields to themselves.
const page = document.querySelector("[data-notebook]");
const { carryUrl, sendUrl, workerUrl, caseUrl, scope } = page.dataset;
const form = page.querySelector("form");
const fields = form.elements;
const list = page.querySelector("[data-entries]");
const template = page.querySelector("template");
const words = JSON.parse(document.getElementById("notebook-words").textContent);
const HOUR = 60 * 60 * 1000;
const KEY_STAYS = 12 * HOUR;
const SENT_STAYS = 24 * HOUR;
const PATIENCE_AT_FIRST = 4_000;
const PATIENCE = 30_000;
const AFTER_TYPING = 400;
const OWNER = "engawa.owner";
const CARRIED = "carried";
const OTHER = "other"; // a case that is not carried, by its number
let owner = localStorage.getItem(OWNER) ?? "";
let key = null; // of the owner; without it the notebook is locked
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

async function put(id, value, state, born = Date.now()) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(value)));
  await promised((await rows("kept", "readwrite")).put({ id, state, born, iv, sealed }));
}

const open = async ({ iv, sealed }) => JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed)));

/** Everything written and not thrown away, the oldest first; what was sent is told for a day. */
async function entries() {
  const kept = [];
  for (const row of key ? await promised((await rows("kept")).getAll()) : []) {
    if (row.state === "sent" && Date.now() - row.born > SENT_STAYS) await drop(row.id);
    else if (row.id !== CARRIED) {
      const said = await open(row).catch(() => null); // sealed before the office changed its secret
      if (said) kept.push({ ...row, said });
    }
  }
  return kept.sort((one, other) => one.born - other.born);
}

/** Takes the key that lies here; once its time is over, nobody does. */
async function unlock() {
  const row = owner && await promised((await rows("key")).get("key"));
  key = row && Date.now() < row.until ? row.key : null;
  if (row && !key) await promised((await rows("key", "readwrite")).delete("key"));
}

async function keepKey(raw) {
  const bytes = Uint8Array.from(atob(raw), (one) => one.charCodeAt(0));
  key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  await promised((await rows("key", "readwrite")).put({ id: "key", key, until: Date.now() + KEY_STAYS }));
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
const keepDraft = async () => { clearTimeout(timer); timer = 0; if (key && begun()) await put(writing, { values: values() }, "draft"); };
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
  const kept = await entries();
  if (key) localStorage.setItem(`engawa.unsent.${owner}`, String(kept.filter(({ state }) => state !== "sent").length));
  list.replaceChildren(...kept.filter(({ id }) => id !== writing).reverse().map(line));
  page.querySelector("[data-none]").hidden = list.childElementCount > 0;
  page.dataset.key = key ? "here" : owner ? "gone" : "never";
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
  const { net, body } = await ask(carryUrl, patience);
  say(net);
  if (!body?.owner) return null;
  if (owner && owner !== body.owner) await leaveTo(body.owner);
  owner = body.owner;
  localStorage.setItem(OWNER, owner);
  await keepKey(body.key);
  await put(CARRIED, body.cases, "carried");
  offer(body.cases);
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
  if (token) for (const entry of (await entries()).filter(({ id, state }) => state === "waiting" && id !== writing)) if (!(await send(entry, token))) break;
  await show();
});

// ---- beginning

async function begin() {
  await unlock();
  if (navigator.onLine) await sync(PATIENCE_AT_FIRST); // before anything is shown: somebody else may be signed in
  else say("offline");
  const carried = key && await promised((await rows("kept")).get(CARRIED));
  if (carried) offer(await open(carried));
  blank();
  const unfinished = (await entries()).findLast(({ state }) => state === "draft");
  if (unfinished) fill(unfinished);
  await show();
}

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

/** A page that was left open keeps what stands in it, and is locked like a closed one. */
async function look() {
  if (!key) return;
  if (document.visibilityState === "hidden") { await keepDraft(); return; }
  await unlock();
  if (!key) location.reload();
}

if (isSecureContext) {
  addEventListener("online", () => sync());
  addEventListener("offline", () => say("offline"));
  document.addEventListener("visibilitychange", look);
  setInterval(() => document.visibilityState === "visible" && list.querySelector("[data-entry=waiting]") && sync(), 60_000);
  begin();
  settle().catch(() => { /* without a worker the notebook works for as long as it stays open */ });
} else say("insecure");
