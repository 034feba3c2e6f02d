// @ts-check
/** Dialogs that ask for a word more. They close on Escape, and the scan field has the focus again. */
import { NoLine } from "./desk-link.js";

/** @typedef {(values: Record<string, string>) => Promise<string>} Deed does it and returns what is to be said */

export class Dialogs {
  /** @param {HTMLElement} root @param {Record<string, string>} words @param {Record<string, Deed>} deeds @param {(said: string) => void} onclose */
  constructor(root, words, deeds, onclose) {
    this.root = root;
    this.words = words;
    for (const dialog of /** @type {NodeListOf<HTMLDialogElement>} */ (root.querySelectorAll("dialog"))) {
      const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
      for (const button of dialog.querySelectorAll("[data-close]")) button.addEventListener("click", () => dialog.close());
      dialog.addEventListener("close", () => onclose(dialog.returnValue));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const deed = deeds[form.dataset.form ?? ""];
        if (deed) void this.do(dialog, form, deed);
      });
    }
  }

  /** @param {string} name @param {string} [whom] */
  open(name, whom = "") {
    const dialog = /** @type {HTMLDialogElement} */ (this.root.querySelector(`[data-dialog="${name}"]`));
    const place = dialog.querySelector("[data-whom]");
    if (place) place.textContent = whom;
    dialog.querySelector("form")?.reset();
    this.complain(dialog, "");
    dialog.returnValue = "";
    dialog.showModal();
    return dialog;
  }

  /** @param {HTMLDialogElement} dialog @param {HTMLFormElement} form @param {Deed} deed */
  async do(dialog, form, deed) {
    const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));
    const button = /** @type {HTMLButtonElement} */ (form.querySelector(".button-primary"));
    button.disabled = true;
    try {
      dialog.close(await deed(values));
    } catch (error) {
      this.complain(dialog, error instanceof NoLine ? this.words.needs_line : error instanceof Error ? error.message : String(error));
    } finally {
      button.disabled = false;
    }
  }

  /** @param {HTMLDialogElement} dialog @param {string} sentence */
  complain(dialog, sentence) {
    const place = /** @type {HTMLElement | null} */ (dialog.querySelector("[data-error]"));
    if (!place) return;
    place.hidden = !sentence;
    place.textContent = sentence;
  }
}
