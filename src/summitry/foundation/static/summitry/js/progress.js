// @ts-check
/**
 * Moves the bar of work under way, and goes on once it has ended (components/job_progress.html).
 * Asks often at first, for most work is short; less often later, and seldom in a tab that nobody looks at.
 */
export {};

/** Milliseconds between two looks, from which one on. */
const PACES = [[0, 400], [10_000, 1_000], [60_000, 2_500]];
const HIDDEN_PACE = 10_000;

for (const box of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-progress]"))) watch(box);

/** @param {HTMLElement} box */
async function watch(box) {
  const begun = Date.now();
  for (;;) {
    await pause(begun);
    const answer = await look(box.dataset.progress ?? "");
    if (answer === "unreachable") continue;
    if (answer === "refused" || answer.ended) {
      location.replace(box.dataset.progressPage ?? location.href);
      return;
    }
    show(box, answer);
  }
}

/** @param {number} begun */
function pause(begun) {
  const waited = Date.now() - begun;
  const pace = PACES.findLast(([from]) => waited >= from)?.[1] ?? HIDDEN_PACE;
  return new Promise((resolve) => {
    const timer = setTimeout(done, document.hidden ? HIDDEN_PACE : pace);
    document.addEventListener("visibilitychange", done, { once: true });
    function done() {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", done);
      resolve(undefined);
    }
  });
}

/**
 * @param {string} address
 * @returns {Promise<"unreachable" | "refused" | {ended: boolean, percent: number | null, share: string, stage: string, note: string}>}
 */
async function look(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (response.ok) return await response.json();
    return response.status >= 500 ? "unreachable" : "refused";
  } catch {
    return "unreachable";
  }
}

/** @param {HTMLElement} box @param {{percent: number | null, share: string, stage: string, note: string}} answer */
function show(box, answer) {
  const bar = box.querySelector("progress");
  if (bar && answer.percent !== null) bar.value = answer.percent;
  else bar?.removeAttribute("value");
  say(box.querySelector("[data-progress-percent]"), answer.share);
  say(box.querySelector("[data-progress-stage]"), answer.stage);
  const note = /** @type {HTMLElement | null} */ (box.querySelector("[data-progress-note]"));
  if (note) note.hidden = !answer.note;
  say(note?.querySelector("span") ?? null, answer.note);
}

/** Only what changed, so that a screen reader speaks once. @param {Element | null} element @param {string} text */
function say(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
