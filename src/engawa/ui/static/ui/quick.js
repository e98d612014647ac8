// A contact or call by keyboard alone: a number or first letter chooses, and the next question has the focus.
const form = document.querySelector("form[data-quick]");
const groups = [...form.querySelectorAll("[data-choose]")];
const radios = (group) => [...group.querySelectorAll("input[type=radio]")];
const minutes = form.elements.minutes;

function goOnFrom(group) {
  const next = groups[groups.indexOf(group) + 1];
  if (!next) return minutes.focus();
  (radios(next).find((radio) => radio.checked) ?? radios(next)[0]).focus();
}

function choose(group, place) {
  const radio = radios(group)[place];
  if (!radio) return false;
  radio.checked = true;
  radio.dispatchEvent(new Event("input", { bubbles: true }));
  goOnFrom(group);
  return true;
}

for (const group of groups) {
  radios(group).forEach((radio, place) => { radio.closest("label").dataset.hint = group.dataset.choose[place] ?? ""; });
  group.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { choose: numbers, letters } = group.dataset;
    const place = Math.max(numbers.indexOf(event.key), letters.indexOf(event.key.toLowerCase()));
    if (event.key === "Enter") goOnFrom(group);
    else if (event.key.length !== 1 || place < 0 || !choose(group, place)) return;
    event.preventDefault();
    event.stopPropagation(); // a letter chosen here is no key of the page
  });
}

minutes.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
  event.preventDefault();
  form.elements.content.focus();
});
for (const button of form.querySelectorAll("[data-minutes]")) {
  button.addEventListener("click", () => {
    minutes.value = button.dataset.minutes;
    minutes.dispatchEvent(new Event("input", { bubbles: true }));
    form.elements.content.focus();
  });
}
if (!document.querySelector("[data-focus]")) (radios(groups[0]).find((radio) => radio.checked) ?? radios(groups[0])[0]).focus();
