// Runs before the first paint: says that scripts work, and brings back the light that was chosen here (no cookie).
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    const light = localStorage.getItem("engawa.light");
    if (light === "day" || light === "night") root.dataset.light = light;
  } catch { /* storage is closed: the system's light is right */ }
})();
