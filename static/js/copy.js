/* Copies what stands in a field, and says so. */
import { announce } from "./announce.js";

const SHOWN = 2000;

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    field.select();  // not allowed here: one key is left to press
    return;
  }
  const words = button.querySelector("span");
  const before = words.textContent;
  words.textContent = "Copied";
  announce("Copied");
  setTimeout(() => { words.textContent = before; }, SHOWN);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});
