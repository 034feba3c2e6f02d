// @ts-check
/**
 * An entry on a juror's table: marks by number keys, ways by letters, saving by itself, and the discussion as it grows.
 * Without this module the review is an ordinary form.
 */
import { listen } from "./live.js";
import { Saving } from "./panel-saving.js";

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-review]"));
const scales = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".panel-scale")]);
const table = /** @type {HTMLDetailsElement | null} */ (document.querySelector("[data-panel-table]"));
const WIDE = "(width >= 96rem)";

if (table && matchMedia(WIDE).matches) table.open = true;
table?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
if (form && form.dataset.mayWrite !== undefined) write(form);
document.addEventListener("console-key", pressed);
for (const section of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-discussion]"))) discuss(section);

/** @param {HTMLFormElement} form */
function write(form) {
  const saving = new Saving(form, (answer, wish) => {
    location.assign(wish === "next" && form.dataset.next ? form.dataset.next : answer.receipt);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    saving.hand(button?.value || "submit");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !document.querySelector("dialog[open]")) {
      if (event.target instanceof Element && event.target.closest("[data-talk]")) return;
      event.preventDefault();
      saving.hand(form.dataset.next ? "next" : "submit");
    } else if (event.key === "Escape" && event.target instanceof HTMLTextAreaElement) {
      /** @type {HTMLElement | null} */ (scales[0]?.querySelector("input:checked, input"))?.focus();
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]:not([download])") : null;
    if (!link || navigator.onLine || link.getAttribute("href")?.startsWith("#")) return;
    event.preventDefault(); // an empty error page instead of the dossier would help nobody
    saving.tell("kept");
  });
  if (form.dataset.topic) {
    listen([form.dataset.topic], ({ first }) => {
      if (!first) void saving.look();
    });
  }
  form.dataset.ready = "";
}

/** @param {Event} event */
function pressed(event) {
  const key = /** @type {CustomEvent<string>} */ (event).detail;
  if (/^[0-9]$/.test(key)) {
    if (!mark(key)) return;
  } else if (key === "c") document.querySelector("textarea")?.focus();
  else if (key === "d") document.getElementById("dossier")?.focus();
  else {
    const way = /** @type {HTMLElement | null} */ (document.querySelector(`[data-key="${CSS.escape(key)}"]`));
    if (!way) return;
    way.click();
  }
  event.preventDefault();
}

/** Gives a mark to the criterion in focus, or to the first without one, and goes on to the next. @param {string} digit */
function mark(digit) {
  const own = document.activeElement?.closest(".panel-scale");
  const at = own ? scales.indexOf(/** @type {HTMLElement} */ (own)) : Math.max(0, scales.findIndex((scale) => !isMarked(scale)));
  const scale = /** @type {HTMLFieldSetElement | undefined} */ (scales[at]);
  if (!scale || scale.disabled) return false;
  const typed = /** @type {HTMLInputElement | null} */ (scale.querySelector('input[type="number"]'));
  const radio = /** @type {HTMLInputElement | null} */ (scale.querySelector(`[data-digit="${digit}"]`));
  if (typed) {
    typed.value = digit;
    typed.focus();
  } else if (radio) {
    radio.checked = true;
    radio.focus();
  } else return false;
  (typed ?? radio)?.dispatchEvent(new Event("change", { bubbles: true }));
  if (!typed) /** @type {HTMLElement | null | undefined} */ (scales[at + 1]?.querySelector("input:checked, input"))?.focus();
  return true;
}

/** @param {HTMLElement} scale */
function isMarked(scale) {
  const given = /** @type {HTMLInputElement | null} */ (scale.querySelector('input:checked, input[type="number"]'));
  return Boolean(given?.value);
}

/** @param {HTMLElement} section */
function discuss(section) {
  const address = section.dataset.discussionUrl ?? "";
  section.addEventListener("submit", (event) => {
    event.preventDefault();
    void fetched({ method: "POST", body: new FormData(/** @type {HTMLFormElement} */ (event.target)) }, false);
  });
  if (section.dataset.discussion) {
    listen([section.dataset.discussion], ({ first }) => {
      if (!first) void fetched({}, true);
    });
  }

  /** What is being typed stays while the rest is shown anew. @param {RequestInit} ask @param {boolean} isNews */
  async function fetched(ask, isNews) {
    const answer = await fetch(address, { ...ask, headers: { "X-Fragment": "1" } }).catch(() => null);
    if (!answer || ![200, 422].includes(answer.status) || answer.redirected) return;
    const typed = section.querySelector("textarea");
    const hasFocus = typed === document.activeElement;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    section.replaceChildren(...fresh.body.childNodes);
    const box = section.querySelector("textarea");
    if (!box) return;
    if (isNews && typed) box.value = typed.value;
    if (hasFocus) box.focus();
  }
}
