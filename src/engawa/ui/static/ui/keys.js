// The keyboard: `/` search, `?` list of keys, j/k through lists, Ctrl+Enter sends. Elements name their own key by data-key.
const OFF = "engawa.keys.off";
const typing = (element) => element.closest("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]");
const singleKeysOff = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };

function step(by) {
  const rows = [...document.querySelectorAll("[data-rows] a.row, .rows a.row, .table tbody th a, .table tbody tr > :first-child a")];
  if (!rows.length) return false;
  const now = rows.indexOf(document.activeElement.closest("a"));
  const here = now < 0 ? rows.findIndex((row) => row.matches(".on, [aria-current]")) : now;
  rows[Math.min(Math.max(here + by, 0), rows.length - 1)].focus();
  return true;
}

function press(key) {
  if (key === "j") return step(1);
  if (key === "k") return step(-1);
  if (key === "?") { const list = document.getElementById("keys"); list?.close(); list?.showModal(); return Boolean(list); }
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return false;
  target.focus();
  if (target.matches("a, button")) target.click(); else target.select?.();
  return true;
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.isComposing) return; // the key belongs to the Japanese input method
  if (key === "Escape" && typing(target)) return void target.blur();
  if (key === "Enter" && (event.ctrlKey || event.metaKey) && target.form) return void target.form.requestSubmit();
  if (event.ctrlKey || event.metaKey || event.altKey || typing(target) || document.querySelector("dialog:modal")) return;
  if (!singleKeysOff() && press(key)) event.preventDefault();
});

// Keys of the page itself stand in the list too: <button data-key="c" data-key-says="電話を記録">.
const list = document.querySelector("[data-key-list]");
for (const element of document.querySelectorAll("[data-key-says]")) {
  const key = document.createElement("dt");
  key.append(Object.assign(document.createElement("kbd"), { textContent: element.dataset.key }));
  list?.append(key, Object.assign(document.createElement("dd"), { textContent: element.dataset.keySays }));
}
const off = document.querySelector("[data-keys-off]");
if (off) {
  off.checked = singleKeysOff();
  off.addEventListener("change", () => { try { localStorage.setItem(OFF, off.checked ? "1" : "0"); } catch { /* this page only */ } });
}
