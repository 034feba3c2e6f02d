// @ts-check
/**
 * An entry is saved as it is written: <form data-entry="address to save at"> with input[name=edits] and [data-entry-state].
 * Files wait for the button, and so does everything where this module is missing. A page that is behind another window stops
 * saving by itself and says so; what stands on it stays.
 */
export {};

const PAUSE = 2500;
const AGAIN = 15000;

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-entry]"))) keep(form);

/** @param {HTMLFormElement} form */
function keep(form) {
  const state = form.querySelector("[data-entry-state]");
  const edits = /** @type {HTMLInputElement | null} */ (form.querySelector('input[name="edits"]'));
  /** @type {Promise<void> | null} */
  let saving = null;
  let timer = 0;
  let dirty = false;
  let stopped = false;
  let leaving = false;

  /** @param {string} words */
  const say = (words) => { if (state && state.textContent !== words) state.textContent = words; };

  /** @param {number} pause */
  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(() => { saving = save().finally(() => { saving = null; }); }, pause);
  }

  async function save() {
    if (!dirty || stopped || leaving) return;
    dirty = false;
    say(form.dataset.saidSaving ?? "");
    const answer = await fetch(form.dataset.entry ?? "", { method: "POST", body: words(form) }).catch(() => null);
    if (!answer || answer.status >= 500) {
      dirty = true;
      say(form.dataset.saidAway ?? "");
      later(AGAIN);
      return;
    }
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      stopped = true;
      say(told.refused ?? "");
      return;
    }
    if (edits) edits.value = String(told.edits);
    mark(form, told.errors ?? {});
    const part = Object.keys(told.errors ?? {}).length > 0;
    say((dirty ? form.dataset.saidTyping : part ? form.dataset.saidPart : form.dataset.saidSaved) ?? "");
    if (dirty) later(PAUSE);
  }

  form.addEventListener("input", (event) => {
    const control = /** @type {HTMLInputElement} */ (event.target);
    if (control.type === "file" || control.name.endsWith(".clear")) {
      say(form.dataset.saidFile ?? "");
      return;
    }
    dirty = true;
    if (stopped || saving) return;
    say(form.dataset.saidTyping ?? "");
    later(PAUSE);
  });
  addEventListener("online", () => later(0));
  addEventListener("beforeunload", (event) => { if (dirty && !leaving) event.preventDefault(); });
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (!saving) {
      leaving = true;
      return;
    }
    // The answer says which save the page knows of; without it, what was just saved would look like another window's.
    event.preventDefault();
    await saving;
    leaving = true;
    form.requestSubmit(event.submitter);
  });
}

/** What is written on the page, without files. @param {HTMLFormElement} form */
function words(form) {
  const all = new FormData(form);
  const body = new FormData();
  for (const [name, value] of all) {
    if (typeof value === "string" && !name.endsWith(".clear")) body.append(name, value);
  }
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll('input[type="checkbox"]'))) {
    // Several of which none is chosen: an empty answer, not none.
    if (!box.name.endsWith(".clear") && !box.disabled && !all.has(box.name)) body.set(box.name, "");
  }
  return body;
}

/** @param {HTMLFormElement} form @param {Record<string, string[]>} errors */
function mark(form, errors) {
  for (const old of form.querySelectorAll("[data-entry-error]")) old.remove();
  for (const [name, sentences] of Object.entries(errors)) {
    const control = form.querySelector(`[name="${CSS.escape(name)}"], [name^="${CSS.escape(`${name}.`)}"]`);
    const words = document.createElement("p");
    words.className = "error";
    words.dataset.entryError = "";
    words.textContent = sentences.join(" ");
    control?.closest(".field")?.append(words);
  }
}
