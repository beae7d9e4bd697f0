/* A fragment that refreshes itself waits while somebody is busy in it: choosing, or in a dialog. */
document.addEventListener("htmx:beforeRequest", (event) => {
  const part = event.detail.elt;
  if (!part.matches("[data-announce]")) return;
  const choosing = part.querySelector("form[data-changed], select:focus, [aria-busy='true']");
  if (choosing || document.querySelector("dialog[open]")) event.preventDefault();
});

/* What comes back is another page where one is no longer signed in: then the page itself says so. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr } = event.detail;
  if (!target.matches("[data-announce]") || xhr.responseText.includes(`id="${target.id}"`)) return;
  event.detail.shouldSwap = false;
  window.location.reload();
});

// Whoever comes back from Microsoft by the browser's own button sees how it stands now.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && document.getElementById("outlook-card")) window.location.reload();
});
