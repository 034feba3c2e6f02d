// @ts-check
/** Keeps the page of a badge on the telephone. <article data-carried="address of the worker"> with [data-carried-kept]. */
export {};

const badge = /** @type {HTMLElement | null} */ (document.querySelector("[data-carried]"));
if (badge && "serviceWorker" in navigator) keep(badge);

/** @param {HTMLElement} shown */
async function keep(shown) {
  try {
    await navigator.serviceWorker.register(shown.dataset.carried ?? "");
    await navigator.serviceWorker.ready;
    const told = shown.querySelector("[data-carried-kept]");
    if (told) /** @type {HTMLElement} */ (told).hidden = false;
  } catch {
    // Not kept, then: the page works with a line.
  }
}
