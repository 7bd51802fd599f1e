// The queue by keyboard: j and k go from lesson to lesson, every other key presses the button that names it. Keys count
// only while a lesson of the list has the focus, so that nothing is decided by a stray key.

const queue = document.querySelector("[data-queue]");
const lessons = [...queue.querySelectorAll("[data-lesson]")];

function go(to) {
  if (!to) return;
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: "nearest" });
}

queue.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const here = event.target.closest("[data-lesson]");
  if (!here) return;
  const at = lessons.indexOf(here);
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    go(lessons[at + (event.key === "j" ? 1 : -1)]);
    return;
  }
  const button = [...here.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
  if (!button) return;
  event.preventDefault();
  button.click();
});

for (const hidden of document.querySelectorAll("[data-keys], [data-queue] kbd")) hidden.hidden = false;
const asked = window.location.hash && document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
go(lessons.includes(asked) ? asked : lessons[0]);
