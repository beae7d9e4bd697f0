/* A page that asks (data-dialog leads to it, data-dialog-part is what it says) opens as a dialog.
   Whatever goes wrong on the way, the page itself opens instead. */
async function fetchPart(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { title: page.querySelector("h1"), part: page.querySelector("[data-dialog-part]") };
}

function build(title, part, address) {
  const dialog = document.createElement("dialog");
  const heading = document.createElement("h2");
  heading.id = "dialog-title";
  heading.textContent = title.textContent;
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.append(heading, document.adoptNode(part));
  for (const form of dialog.querySelectorAll("form:not([action])")) form.action = address;
  // The quiet way out leads back to the page one is on: here it only closes.
  for (const quiet of dialog.querySelectorAll("a[data-stay]")) {
    quiet.setAttribute("autofocus", "");
    quiet.addEventListener("click", (event) => { event.preventDefault(); dialog.close(); });
  }
  dialog.addEventListener("close", () => dialog.remove());
  return dialog;
}

async function open(address) {
  try {
    const { title, part } = await fetchPart(address);
    const dialog = build(title, part, address);
    document.body.append(dialog);
    dialog.showModal();
  } catch {
    window.location.assign(address);
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-dialog]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link.href);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-dialog]")) return;
  event.preventDefault();
  open(form.action);
});
