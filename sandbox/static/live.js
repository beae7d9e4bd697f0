// Show what Panel writes as soon as it is written, unless somebody is in the middle of something.
const EVERY = 2000;
const week = document.querySelector("[data-week]");
let held = false;

for (const name of ["pointerdown", "focusin"]) {
  document.addEventListener(name, (event) => {
    held = name === "pointerdown" || event.target.matches("input, select");
  });
}
document.addEventListener("pointerup", () => { held = false; });
document.addEventListener("focusout", () => { held = false; });

async function look() {
  if (held || document.hidden) return;
  const answer = await fetch(week.dataset.pulse).catch(() => null);
  if (!answer || !answer.ok || held) return;
  const { number } = await answer.json();
  if (String(number) !== week.dataset.number) location.reload();
}

setInterval(look, EVERY);
