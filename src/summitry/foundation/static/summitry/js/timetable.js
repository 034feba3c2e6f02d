// @ts-check
/**
 * The timetable: what is on now, a filter that answers while typing, arrow keys.
 * The page is the same for every visitor and good for some minutes; this module keeps it at the minute. Pages without
 * <div data-timetable> have it for their lists of sessions.
 */
export {};
/** @typedef {{ element: HTMLElement, start: number, end: number, text: string }} Cell */

const root = /** @type {HTMLElement | null} */ (document.querySelector("[data-timetable]"));
start(root ?? document.body);

/** @param {HTMLElement} timetable */
function start(timetable) {
  const cells = [.../** @type {NodeListOf<HTMLElement>} */ (timetable.querySelectorAll(".tt-cell"))].map(readCell);
  followTheMinute(timetable, cells);
  moveByArrows(timetable);
  filterWhileTyping(timetable, cells);
  if (CSS.supports("selector(::details-content)")) return;
  for (const earlier of timetable.querySelectorAll("details.tt-earlier")) earlier.setAttribute("open", "");
}

/** @param {HTMLElement} element @returns {Cell} */
function readCell(element) {
  const [first, last] = [...element.querySelectorAll("time")].map((time) => Date.parse(time.dateTime));
  return { element, start: first ?? NaN, end: last ?? NaN, text: "" };
}

// --- Now -----------------------------------------------------------------------------------------------------------

/** @param {HTMLElement} timetable @param {Cell[]} cells */
function followTheMinute(timetable, cells) {
  // A rehearsal runs on the server's clock, which may be far from the browser's; the page says how far, in seconds.
  const ahead = Number(document.documentElement.dataset.clockOffset ?? 0) * 1000;
  const plans = timetable.querySelectorAll(".tt-plan");
  const show = () => {
    const now = Date.now() + ahead;
    for (const cell of cells) showState(cell, now);
    for (const plan of plans) showMarker(plan, now);
  };
  const again = () => {
    show();
    setTimeout(again, 60_000 - ((Date.now() + ahead) % 60_000));
  };
  again();
  for (const plan of plans) bringIntoView(plan);
  document.addEventListener("visibilitychange", show);
}

/** @param {Cell} cell @param {number} now */
function showState({ element, start: from, end }, now) {
  const isNow = from <= now && now < end;
  element.classList.toggle("is-now", isNow);
  element.classList.toggle("is-past", end <= now);
  const live = /** @type {HTMLElement | null} */ (element.querySelector(".live"));
  if (live) live.hidden = !isNow;
}

/**
 * Puts the now-line between the hour marks around this minute, so that folded hours need no arithmetic here.
 * @param {Element} plan one day @param {number} now
 */
function showMarker(plan, now) {
  const marker = /** @type {HTMLElement | null} */ (plan.querySelector(".tt-now"));
  const ticks = [...plan.querySelectorAll(".tt-tick")];
  if (!marker || !ticks.length) return;
  const at = ticks.map((tick) => Date.parse(tick.querySelector("time")?.dateTime ?? ""));
  const index = at.findLastIndex((instant) => instant <= now);
  const style = ticks[index] && getComputedStyle(ticks[index]);
  const columns = style ? Number(style.getPropertyValue("--u")) : 0;
  const until = at[index + 1] ?? (at[index] ?? 0) + columns * 300_000;
  marker.hidden = !style || now >= until;
  if (!style || marker.hidden) return;
  const position = Number(style.getPropertyValue("--c")) + (columns * (now - at[index])) / (until - at[index]);
  marker.style.setProperty("--c", String(Math.floor(position)));
  marker.style.setProperty("--m", ((position % 1) * 5).toFixed(2));
  const chip = marker.querySelector("b");
  if (chip) chip.textContent = venueClock(ticks[index].querySelector("time")?.dateTime ?? "", now);
}

