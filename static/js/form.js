// The pages of the application form: they work without this, and better with it.
// Saving is done by htmx; this keeps two saves apart, counts, shows and hides, and keeps a copy
// of what is not saved yet in the browser.

const form = document.getElementById("section-form");
const KEPT = `carrel-unsaved:${form.action}`;

function fieldsOf(key) {
  return [...form.elements].filter((field) => field.name === key);
}

function answersTo(key) {
  const fields = fieldsOf(key);
  const ticked = (field) => !["radio", "checkbox"].includes(field.type) || field.checked;
  return fields.filter(ticked).map((field) => field.value).filter((value) => value !== "");
}

// Branching: the same rule as the server's.
function holds([key, answer]) {
  const asked = form.querySelector(`.question[data-key="${key}"]`);
  if (!asked) return true;
  const given = asked.hidden ? [asked.dataset.ifOff].filter(Boolean) : answersTo(key);
  if (answer === "") return given.length === 0;
  const [covered, us] = [form.dataset.covered.split(","), form.dataset.us.split(",")];
  if (answer === "@us") return given.some((code) => us.includes(code));
  if (answer === "@not-us") return given.some((code) => !us.includes(code));
  if (answer === "@outside") return given.some((code) => !covered.includes(code));
  return given.includes(answer);
}

function showWhatIsCalledFor() {
  for (const question of form.querySelectorAll("[data-shown-if]")) {
    const isInvalid = question.querySelector(".is-invalid") !== null;
    question.hidden = !isInvalid && !JSON.parse(question.dataset.shownIf).every(holds);
  }
}

// Counting as the server counts: characters of any script are one, line ends are one.
function count(line) {
  const text = document.getElementById(line.dataset.countFor).value;
  const numbers = {
    characters: [...text].length,
    words: text.split(/\s+/).filter(Boolean).length,
  };
  const parts = Object.keys(numbers).filter((unit) => line.dataset[unit]);
  const over = parts.some((unit) => numbers[unit] > Number(line.dataset[unit]));
  line.textContent = parts
    .map((unit) =>
      line.dataset[`${unit}Text`]
        .replace("{count}", numbers[unit])
        .replace("{limit}", line.dataset[unit]))
    .join(", ");
  line.classList.toggle("text-danger", over);
}

function mirror(place) {
  place.textContent = document.getElementById(place.dataset.mirrors).value || "–";
}

function refresh() {
  showWhatIsCalledFor();
  document.querySelectorAll("[data-count-for]").forEach(count);
  document.querySelectorAll("[data-mirrors]").forEach(mirror);
}

// A copy in the browser of what was typed and is not saved.
function typed() {
  const text = [...form.elements].filter((field) => field.matches("textarea, [type=text]"));
  return Object.fromEntries(text.filter((field) => field.name).map((f) => [f.name, f.value]));
}

const atFirst = typed();

function keepCopy() {
  const now = typed();
  const changed = Object.entries(now).filter(([key, text]) => text !== atFirst[key]);
  localStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(changed)));
}

function forgetCopy() {
  localStorage.removeItem(KEPT);
  Object.assign(atFirst, typed());
}

function offer(copy) {
  const missing = Object.entries(copy).filter(
    ([key, text]) => fieldsOf(key)[0] && fieldsOf(key)[0].value !== text && text !== "");
  if (missing.length === 0) return localStorage.removeItem(KEPT);
  const notice = document.createElement("div");
  notice.className = "notice notice-warning";
  notice.append(Object.assign(document.createElement("p"), {
    className: "notice-title", textContent: form.dataset.kept }));
  for (const [, text] of missing) {
    notice.append(Object.assign(document.createElement("p"), {
      className: "stored-answer", textContent: text }));
  }
  const button = (label, kind, act) => {
    const made = Object.assign(document.createElement("button"), {
      type: "button", className: `btn btn-${kind} me-2`, textContent: label });
    made.addEventListener("click", () => { act(); notice.remove(); });
    notice.append(made);
  };
  button(form.dataset.restore, "primary", () => {
    for (const [key, text] of missing) fieldsOf(key)[0].value = text;
    refresh();
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });
  button(form.dataset.discard, "outline-secondary", () => localStorage.removeItem(KEPT));
  form.before(notice);
}

// A button waits for a save that is under way, so that the page does not collide with itself.
let isSaving = false;
let waiting = null;
form.addEventListener("submit", (event) => {
  if (!isSaving) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting = event.submitter;
});
form.addEventListener("htmx:beforeRequest", () => { isSaving = true; });
form.addEventListener("htmx:afterRequest", (event) => {
  isSaving = false;
  if (event.detail.successful) forgetCopy();
  if (waiting) { const button = waiting; waiting = null; form.requestSubmit(button); }
});

// Refusals that the server marks as a part of this page are shown like any other answer.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status >= 400 && xhr.getResponseHeader("Carrel-Part")) event.detail.shouldSwap = true;
});
function sayUnsaved() {
  const line = document.createElement("p");
  line.className = "notice notice-warning";
  line.textContent = form.dataset.unsaved;
  document.getElementById("saved").replaceChildren(line);
}
document.addEventListener("htmx:sendError", sayUnsaved);

form.addEventListener("input", () => { keepCopy(); refresh(); });
form.addEventListener("change", refresh);
const copy = localStorage.getItem(KEPT);
if (copy) offer(JSON.parse(copy));
for (const line of form.querySelectorAll("[data-only-if]")) line.hidden = true;
refresh();
