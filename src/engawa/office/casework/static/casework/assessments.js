// A sheet that several people write together. Each question is sent by htmx when it is answered (question.html); here:
// questions that depend on another one, and what somebody else has written meanwhile.
const questions = () => [...document.querySelectorAll(".question")];
const fieldsOf = (question, name) => [...question.querySelectorAll(`[name$="-${name}"]`)];
const seenIn = (question) => Number(fieldsOf(question, "seen")[0].value);

/** Shows a question where the one it depends on has one of the answers, as the server does. */
function showWhatIsAsked() {
  for (const question of questions()) {
    if (!question.dataset.when) continue;
    const before = document.querySelector(`.question[data-key="${question.dataset.when}"]`);
    const given = fieldsOf(before, "kind").some((kind) => kind.checked && kind.value === "given");
    const chosen = fieldsOf(before, "value").filter((field) => field.checked).map((field) => field.value);
    question.hidden = !(given && chosen.some((value) => question.dataset.any.split("|").includes(value)));
  }
}

/** Takes over somebody else's answer; where one is being written here, theirs is shown beside it. */
function meet(theirs) {
  const mine = document.getElementById(theirs.id);
  if (!mine || seenIn(theirs) <= seenIn(mine)) return;
  if (!mine.contains(document.activeElement) && mine.dataset.written === undefined) {
    mine.replaceWith(theirs);
    window.htmx.process(theirs);
  } else if (!theirs.querySelector("[data-own]")) {
    const beside = mine.querySelector(".beside");
    beside.querySelector("span").textContent = theirs.querySelector(".now")?.textContent ?? "";
    beside.hidden = false;
  }
}

async function look(ref) {
  const question = ref && document.getElementById(`q-${ref}`);
  const answer = await fetch(question ? question.dataset.question : location.pathname, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const theirs = [...page.querySelectorAll(".question")];
  if (!theirs.length) location.reload(); // finished meanwhile
  theirs.forEach(meet);
  showWhatIsAsked();
}

document.addEventListener("input", (event) => { const question = event.target.closest(".question"); if (question) question.dataset.written = ""; });
document.addEventListener("change", showWhatIsAsked);

/** The same two answers once more, because leaving the field sent it again: the buttons stay, one may be being pressed. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const shown = event.target.closest?.(".question")?.querySelector(".both");
  const again = shown && new DOMParser().parseFromString(event.detail.serverResponse, "text/html").querySelector(".both");
  if (again?.textContent === shown?.textContent && shown) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:afterSwap", (event) => {
  const question = event.target.closest?.(".question");
  if (question && !question.querySelector("[data-wrong]")) {
    delete question.dataset.written;
    question.querySelector(".beside").hidden = true;
  }
  showWhatIsAsked();
});
document.body.addEventListener("engawa:answer", (event) => look(event.detail.ref));
showWhatIsAsked();
