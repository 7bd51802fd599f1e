// Results follow what is typed, and facets change them without a new page. The addresses are those that work without
// script, so every state can be linked to and the way back leads through it.

const WAIT = 250;
const form = document.querySelector("form[data-seek]");
const box = form.elements.q;
let waiting;
let latest = 0;

async function show(address, { push }) {
  const turn = ++latest;
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) {
    window.location.assign(address);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("found");
  if (turn !== latest || !fresh) return; // something newer was asked for meanwhile
  const open = document.querySelector(".facets details")?.open;
  document.getElementById("found").replaceWith(fresh);
  const facets = fresh.querySelector(".facets details");
  if (facets && open) facets.open = true;
  document.title = page.title;
  for (const hidden of form.querySelectorAll("input[type=hidden]")) hidden.remove();
  for (const hidden of page.querySelectorAll("form[data-seek] input[type=hidden]")) form.append(hidden);
  if (push) window.history.pushState(null, "", address);
  else window.history.replaceState(null, "", address);
}

function typed() {
  const asked = new URLSearchParams(new FormData(form));
  if (!box.value.trim()) asked.delete("q");
  const query = asked.toString();
  return window.location.pathname + (query ? `?${query}` : "");
}

box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => show(typed(), { push: false }), WAIT);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  show(typed(), { push: true });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest(".facets a, .heading a, .pager a");
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (!link || !plain || new URL(link.href).pathname !== window.location.pathname) return;
  event.preventDefault();
  show(link.href, { push: true }).then(() => {
    if (link.closest(".pager")) document.getElementById("found").scrollIntoView();
  });
});

window.addEventListener("popstate", () => {
  box.value = new URLSearchParams(window.location.search).get("q") ?? "";
  show(window.location.href, { push: false });
});
