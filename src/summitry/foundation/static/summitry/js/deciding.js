// @ts-check
/**
 * A page of decisions by keyboard: each link and choice names its key; Ctrl+Enter sends the form. It works without this.
 */
export {};

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-decide]"));

document.addEventListener("console-key", (event) => {
  const key = /** @type {CustomEvent<string>} */ (event).detail;
  const target = /** @type {HTMLElement | null} */ (document.querySelector(`[data-key="${CSS.escape(key)}"]`));
  if (!target) return;
  event.preventDefault();
  target.click();
  if (target instanceof HTMLInputElement) form?.querySelector("textarea")?.focus();
});

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit();
});
