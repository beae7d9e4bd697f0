/* The zone of this device, where nobody has chosen one yet: in a list it is chosen, and times that
   customers see are asked for in it. The address then says so, and the page names it. */
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const list of document.querySelectorAll("select[data-guess='zone']:not([aria-invalid])")) {
  if ([...list.options].some((one) => one.value === here)) list.value = here;
}

function inThisZone(address) {
  const to = new URL(address, window.location);
  if (!to.searchParams.has("zone")) to.searchParams.set("zone", here);
  return to.href;
}

const shown = document.querySelector("[data-zone]")?.dataset.zone;
if (shown && here && here !== shown) {
  for (const offer of document.querySelectorAll("a.offer")) offer.href = inThisZone(offer.href);
  // Whoever came by a link straight to the times: the same page once more, in their zone.
  if (document.querySelector(".zone-choice")) {
    const there = inThisZone(window.location.href);
    if (there !== window.location.href) window.location.replace(there);
  }
}
