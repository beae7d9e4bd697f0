/* Says once and politely what has changed by itself: the data-announce of a fragment that was swapped in. */
const announcer = document.getElementById("announcer");
const said = new Map();

function remember(part) {
  const before = said.get(part.id);
  said.set(part.id, part.dataset.announce);
  return before;
}

export function announce(words) {
  announcer.textContent = words;
}

document.querySelectorAll("[data-announce]").forEach(remember);

document.addEventListener("htmx:load", (event) => {
  const part = event.detail.elt;
  if (part.dataset?.announce && remember(part) !== part.dataset.announce) {
    announce(part.dataset.announce);
  }
});
