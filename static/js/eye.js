/* An eye in a password field, to see what one types. */
function drawEye(icons) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-icon";
  button.setAttribute("aria-label", "Show the password");
  button.setAttribute("aria-pressed", "false");
  button.innerHTML = `<svg class="icon" aria-hidden="true"><use href="${icons}#eye"></use></svg>`;
  return button;
}

const icons = document.querySelector("use")?.getAttribute("href").split("#")[0];

for (const holder of document.querySelectorAll("[data-eye]")) {
  const field = holder.querySelector("input");
  const button = drawEye(icons);
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
    button.querySelector("use").setAttribute("href", `${icons}#${shown ? "eye" : "eye-slash"}`);
  });
  holder.append(button);
}
