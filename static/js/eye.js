/* An eye in a password field, to see what one types. */
function look(button) {
  const field = document.getElementById(button.dataset.eye);
  const shown = field.type === "text";
  field.type = shown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!shown));
  const icon = button.querySelector("use");
  const [sprite] = icon.getAttribute("href").split("#");
  icon.setAttribute("href", `${sprite}#${shown ? "eye" : "eye-slash"}`);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-eye]");
  if (button) look(button);
});
