/* A button that works longer than a moment shows it: a spinner and its verb, at the same width. */
const MOMENT = 1000;

function show(button) {
  button.style.minWidth = `${button.offsetWidth}px`;
  button.setAttribute("aria-busy", "true");
  const words = button.querySelector("span:last-child");
  button.dataset.words = words.textContent;
  words.textContent = button.dataset.busy;
}

function rest(button) {
  if (!button.dataset.words) return;
  button.querySelector("span:last-child").textContent = button.dataset.words;
  button.removeAttribute("aria-busy");
  delete button.dataset.words;
}

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.dataset.busy && !event.defaultPrevented) setTimeout(() => show(button), MOMENT);
});

// A page that comes back from the browser's memory is at rest again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("[aria-busy][data-words]").forEach(rest);
});
