// Choices stand there only for types that have them, and a condition rests on one question. All of it works without.

const CHOOSES = ["single", "multiple"];

for (const form of document.querySelectorAll("form[data-question]")) {
  const { type } = form.elements;
  const options = form.querySelector("[data-field=options]");
  const show = () => {
    options.hidden = !CHOOSES.includes(type.value) && !options.querySelector(".fault");
  };
  type.addEventListener("change", show);
  show();
  form.addEventListener("change", ({ target }) => {
    if (!target.checked || !target.closest("[data-earlier]")) return;
    for (const other of form.querySelectorAll("[data-earlier] :checked")) {
      if (other.name !== target.name) other.checked = false;
    }
  });
}
