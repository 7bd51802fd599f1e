// The sentence of cause, event and effect as it is typed. Without script it stands there once the form is sent.

const LEADING =
  /^\s*(because of|because|due to|as a result of|owing to|there is a (?:risk|chance) (?:that|of)|(?:the )?risk (?:that|of)|which (?:would|could|may|might|will)|leading to|resulting in)\s+/i;
const MODAL = /\b(may|might|could|can|will|would|shall|is going to|are going to)\b/i;

const CLAUSE =
  /\b(is|are|was|were|has|have|had|does|do|did|makes?|needs?|depends?|must|cannot|comes?|holds?|takes?|gives?|knows?|lacks?|works?|wants?|keeps?|runs?)\b/i;

function part(text) {
  let plain = text.split(/\s+/).join(" ").trim().replace(/[.;, ]+$/, "");
  for (let before = ""; before !== plain; ) {
    before = plain;
    plain = plain.replace(LEADING, "");
  }
  return plain;
}

for (const form of document.querySelectorAll("form[data-wording]")) {
  const output = form.querySelector("[data-sentence]");
  const things = form.dataset.things.split(" ");
  const [cause, event, effect] = ["cause", "event", "effect"].map((name) => form.elements[name]);
  form.addEventListener("input", ({ target }) => {
    if (![cause, event, effect].includes(target)) return;
    const said = [cause, event, effect].map((field) => part(field.value));
    if (!said.some(Boolean)) return;
    const [because, happens, then] = said.map((one) => one || "…");
    const may = MODAL.test(happens) ? "" : " may happen";
    const isThing = things.includes(then.split(" ")[0].toLowerCase());
    const would = then.search(MODAL) === 0 ? "" : isThing ? "would lead to " : "would ";
    const of = CLAUSE.test(because) || MODAL.test(because) ? "" : "of ";
    output.textContent = `Because ${of}${because}, ${happens}${may}, which ${would}${then}.`;
  });
}
