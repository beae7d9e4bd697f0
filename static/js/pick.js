/* A free time that is pressed is written into its field at once, instead of by the server. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-pick]");
  if (!button) return;
  event.preventDefault();
  const field = document.getElementById(button.dataset.pick);
  field.value = button.value;
  for (const one of document.querySelectorAll("[data-pick]")) {
    one.setAttribute("aria-pressed", String(one === button));
  }
});
