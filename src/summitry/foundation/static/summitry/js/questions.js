// @ts-check
/**
 * Questions that hang on the answer of another one: hidden while it is another answer, and not sent then.
 * <form data-questions> with [data-asked-if="name"][data-asked-in="value value"] around such a question. Without this module
 * all are there, each with the words of [data-condition].
 */
export {};

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-questions]"))) {
  for (const words of form.querySelectorAll("[data-condition]")) words.setAttribute("hidden", "");
  form.addEventListener("change", () => show(form));
  show(form);
}

/** @param {HTMLFormElement} form */
function show(form) {
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-asked-if]"))) {
    const wanted = (part.dataset.askedIn ?? "").split(" ");
    const hidden = !answers(form, part.dataset.askedIf ?? "").some((value) => wanted.includes(value));
    part.hidden = hidden;
    for (const control of /** @type {NodeListOf<HTMLInputElement>} */ (part.querySelectorAll("input, select, textarea"))) {
      control.disabled = hidden;
    }
  }
}

/**
 * What is answered in a field that is itself asked.
 * @param {HTMLFormElement} form @param {string} name
 */
function answers(form, name) {
  const controls = /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (
    form.querySelectorAll(`[name="${CSS.escape(name)}"]`)
  );
  return [...controls]
    .filter((control) => !control.disabled && (!(control instanceof HTMLInputElement) || control.checked))
    .map((control) => control.value);
}
