/* A toast leaves after eight seconds; it stays while one points at it or is in it. */
const STAY = 8000;

for (const toast of document.querySelectorAll(".toast")) {
  let timer;
  const start = () => { timer = setTimeout(() => toast.remove(), STAY); };
  const pause = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", pause);
  toast.addEventListener("focusin", pause);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusout", start);
  toast.querySelector("[data-close]").addEventListener("click", () => { pause(); toast.remove(); });
  start();
}
