// @ts-check
/**
 * Says each minute that a guest's page of a session is open, and that it is closed: site/attend.html.
 * A page in the background is open, too: whoever listens need not look.
 */
for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-attend]"))) attend(place);

/** @param {HTMLElement} place */
function attend(place) {
  const address = place.dataset.attend ?? "";
  const on = /** @type {HTMLElement | null} */ (place.querySelector("[data-attend-on]"));
  const off = /** @type {HTMLElement | null} */ (place.querySelector("[data-attend-off]"));
  const join = /** @type {HTMLElement | null} */ (place.querySelector("[data-attend-join]"));
  let isOver = false;
  const timer = setInterval(() => void beat(), Number(place.dataset.beat ?? "60") * 1000);
  addEventListener("pagehide", () => isOver || navigator.sendBeacon(address, message("leave")));
  addEventListener("pageshow", (event) => event.persisted && void beat());
  void beat();

  async function beat() {
    if (isOver) return;
    const answer = await fetch(address, { method: "POST", body: message("beat") }).catch(() => null);
    if (answer && !answer.ok && answer.status < 500 && answer.status !== 429) {
      isOver = true;
      clearInterval(timer);
    }
    if (on) on.hidden = !answer?.ok;
    if (off) off.hidden = Boolean(answer?.ok);
    if (join && answer?.ok) join.hidden = true;
  }
}

/** @param {string} what */
function message(what) {
  return new URLSearchParams({ what });
}
