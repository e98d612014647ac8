// A symbol of the map, or a button beside it, brings its form next to the drawing; without scripts it has its own page.
const panel = () => document.getElementById("panel");

async function open(link) {
  await window.htmx.ajax("GET", link.getAttribute("href"), { target: "#panel", swap: "outerHTML" });
  panel().querySelector("input:not([type=hidden]), select, textarea")?.focus();
  panel().scrollIntoView({ block: "nearest" });
}

// Where the drawing is wider than the screen, the 本人 comes first, or else its middle.
// Its words keep their size there; one press shows all of it, small, and one more brings the size back.
const box = document.querySelector(".map-box");
const whole = document.querySelector("[data-whole]");

function centre() {
  const own = box.querySelector(".own")?.getBoundingClientRect();
  const begins = box.getBoundingClientRect().left - box.scrollLeft;
  box.scrollLeft = (own ? own.left + own.width / 2 - begins : box.scrollWidth / 2) - box.clientWidth / 2;
  whole.hidden = !box.classList.contains("whole") && box.scrollWidth <= box.clientWidth + 1;
}

whole.addEventListener("click", () => {
  whole.setAttribute("aria-pressed", box.classList.toggle("whole"));
  centre();
});
addEventListener("resize", centre);
centre();

document.querySelector("article.case").addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a[href*='/family/'], a[href*='/support/']");
  if (!link || link.closest(".tabs, .panel, [data-page]") || !panel() || !window.htmx) return;
  event.preventDefault();
  open(link);
});
if (panel()?.matches("section") && !document.querySelector("[data-focus]")) {
  panel().querySelector("input:not([type=hidden]), select, textarea")?.focus();
}
