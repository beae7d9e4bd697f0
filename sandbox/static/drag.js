// Drag an entry to another time. The form behind each entry does the same without this.
const STEP = 15;
const week = document.querySelector("[data-week]");

function local(day, minutes) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCMinutes(minutes);
  return { dateTime: date.toISOString().slice(0, 19), timeZone: week.dataset.zone };
}

function hourHeight() {
  return week.querySelector(".hour").getBoundingClientRect().height;
}

function dayUnder(x) {
  return [...week.querySelectorAll(".day")].find((day) => {
    const { left, right } = day.getBoundingClientRect();
    return x >= left && x < right;
  });
}

async function move(block, day, at) {
  const minutes = Number(block.dataset.minutes);
  const answer = await fetch(`${week.dataset.events}/${encodeURIComponent(block.dataset.id)}`, {
    method: "PATCH",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ start: local(day, at), end: local(day, at + minutes) }),
  });
  if (answer.ok) {
    location.reload();
    return;
  }
  const problem = document.getElementById("dragged");
  problem.textContent = (await answer.json()).error.message;
  problem.hidden = false;
  block.classList.remove("dragged");
}

function drag(block, begin) {
  const grabbed = begin.clientY;
  let wanted = null;

  function follow(event) {
    const steps = Math.round(((event.clientY - grabbed) / hourHeight()) * (60 / STEP));
    const day = dayUnder(event.clientX);
    const at = Number(block.dataset.at) + steps * STEP;
    if (!day || at < 0 || at + Number(block.dataset.minutes) > 1440) return;
    if (!wanted && steps === 0 && day === block.parentElement) return;
    wanted = { day, at };
    block.classList.add("dragged");
    block.className = block.className.replace(/\bat-\d+/, `at-${at - (at % 5)}`);
    day.append(block);
  }

  function drop() {
    window.removeEventListener("pointermove", follow);
    if (!wanted) return;
    block.addEventListener("click", (event) => event.preventDefault(), { once: true });
    move(block, wanted.day.dataset.day, wanted.at);
  }

  window.addEventListener("pointermove", follow);
  window.addEventListener("pointerup", drop, { once: true });
}

for (const block of week.querySelectorAll(".day .block[data-id]")) {
  block.addEventListener("pointerdown", (event) => event.button === 0 && drag(block, event));
}

for (const form of document.querySelectorAll("form[data-send]")) {
  form.addEventListener("change", () => form.requestSubmit());
}
