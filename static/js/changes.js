/* Knows whether a form with data-changes has been changed: its save bar then appears and sticks.
   Also leads to the first field to be put right. */
function values(form) {
  return new URLSearchParams(new FormData(form)).toString();
}

const asLoaded = new WeakMap();

function look(form) {
  if (!asLoaded.has(form)) return;
  form.toggleAttribute("data-changed", values(form) !== asLoaded.get(form));
}

function watch(form) {
  asLoaded.set(form, values(form));
}

function watchAll(root) {
  root.querySelectorAll("form[data-changes]").forEach(watch);
}

document.addEventListener("input", (event) => event.target.form && look(event.target.form));
document.addEventListener("reset", (event) => setTimeout(() => look(event.target)));
document.addEventListener("htmx:load", (event) => {
  watchAll(event.detail.elt);
  const around = event.detail.elt.closest?.("form");
  if (around) look(around);
});
watchAll(document);

const wrong = document.querySelector("[aria-invalid='true']");
wrong?.focus({ preventScroll: true });
wrong?.scrollIntoView({ block: "center" });
