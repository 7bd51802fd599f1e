// A form marked data-swap="id" is sent without leaving the page, and the element of that id is replaced by its
// new self from the answer. Without script the same form is sent and the page loads anew at that element.

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-swap]");
  if (!form || !window.fetch) return;
  event.preventDefault();
  const id = form.dataset.swap;
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(id);
    if (!answer.ok || !fresh) throw new Error(`answer ${answer.status}`);
    document.getElementById(id).replaceWith(fresh);
    const lede = page.querySelector(".lede");
    if (lede) document.querySelector(".lede")?.replaceWith(lede);
    fresh.tabIndex = -1;
    fresh.focus({ preventScroll: true });
  } catch {
    form.removeAttribute("data-swap"); // the plain way shows what is wrong
    button.disabled = false;
    form.requestSubmit(button);
  }
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
