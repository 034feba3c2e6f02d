// @ts-check
/** The board's dialogs: "Move to…", and the two sides of a refused move. */
import { card, focusCard, seenOf } from "./board-cards.js";

/** @typedef {import("./board-cards.js").Wanted} Wanted */
/** @typedef {import("./board-cards.js").Seen} Seen */
/** @typedef {import("./board-cards.js").Stale} Stale */

/**
 * @param {HTMLElement} board
 * @param {(session: string, to: Wanted | null, seen: Seen) => Promise<Seen | null>} move
 */
export function dialogs(board, move) {
  const moving = /** @type {HTMLDialogElement | null} */ (document.getElementById("move-dialog"));
  const refused = /** @type {HTMLDialogElement | null} */ (document.getElementById("stale-dialog"));
  let session = "";
  /** @type {Seen} */ let seen = { revision: 0, place: null };

  /** @param {string} name */
  const field = (name) => /** @type {HTMLInputElement} */ (moving?.querySelector(`[name=${name}]`));

  /** @param {string} wanted */
  const open = async (wanted) => {
    if (!moving) return;
    session = wanted;
    seen = seenOf(session);
    const shown = card(session);
    text(moving, "[data-title]", shown?.querySelector(".tt-title")?.textContent?.replace(/\u00AD/g, "").trim() ?? "");
    const day = new URLSearchParams(location.search).get("day") ?? field("day").value;
    field("room").value = seen.place?.room ?? "";
    field("day").value = seen.place ? shownDay(board) : day;
    field("start").value = seen.place ? shown?.querySelector("[data-from]")?.textContent ?? "" : "09:00";
    field("minutes").value = shown?.dataset.minutes ?? "60";
    /** @type {HTMLElement} */ (moving.querySelector("[data-to-tray]")).hidden = !seen.place;
    moving.returnValue = "";
    moving.showModal();
    field("room").focus();
  };

  moving?.addEventListener("close", () => {
    const which = moving.returnValue;
    if (which === "tray") void move(session, null, seen).then(() => focusCard(card(session)));
    else if (which === "move") void toPlace(board, session, seen, move, field);
    else focusCard(card(session));
  });

  /** @param {Stale} stale @returns {Promise<boolean>} whether to move it anyway */
  const stale = (stale) => new Promise((resolve) => {
    if (!refused) {
      resolve(false);
      return;
    }
    text(refused, "[data-title]", stale.title);
    text(refused, "[data-sentence]", stale.sentence);
    text(refused, "[data-theirs]", stale.theirs);
    text(refused, "[data-yours]", stale.yours);
    refused.returnValue = "";
    refused.addEventListener("close", () => resolve(refused.returnValue === "anyway"), { once: true });
    refused.showModal();
  });
  return { move: open, stale };
}

/**
 * The dialog speaks of days and clock times at the venue; the server knows which instants they are.
 * @param {HTMLElement} board @param {string} session @param {Seen} seen
 * @param {(session: string, to: Wanted | null, seen: Seen) => Promise<Seen | null>} move
 * @param {(name: string) => HTMLInputElement} field
 */
async function toPlace(board, session, seen, move, field) {
  const day = field("day").value;
  const to = { room: field("room").value, day, clock: field("start").value, minutes: Number(field("minutes").value) };
  const now = await move(session, to, seen);
  const link = /** @type {HTMLAnchorElement | null} */ (board.querySelector(`#board-tools .tabs a[href*="day=${day}"]`));
  if (now && link && day !== shownDay(board)) location.assign(`${link.href}#card-${session}`);
  else focusCard(card(session));
}

/** @param {HTMLElement} board */
function shownDay(board) {
  return /** @type {HTMLInputElement | null} */ (board.querySelector("#board-tools [name=day]"))?.value ?? "";
}

/** @param {Element} within @param {string} selector @param {string} words */
function text(within, selector, words) {
  const place = within.querySelector(selector);
  if (place) place.textContent = words;
}
