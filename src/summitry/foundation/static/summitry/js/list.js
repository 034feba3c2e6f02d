// @ts-check
/**
 * A console list: j and k go from row to row, x chooses, Enter opens; "all on this page", and how many are chosen.
 * The list works without any of this.
 */
export {};

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-list]"));
if (form) enhance(form);

/** @param {HTMLFormElement} list */
function enhance(list) {
  const rows = /** @type {HTMLTableRowElement[]} */ ([...list.querySelectorAll("tr[data-row]")]);
  const boxes = /** @type {HTMLInputElement[]} */ ([...list.querySelectorAll('input[name="row"]')]);
  const page = /** @type {HTMLInputElement | null} */ (list.querySelector("[data-list-page]"));
  const all = /** @type {HTMLInputElement | null} */ (list.querySelector("[data-list-all]"));
  const count = /** @type {HTMLElement | null} */ (list.querySelector("[data-list-count]"));

  function tell() {
    const chosen = boxes.filter((box) => box.checked).length;
    if (page) {
      page.checked = chosen > 0 && chosen === boxes.length;
      page.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    if (count) count.textContent = all?.checked ? "" : chosen ? `${count.dataset.some} ${chosen}` : count.dataset.none ?? "";
  }

  page?.addEventListener("change", () => {
    for (const box of boxes) box.checked = page.checked;
    tell();
  });
  all?.addEventListener("change", () => {
    for (const box of boxes) {
      if (all.checked) box.checked = true;
      box.disabled = all.checked;
    }
    if (page) page.disabled = all.checked;
    tell();
  });
  list.addEventListener("change", tell);
  addEventListener("pageshow", () => {
    if (all?.checked) all.dispatchEvent(new Event("change"));
    tell();
  });

  document.addEventListener("console-key", (event) => {
    const key = /** @type {CustomEvent<string>} */ (event).detail;
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    if (key === "j" || key === "k") {
      const next = at < 0 ? 0 : Math.min(Math.max(at + (key === "j" ? 1 : -1), 0), rows.length - 1);
      const target = /** @type {HTMLElement | null} */ (rows[next]?.querySelector("a[href], input"));
      target?.focus();
      rows[next]?.scrollIntoView({ block: "nearest" });
    } else if (key === "x" && at >= 0) {
      const box = boxes[at];
      if (box && !box.disabled) {
        box.checked = !box.checked;
        tell();
      }
    } else return;
    event.preventDefault();
  });
  tell();
}
