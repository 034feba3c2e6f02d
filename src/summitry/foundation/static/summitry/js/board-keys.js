// @ts-check
/**
 * The keyboard: arrows nudge by five minutes or one room as they point on the screen, Shift changes the length, Enter opens
 * the dialog, Delete takes a session out. Quick presses become one move, so that taking back takes back all of them.
 */
import { Grid, STEP } from "./board-grid.js";

/** @typedef {import("./board-cards.js").Place} Place */
/** @typedef {import("./board-cards.js").Seen} Seen */
/** @typedef {import("./board-drag.js").Context & { open: (session: string) => void, back: (which: "undo" | "redo") => void }} Context */

const PAUSE = 350;
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** @param {Context} context */
export function keys(context) {
  const { board } = context;
  /** @type {{ session: string, seen: Seen, to: Place, timer: number } | null} */ let pending = null;
  /** @type {{ session: string, to: Place | null, answer: Promise<Seen | null> } | null} */ let underWay = null;

  /** Moves a session from where it is seen; or, while its last move is under way, from where that leaves it. @param {string} session @param {Place | null} to @param {Seen} seen */
  const send = (session, to, seen) => {
    const answer = underWay?.session === session
      ? underWay.answer.then((known) => (known ? context.move(session, to, known) : null))
      : context.move(session, to, seen);
    const own = { session, to, answer };
    underWay = own;
    void answer.finally(() => {
      if (underWay === own) underWay = null;
    });
  };

  const flush = () => {
    if (!pending) return;
    const { session, to, seen, timer } = pending;
    clearTimeout(timer);
    pending = null;
    context.hold(false);
    if (underWay?.session !== session && JSON.stringify(to) === JSON.stringify(seen.place)) context.restore(session);
    else send(session, to, seen);
  };

  /** @param {HTMLElement} card @param {number[]} arrow @param {boolean} isResizing */
  const nudge = (card, [dx, dy], isResizing) => {
    const session = card.dataset.session ?? "";
    if (pending && pending.session !== session) flush();
    const seen = pending?.seen ?? context.seenOf(session);
    const place = pending?.to ?? (underWay?.session === session ? underWay.to : seen.place);
    const grid = new Grid(board);
    if (!place) return;
    const to = shifted(grid, place, grid.isRtl ? -dx : dx, dy, isResizing);
    if (!to) return;
    if (pending) clearTimeout(pending.timer);
    else context.hold(true);
    pending = { session, seen, to, timer: window.setTimeout(flush, PAUSE) };
    grid.put(card, to.room, to.start, to.end);
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  board.addEventListener("keydown", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest("[data-card]");
    const card = /** @type {HTMLElement | null | undefined} */ (link?.closest(".board-card"));
    if (!card || event.altKey || event.ctrlKey || event.metaKey) return;
    const arrow = ARROWS[/** @type {keyof typeof ARROWS} */ (event.key)];
    if (arrow) {
      event.preventDefault();
      nudge(card, arrow, event.shiftKey);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      flush();
      const session = card.dataset.session ?? "";
      const seen = context.seenOf(session);
      if (seen.place) send(session, null, seen);
    }
  });

  document.addEventListener("keydown", (event) => {
    const isTyping = /** @type {HTMLElement} */ (event.target).matches("input, select, textarea, dialog *");
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping || !["z", "y"].includes(key)) return;
    event.preventDefault();
    flush();
    const which = key === "y" || event.shiftKey ? "redo" : "undo";
    void Promise.resolve(underWay?.answer).then(() => context.back(which));
  });

  board.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest("[data-card]");
    const card = /** @type {HTMLElement | null | undefined} */ (link?.closest(".board-card"));
    if (!card || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    flush();
    context.open(card.dataset.session ?? "");
  });
}

/** @param {Grid} grid @param {Place} place @param {number} dx @param {number} dy @param {boolean} isResizing @returns {Place | null} */
function shifted(grid, place, dx, dy, isResizing) {
  if (isResizing) {
    const end = place.end + (dx || dy) * STEP;
    return end > place.start ? { ...place, end } : null;
  }
  if (dx) return { ...place, start: place.start + dx * STEP, end: place.end + dx * STEP };
  const rooms = grid.rows.map((row) => row.dataset.room ?? "");
  const room = rooms[rooms.indexOf(place.room) + dy];
  return room ? { ...place, room } : null;
}
