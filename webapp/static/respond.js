// Typed answers -> a draft on this device, until the receipt says that they arrived; questions that hang on an earlier
// answer stand there only where they apply. The form works without it.

const LIFE = 14 * 24 * 60 * 60 * 1000;
const PAUSE = 300;

const name = (draft) => `reviewkit-draft-${draft}`;

function read(draft) {
  try {
    const found = JSON.parse(localStorage.getItem(name(draft)));
    return found && Date.now() - found.at < LIFE ? found : null;
  } catch {
    return null; // storage is shut, or holds something else
  }
}

function write(draft, value) {
  try {
    if (value) localStorage.setItem(name(draft), JSON.stringify({ ...value, at: Date.now() }));
    else localStorage.removeItem(name(draft));
    return true;
  } catch {
    return false;
  }
}

function answers(form) {
  return [...new FormData(form)].filter(([field, value]) => field.startsWith("answer-") && value.trim());
}

function fill(form, kept) {
  for (const control of form.querySelectorAll("[name^='answer-']")) {
    const values = kept.answers.filter(([field]) => field === control.name).map(([, value]) => value);
    if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
    else if (values.length) [control.value] = values;
  }
  for (const folded of form.querySelectorAll("details:has(:checked:not([value='']))")) folded.open = true;
  // The same key again: where the answers had arrived and only the receipt got lost, they are not saved twice.
  if (kept.key) form.elements.submission_key.value = kept.key;
}

// What lies folded counts once it is opened or answered.
function waits(question) {
  return question.closest("details:not([open])") && !question.querySelector(":checked:not([value=''])");
}

// A question that does not apply is neither seen nor sent nor counted; what was typed there is back once it applies again.
function ask(form) {
  const asked = [];
  for (const question of form.querySelectorAll(".question:has([data-number])")) {
    const { when, answers } = question.dataset;
    const given = when ? [...form.querySelectorAll(`[name="${CSS.escape(when)}"]:checked:enabled`)] : [];
    const applies = !when || given.some((one) => JSON.parse(answers).includes(one.value));
    question.hidden = !applies;
    for (const control of question.querySelectorAll("input, textarea")) control.disabled = !applies;
    if (applies) asked.push(question);
  }
  const counted = asked.filter((question) => !waits(question)).length;
  for (const [place, question] of asked.entries()) {
    question.querySelector("[data-number]").textContent = place + 1;
    question.querySelector("[data-total]").textContent = Math.max(counted, place + 1);
  }
  form.querySelector("progress").max = counted;
}

function count(form) {
  const shown = form.querySelector("[data-progress]");
  const done = new Set(answers(form).map(([field]) => field)).size;
  const bar = shown.querySelector("progress");
  shown.classList.toggle("begun", done > 0);
  bar.value = done;
  shown.querySelector("[data-count]").textContent = `${done} of ${bar.max} answered`;
  return done;
}

function show(form, kept) {
  const done = count(form);
  form.querySelector("[data-kept]").textContent = done && kept ? "Kept on this device" : "";
}

function keep(form) {
  const given = answers(form);
  const key = form.elements.submission_key.value;
  show(form, write(form.dataset.draft, given.length ? { key, answers: given } : null));
}

function follow(form) {
  for (const said of form.querySelectorAll(".when")) said.remove(); // it shows
  const again = () => {
    ask(form);
    count(form);
  };
  form.addEventListener("input", again);
  form.addEventListener("toggle", again, true); // which does not bubble
  window.addEventListener("pageshow", again); // the browser may have put answers back
  again();
}

function begin(form) {
  const restored = form.querySelector("[data-restored]");
  const kept = "fresh" in form.dataset ? read(form.dataset.draft) : null;
  if (kept) fill(form, kept);
  ask(form);
  restored.hidden = !kept;
  restored.querySelector("[data-forget]").addEventListener("click", () => {
    form.reset(); // before the page is left, which would keep what stands in it
    write(form.dataset.draft, null);
    location.replace(location.pathname);
  });
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE, form);
  });
  form.addEventListener("submit", () => keep(form));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && waiting) keep(form);
  });
  if (answers(form).length) keep(form);
}

for (const form of document.querySelectorAll("form[data-asks]")) follow(form);
for (const form of document.querySelectorAll("form[data-draft]")) begin(form);
for (const page of document.querySelectorAll("[data-draft-done]")) write(page.dataset.draftDone, null);
for (const page of document.querySelectorAll("[data-draft-sent]")) {
  const kept = read(page.dataset.draftSent);
  if (kept) write(page.dataset.draftSent, { ...kept, key: "" });
}
