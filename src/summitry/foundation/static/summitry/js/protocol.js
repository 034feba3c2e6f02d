// @ts-check
/**
 * Dragging in protocol's lists and plans. It only fills in the form that is there without it: a person dropped in an order
 * gets her new place, and the reason is asked for; a guest dropped on a seat presses that seat's button.
 */

let dragged = /** @type {HTMLElement | null} */ (null);

/** @param {Event} event @param {string} selector @returns {HTMLElement | null} */
function near(event, selector) {
  return event.target instanceof Element ? event.target.closest(selector) : null;
}

/** @param {HTMLElement | null} target */
function mark(target) {
  for (const other of document.querySelectorAll(".is-target")) if (other !== target) other.classList.remove("is-target");
  target?.classList.add("is-target");
}

/** @param {Event} event @returns {HTMLElement | null} Where the dragged person may be dropped. */
function targetOf(event) {
  const target = near(event, "[data-place], [data-seat]");
  return dragged && target && target !== dragged && target.closest("form") === dragged.closest("form") ? target : null;
}

document.addEventListener("dragstart", (event) => {
  dragged = near(event, "[draggable='true']");
  if (!dragged || !event.dataTransfer) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.textContent?.trim() ?? "");
  const choice = dragged.querySelector("input[type='radio']");
  if (choice instanceof HTMLInputElement) choice.checked = true;
});

document.addEventListener("dragover", (event) => {
  const target = targetOf(event);
  if (!target) return;
  event.preventDefault();
  mark(target);
});

document.addEventListener("dragend", () => {
  dragged = null;
  mark(null);
});

document.addEventListener("drop", (event) => {
  const target = targetOf(event);
  if (!target) return;
  event.preventDefault();
  const form = target.closest("form");
  if (target.dataset.place) {
    const to = form?.querySelector("input[name='to']");
    const reason = form?.querySelector("input[name='reason']");
    if (to instanceof HTMLInputElement) to.value = target.dataset.place;
    if (reason instanceof HTMLInputElement) reason.focus();
    return;
  }
  const seat = target.querySelector("button[name='seat']");
  if (seat instanceof HTMLButtonElement) seat.click();
});
