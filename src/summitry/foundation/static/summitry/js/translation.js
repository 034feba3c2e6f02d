// @ts-check
/**
 * The translation workbench: texts are saved one by one without leaving the page, by keyboard; what is typed is looked at
 * while it is typed. Without this module every text is an ordinary form.
 * [data-workbench] holds [data-card] with a form; data-look is where words are sent to be looked at.
 */
import { listen } from "./live.js";

const LOOK_AFTER = 600;
const NEAR_LIMIT = 0.7;
const bench = /** @type {HTMLElement | null} */ (document.querySelector("[data-workbench]"));
/** @type {WeakMap<HTMLFormElement, number>} */
const timers = new WeakMap();

if (bench) {
  bench.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = /** @type {HTMLButtonElement | null} */ (/** @type {SubmitEvent} */ (event).submitter);
    void save(/** @type {HTMLFormElement} */ (event.target), button?.value ?? "reviewed", false);
  });
  bench.addEventListener("input", (event) => typed(event.target));
  bench.addEventListener("keydown", pressed);
  bench.addEventListener("click", clicked);
  for (const area of bench.querySelectorAll("textarea")) count(area);
  if (bench.dataset.topic) {
    listen([bench.dataset.topic], ({ kind, texts, lang }) => {
      if (kind !== "saved" || lang !== bench.dataset.lang || !Array.isArray(texts)) return;
      for (const text of texts) void refresh(String(text));
    });
  }
  addEventListener("beforeunload", (event) => {
    if (bench.querySelector(".is-unsaved")) event.preventDefault();
  });
}

/** @param {EventTarget | null} target */
function typed(target) {
  if (!(target instanceof HTMLTextAreaElement) || !target.form) return;
  const { form } = target;
  const unsaved = target.value !== target.defaultValue;
  cardOf(form).classList.toggle("is-unsaved", unsaved);
  tell(form, unsaved ? (bench?.dataset.unsaved ?? "") : "");
  count(target);
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => look(form), LOOK_AFTER));
}

/** Shows what is to be said of the words that are being typed. @param {HTMLFormElement} form */
async function look(form) {
  const place = form.querySelector("[data-remarks]");
  if (!place || !form.dataset.look) return;
  const answer = await fetch(form.dataset.look, { method: "POST", body: new FormData(form), headers: { "X-Fragment": "1" } }).catch(() => null);
  if (!answer?.ok || !place.isConnected) return;
  const said = new DOMParser().parseFromString(await answer.text(), "text/html");
  place.replaceChildren(...said.body.childNodes);
}

/** Saves one text and shows its card anew. @param {HTMLFormElement} form @param {string} state @param {boolean} goOn */
async function save(form, state, goOn) {
  const card = cardOf(form);
  const body = new FormData(form);
  body.set("state", state);
  clearTimeout(timers.get(form));
  const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "1" } }).catch(() => null);
  if (!answer || ![200, 409, 422].includes(answer.status)) {
    tell(form, bench?.dataset.failed ?? "");
    return;
  }
  const fresh = fragment(await answer.text());
  if (!fresh) return;
  const next = goOn && answer.ok ? neighbour(card, 1) : null;
  card.replaceWith(fresh);
  if (!answer.ok) fresh.classList.add("is-unsaved");
  const area = fresh.querySelector("textarea");
  if (area) count(area);
  if (next) focusOn(next);
  else area?.focus();
}

/** Shows what somebody else has saved, unless something is being typed there. @param {string} text */
async function refresh(text) {
  const card = /** @type {HTMLElement | null} */ (bench?.querySelector(`[data-card="${CSS.escape(text)}"]`) ?? null);
  const form = card?.querySelector("form");
  if (!card || !form || card.classList.contains("is-unsaved") || card.contains(document.activeElement)) return;
  const answer = await fetch(form.action, { headers: { "X-Fragment": "1" } }).catch(() => null);
  const fresh = answer?.ok ? fragment(await answer.text()) : null;
  if (fresh && !card.classList.contains("is-unsaved")) card.replaceWith(fresh);
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  const area = event.target;
  if (!(area instanceof HTMLTextAreaElement) || !area.form) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    void save(area.form, event.shiftKey ? "machine" : "reviewed", true);
  } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const next = neighbour(cardOf(area.form), event.key === "ArrowDown" ? 1 : -1);
    if (next) focusOn(next);
  }
}

/** Inserts a term, takes a whole text, or somebody else's. @param {MouseEvent} event */
function clicked(event) {
  const button = /** @type {HTMLElement} */ (event.target).closest("button");
  const card = button?.closest("[data-card]");
  const area = card?.querySelector("textarea");
  if (!button || !card || !area) return;
  if (button.dataset.insert !== undefined) area.setRangeText(button.dataset.insert, area.selectionStart, area.selectionEnd, "end");
  else if (button.dataset.whole !== undefined) area.value = button.dataset.whole;
  else if (button.dataset.take !== undefined) area.value = card.querySelector(".mt-theirs .mt-source")?.textContent ?? area.value;
  else return;
  area.focus();
  typed(area);
}

/** @param {HTMLTextAreaElement} area */
function count(area) {
  const longest = Number(area.dataset.longest);
  const place = area.form?.querySelector("[data-count]");
  if (!longest || !place) return;
  const length = [...area.value].length;
  place.textContent = length > longest * NEAR_LIMIT ? `${length} / ${longest}` : "";
  place.classList.toggle("is-over", length > longest);
}

/** @param {HTMLFormElement} form @returns {HTMLElement} */
function cardOf(form) {
  return /** @type {HTMLElement} */ (form.closest("[data-card]"));
}

/** @param {HTMLFormElement} form @param {string} words */
function tell(form, words) {
  const place = form.querySelector("[data-told]");
  if (place) place.textContent = words;
}

/** @param {string} html @returns {HTMLElement | null} */
function fragment(html) {
  return /** @type {HTMLElement | null} */ (new DOMParser().parseFromString(html, "text/html").querySelector("[data-card]"));
}

/** @param {HTMLElement} card @param {number} step @returns {HTMLElement | undefined} */
function neighbour(card, step) {
  const cards = /** @type {HTMLElement[]} */ ([...(bench?.querySelectorAll("[data-card]") ?? [])]);
  return cards[cards.indexOf(card) + step];
}

/** @param {HTMLElement} card */
function focusOn(card) {
  card.querySelector("textarea")?.focus();
  card.scrollIntoView({ block: "nearest" });
}
