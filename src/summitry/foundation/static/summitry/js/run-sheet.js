// @ts-check
/** The cue sheet: Alt with an arrow moves the cue in which somebody is; after a move the keyboard is where it was. */
export {};

const sheet = /** @type {HTMLElement | null} */ (document.querySelector("[data-run-sheet]"));
sheet?.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const row = /** @type {HTMLElement} */ (event.target).closest("tr");
  const way = event.key === "ArrowUp" ? "up" : "down";
  const button = /** @type {HTMLButtonElement | null | undefined} */ (row?.querySelector(`[data-move="${way}"]`));
  if (!button) return;
  event.preventDefault();
  button.click();
});

const row = location.hash ? document.getElementById(location.hash.slice(1)) : null;
if (row && sheet?.contains(row)) row.focus();

document.querySelector("[data-print]")?.addEventListener("click", () => print());
