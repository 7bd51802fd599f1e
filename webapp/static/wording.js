// The sentence of cause, event and effect as it is typed; `risks/wording.py` makes the same one once the form is sent.

const LEADING =
  /^(because of|because|due to|as a result of|owing to|there is a (?:risk|chance) (?:that|of)|(?:the )?risk (?:that|of)|which (?:would|could|may|might|will)|leading to|resulting in)(?:\s+|$)/i;
const MODAL = /\b(may|might|could|can|will|would|shall|is going to|are going to)\b/; // “May” is a month
const CLAUSE =
  /\b(is|are|was|were|has|have|had|does|do|did|makes?|needs?|depends?|must|cannot|comes?|holds?|takes?|gives?|knows?|lacks?|works?|wants?|keeps?|runs?)\b/i;
const ACT =
  /^(?:(?:block|break|bring|cancel|cause|close|cost|cut|damage|delay|destroy|disrupt|double|drain|drive|eat|endanger|exceed|expose|extend|force|halve|harm|hinder|hit|hold|hurt|increase|interrupt|keep|leave|limit|lose|lower|make|move|need|overload|postpone|prevent|push|put|raise|reduce|ruin|shorten|slow|spoil|stall|stop|strain|take|threaten|tie|turn|undermine|waste|weaken)\s+(?:the|a|an|our|its|their|his|her|my|your|us|them|it|him|all|some|every|each|two|three|more|many|several)|lead\s+to|result\s+in)\b/i;
const NOUNS = "a an the our its their this these that no one".split(" ");
const COMMON =
  "the a an one two our no some new late only it they this that there if we all any both each many more most staff people key parts prices works delays delay costs data users".split(" ");
const EDGES = /^[ .,;:!?…]+|[ .,;:!?…]+$/g;

function part(text) {
  let plain = text.split(/\s+/).join(" ").replace(EDGES, "");
  for (let before = null; before !== plain; ) {
    before = plain;
    plain = plain.replace(LEADING, "").replace(EDGES, "");
  }
  const common = COMMON.includes(plain.split(" ")[0].toLowerCase());
  return common && /^\p{Lu}\p{Ll}/u.test(plain) ? plain[0].toLowerCase() + plain.slice(1) : plain;
}

function beforeCause(cause) {
  const [first, ...rest] = cause.split(" ");
  const behind = rest.join(" ");
  if (CLAUSE.test(behind) || MODAL.test(behind)) return "Because";
  return rest.length < (NOUNS.includes(first.toLowerCase()) ? 4 : 2) ? "Because of" : "Cause:";
}

const capital = (text) => (/^\p{Ll}{2}/u.test(text) ? text[0].toUpperCase() + text.slice(1) : text);

function sentence(texts) {
  const [because, happens, then] = texts.map(part);
  if (!because && !happens && !then) return "";
  const may = MODAL.test(happens) ? happens : `this may happen: ${happens}`;
  const told = happens ? may : "…";
  const joint = beforeCause(because);
  let said = because ? `${joint} ${because}, ${told}` : capital(told);
  if (joint === "Cause:") said = `Cause: ${because}. ${capital(told)}`;
  const asked = then.search(MODAL) === 0;
  if (then && (asked || ACT.test(then))) said += `, which ${asked ? "" : "would "}${then}`;
  else if (then) said += `${said.endsWith("…") ? " " : ". "}Effect: ${then}`;
  return said.endsWith("…") ? said : `${said}.`;
}

for (const form of document.querySelectorAll("form[data-wording]")) {
  const output = form.querySelector("[data-sentence]");
  const fields = ["cause", "event", "effect"].map((name) => form.elements[name]);
  form.addEventListener("input", ({ target }) => {
    const said = fields.includes(target) && sentence(fields.map((field) => field.value));
    if (said) output.textContent = said;
  });
}