/** A day that scrolls sideways opens at now. @param {Element} plan */
function bringIntoView(plan) {
  const marker = plan.querySelector(".tt-now:not([hidden])");
  if (!marker || plan.scrollWidth <= plan.clientWidth) return;
  const box = plan.getBoundingClientRect();
  plan.scrollBy({ left: marker.getBoundingClientRect().x - box.x - box.width / 2 });
}

/** The venue's HH:MM of an instant, by the offset written in one of its times. @param {string} sample @param {number} now */
function venueClock(sample, now) {
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)$/.exec(sample) ?? ["", "+", "00", "00"];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -60_000 : 60_000);
  return new Date(now + offset).toISOString().slice(11, 16);
}

// --- Arrow keys ----------------------------------------------------------------------------------------------------

const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** Arrow keys go to the nearest session in that direction on the screen: right in any writing direction. @param {HTMLElement} timetable */
function moveByArrows(timetable) {
  timetable.addEventListener("keydown", (event) => {
    const direction = DIRECTIONS[/** @type {keyof typeof DIRECTIONS} */ (event.key)];
    const from = /** @type {HTMLElement} */ (event.target).closest(".tt-cell");
    if (!direction || !from || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = nearest(timetable, from, direction);
    if (!next) return;
    event.preventDefault();
    /** @type {HTMLElement | null} */ (next.querySelector("a"))?.focus();
  });
}

/** @param {HTMLElement} timetable @param {Element} from @param {number[]} direction */
function nearest(timetable, from, [dx, dy]) {
  const here = from.getBoundingClientRect();
  /** @type {Element | null} */ let best = null;
  let least = Infinity;
  for (const cell of timetable.querySelectorAll(".tt-cell:not([hidden])")) {
    const there = cell.getBoundingClientRect();
    if (cell === from || !there.width) continue;
    const along = dx ? dx * (there.x + there.width / 2 - here.x - here.width / 2) : dy * (there.y - here.y);
    const aside = dx ? Math.abs(there.y - here.y) : gap(here.left, here.right, there.left, there.right);
    if (along > 1 && along + aside * 4 < least) [best, least] = [cell, along + aside * 4];
  }
  return best;
}

/** Distance between two spans, 0 where they overlap. @param {number} a1 @param {number} a2 @param {number} b1 @param {number} b2 */
function gap(a1, a2, b1, b2) {
  return Math.max(0, b1 - a2, a1 - b2);
}

// --- Filter --------------------------------------------------------------------------------------------------------

/** Lower case without accents, so that "leila" finds "Leïla". @param {string} text */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** @param {HTMLElement} timetable @param {Cell[]} cells */
function filterWhileTyping(timetable, cells) {
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-tt-filter]"));
  const status = document.querySelector("[data-tt-status]");
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let announcement;
  field?.addEventListener("input", () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    for (const cell of cells) {
      cell.text ||= fold(cell.element.textContent ?? "");
      cell.element.hidden = !words.every((word) => cell.text.includes(word));
    }
    hideEmptyGroups(timetable);
    clearTimeout(announcement);
    announcement = setTimeout(() => {
      const shown = cells.filter((cell) => !cell.element.hidden).length;
      if (status) status.textContent = (timetable.dataset.count ?? "{n}").replace("{n}", String(shown));
    }, 700);
  });
  if (field?.value) field.dispatchEvent(new Event("input"));
}

/** @param {HTMLElement} timetable */
function hideEmptyGroups(timetable) {
  for (const group of /** @type {NodeListOf<HTMLElement>} */ (timetable.querySelectorAll(".tt-group"))) {
    group.hidden = !group.querySelector(".tt-cell:not([hidden])");
  }
  for (const earlier of /** @type {NodeListOf<HTMLElement>} */ (timetable.querySelectorAll("details.tt-earlier"))) {
    earlier.hidden = !earlier.querySelector(".tt-cell:not([hidden])");
  }
}
