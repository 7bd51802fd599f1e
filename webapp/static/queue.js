// A queue by keyboard: j and k go from row to row, every other key presses the button that names it. Where rows can be
// ticked, x ticks, with Shift j and k tick on the way, and a key is meant for all that are ticked. Keys count only while
// a row has the focus, so that nothing is decided by a stray key.

const queue = document.querySelector("[data-queue]");
const rows = queue ? [...queue.querySelectorAll("[data-row]")] : [];
const keys = document.querySelector("[data-keys]");
const box = (row) => row.querySelector("input[type=checkbox]");
const ticked = () => rows.filter((row) => box(row)?.checked);
const named = (part, key) => [...(part?.querySelectorAll("[data-key]") ?? [])].find((one) => one.dataset.key === key);

function go(to) {
  if (!to) return;
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: "nearest" });
}

function tick(row, on) {
  if (box(row)) box(row).checked = on;
}

function press(key, here) {
  const many = ticked().length ? named(queue.querySelector("[data-bulk]"), key) : null;
  const button = many ?? named(here, key) ?? (key === "u" ? document.querySelector("[data-undo]") : null);
  button?.click();
  return Boolean(button);
}

function move(event, at) {
  const to = rows[at + (event.key.toLowerCase() === "j" ? 1 : -1)];
  if (event.shiftKey) {
    tick(rows[at], true);
    if (to) tick(to, true);
  }
  go(to);
  return true;
}

function act(event, here) {
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") return move(event, rows.indexOf(here));
  if (key === "x" && box(here)) return tick(here, !box(here).checked) ?? true;
  if (key === "?" && keys) return (keys.open = !keys.open) || true;
  return !event.shiftKey && press(event.key, here);
}

queue?.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
  const here = event.target.closest("[data-row]");
  if (here && act(event, here)) event.preventDefault();
});

queue?.addEventListener("submit", (event) => {
  const next = queue.elements?.next;
  if (!next) return; // a queue of several forms says in each where it goes on
  const own = event.submitter?.closest("[data-row]");
  const leaving = own ? [own] : ticked();
  const after = rows.indexOf(leaving[leaving.length - 1]) + 1;
  const left = [...rows.slice(after), ...rows.slice(0, after).reverse()].find((row) => !leaving.includes(row));
  next.value = left?.dataset.row ?? "";
});

// Shift and a click tick everything between two rows.
let last = null;
queue?.addEventListener("click", (event) => {
  if (!event.target.matches("[data-row] input[type=checkbox]")) return;
  const at = rows.indexOf(event.target.closest("[data-row]"));
  if (event.shiftKey && last !== null) {
    for (const row of rows.slice(Math.min(at, last), Math.max(at, last) + 1)) tick(row, event.target.checked);
  }
  last = at;
});

for (const hidden of document.querySelectorAll("[data-keys], [data-queue] kbd, [data-undo] kbd")) hidden.hidden = false;
const asked = window.location.hash && document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
go(rows.includes(asked) ? asked : rows[0]);
