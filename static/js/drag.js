/* An appointment is dragged to another time of the calendar. Nothing is moved by that: its Move form
   opens with that time filled in, says what stands in the way, and asks. By finger one scrolls. */
const NEAR = 6;  // pixels: a press that stays so near is a click
let drag = null;
let dragged = false;

const two = (number) => String(number).padStart(2, "0");
const wall = (minutes) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

function said(minutes, grid) {
  if (grid.dataset.hours !== "12") return wall(minutes);
  const hour = Math.floor(minutes / 60);
  return `${hour % 12 || 12}:${two(minutes % 60)} ${hour < 12 ? "am" : "pm"}`;
}

/* The day under the pointer, and the minute after midnight at which the appointment would begin. */
function where(event) {
  const { first, last, step } = drag.grid.dataset;
  const under = [...drag.grid.querySelectorAll(".day")].find((day) => {
    const box = day.getBoundingClientRect();
    return box.width && event.clientX >= box.left && event.clientX < box.right;
  });
  const day = under ?? drag.slot.closest(".day");
  const box = day.querySelector(".hours").getBoundingClientRect();
  const perMinute = box.height / (last - first);
  const minute = Number(first) + (event.clientY - drag.grab - box.top) / perMinute;
  const at = Math.round(minute / step) * step;
  return { day, at: Math.min(Math.max(at, first), last - step) };
}

function lift() {
  const ghost = drag.slot.cloneNode(true);
  ghost.inert = true;
  const time = document.createElement("span");
  time.className = "ghost-time";
  ghost.append(time);
  drag.slot.classList.add("slot-lifted");
  document.body.classList.add("dragging");
  return ghost;
}

function follow(event) {
  drag.ghost ??= lift();
  const { day, at } = drag.to = where(event);
  const lasts = [...drag.slot.classList].find((name) => name.startsWith("for-"));
  drag.ghost.className = `slot slot-ghost ${lasts} at-${at - drag.grid.dataset.first}`;
  drag.ghost.querySelector(".ghost-time").textContent = said(at, drag.grid);
  day.querySelector(".hours > ul").append(drag.ghost);
}

function letGo() {
  for (const ghost of document.querySelectorAll(".slot-ghost")) ghost.remove();
  document.querySelector(".slot-lifted")?.classList.remove("slot-lifted");
  document.body.classList.remove("dragging");
  drag = null;
}

document.addEventListener("pointerdown", (event) => {
  dragged = false;
  const entry = event.target.closest("[data-move]");
  if (!entry || event.button !== 0 || event.pointerType === "touch") return;
  const slot = entry.closest(".slot");
  const grab = event.clientY - slot.getBoundingClientRect().top;
  drag = { entry, slot, grab, grid: entry.closest(".calendar"), x: event.clientX, y: event.clientY };
});

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > NEAR;
  if (drag.ghost || far) follow(event);
});

document.addEventListener("pointerup", () => {
  if (!drag?.ghost) { drag = null; return; }
  dragged = true;
  const { entry, slot, to: { day, at } } = drag;
  if (day === slot.closest(".day") && at === Number(entry.dataset.at)) { letGo(); return; }
  window.location.assign(`${entry.dataset.move}?date=${day.dataset.day}&time=${wall(at)}`);
  drag = null;
});

document.addEventListener("pointercancel", letGo);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drag) return;
  dragged = Boolean(drag.ghost);
  letGo();
});
// The browser's own dragging of links, and the click at the end of ours.
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.("[data-move]")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  if (dragged && event.target.closest("[data-move]")) event.preventDefault();
  dragged = false;
}, true);
// Whoever comes back finds everything where it was.
window.addEventListener("pageshow", letGo);
