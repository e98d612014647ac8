// What pages keep on this device is sealed, with its key beside it ("engawa.kept.<whose>", "engawa.key.<whose>"). When
// somebody else is signed in, that key goes: what was kept stays, and can only be opened by its writer, after signing in.
// Signing out forgets one's own. A page that keeps something unsent says how much ("engawa.unsent.<whose>"): then the
// first press only tells, and the second one signs out.
const OWNER = "engawa.owner";
const { staff } = document.querySelector("[data-sign-out]")?.dataset ?? {};
const owner = localStorage.getItem(OWNER);
let told = false;

const forget = (name) => new Promise((done) => { const request = indexedDB.deleteDatabase(name); request.onsuccess = request.onerror = request.onblocked = done; });

if (staff && owner && owner !== staff) forget(`engawa.key.${owner}`);

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-sign-out]")) return;
  event.preventDefault();
  if (Number(localStorage.getItem(`engawa.unsent.${staff}`)) && !told) {
    told = true;
    document.dispatchEvent(new CustomEvent("engawa:toast", { detail: { text: form.dataset.signOut, tone: "wait" } }));
    return;
  }
  await Promise.all([forget(`engawa.kept.${staff}`), forget(`engawa.key.${staff}`)]);
  localStorage.removeItem(`engawa.unsent.${staff}`);
  if (owner === staff) localStorage.removeItem(OWNER);
  form.submit();
});
