// @ts-check
/**
 * The command palette (Ctrl+K or Cmd+K) and the list of keys (?). The palette asks the server's search page for what
 * it finds; without scripts the same form leads to that page.
 * A single letter that is pressed as a command comes as the event "console-key" of the document, with the letter as its
 * detail; whoever acts on it prevents its default.
 */
const palette = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog[data-palette]"));
const keys = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog[data-keys]"));
const OFF = "summitry-keys-off";
const WAIT = 120;

document.addEventListener("keydown", (event) => {
  if (event.key.length !== 1 || !keysOn(event)) return;
  const command = new CustomEvent("console-key", { detail: event.key, cancelable: true });
  if (!document.dispatchEvent(command)) event.preventDefault();
});
if (palette) enhance(palette);
if (keys) listKeys(keys);

/** @param {HTMLDialogElement} dialog */
function enhance(dialog) {
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  const input = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
  const results = /** @type {HTMLElement} */ (dialog.querySelector("[data-palette-results]"));
  let waiting = 0;
  /** @type {AbortController | null} */
  let asked = null;

  for (const opener of document.querySelectorAll("[data-palette-open]")) {
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      open();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else open();
  });
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(find, WAIT);
  });
  dialog.addEventListener("keydown", (event) => {
    const links = /** @type {HTMLElement[]} */ ([...results.querySelectorAll("a")]);
    const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (event.key === "ArrowDown") (links[at + 1] ?? links[0])?.focus();
    else if (event.key === "ArrowUp") (at > 0 ? links[at - 1] : input)?.focus();
    else if (event.key === "Enter" && document.activeElement === input && links[0] && !waiting) links[0].click();
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });

  function open() {
    if (document.querySelector("dialog[open]")) return;
    dialog.showModal();
    input.select();
    find();
  }

  async function find() {
    waiting = 0;
    asked?.abort();
    asked = new AbortController();
    const address = new URL(form.action);
    address.search = new URLSearchParams({ q: input.value, part: "1" }).toString();
    try {
      const answer = await fetch(address, { signal: asked.signal });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      results.replaceChildren(...page.body.childNodes);
    } catch {
      // A newer question, or no network: the form still leads to the page.
    }
  }
}

/** @param {HTMLDialogElement} dialog */
function listKeys(dialog) {
  const box = /** @type {HTMLInputElement} */ (dialog.querySelector("[data-keys-on]"));
  box.checked = localStorage.getItem(OFF) === null;
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "");
  });
  for (const opener of document.querySelectorAll("[data-keys-open]")) opener.addEventListener("click", () => dialog.showModal());
  document.addEventListener("console-key", (event) => {
    if (/** @type {CustomEvent<string>} */ (event).detail !== "?") return;
    event.preventDefault();
    dialog.showModal();
  });
}

/** Whether a letter is a command now: not while somebody types, nor after she switched it off. @param {KeyboardEvent} event */
function keysOn(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const typing = target.closest('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]');
  const elsewhere = event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]");
  return !typing && !elsewhere && localStorage.getItem(OFF) === null;
}
