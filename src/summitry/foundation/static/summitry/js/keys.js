// @ts-check
/** Whether single letters are keys: not while somebody types, and not after she switched it off (see the list of keys). */
export const OFF = "summitry-keys-off";

/** @param {KeyboardEvent} event */
export function keysOn(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const typing = target.closest('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]');
  const elsewhere = event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]");
  return !typing && !elsewhere && localStorage.getItem(OFF) === null;
}
