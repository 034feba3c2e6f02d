// @ts-check
/** The cards of the board: what they show of their sessions. (No other module imports board.js, which starts the page.) */

/** @typedef {{ room: string, start: number, end: number }} Place room is "" where there is none; POSIX seconds */
/** @typedef {{ room: string, day: string, clock: string, minutes: number }} LocalPlace by the venue's clock */
/** @typedef {Place | LocalPlace} Wanted */
/** @typedef {{ revision: number, place: Place | null }} Seen */
/** @typedef {{ title: string, sentence: string, theirs: string, yours: string }} Stale */

/** @param {string} session */
export function card(session) {
  return document.getElementById(`card-${session}`);
}

/** What a card shows of its session's place. @param {string} session @returns {Seen} */
export function seenOf(session) {
  const shown = card(session);
  if (!shown) return { revision: 0, place: null };
  const { revision, room = "", start: from, end } = shown.dataset;
  return { revision: Number(revision), place: from ? { room, start: Number(from), end: Number(end) } : null };
}

/** @param {HTMLElement | null | undefined} element */
export function focusCard(element) {
  const link = /** @type {HTMLElement | null | undefined} */ (element?.querySelector("[data-card]"));
  element?.scrollIntoView({ block: "nearest", inline: "nearest" });
  link?.focus({ preventScroll: true });
}
