// @ts-check
/**
 * Dragging: a card is taken with the mouse anywhere, with a finger by its handle (so that the board still scrolls), and
 * put down on the grid, in the tray, or on the tab of another day. The grip at its end changes how long it lasts.
 */
import { focusCard } from "./board-cards.js";
import { Grid, STEP } from "./board-grid.js";

/** @typedef {import("./board-cards.js").Place} Place */
/** @typedef {import("./board-cards.js").Seen} Seen */
/** @typedef {import("./board-cards.js").Wanted} Wanted */
/**
 * @typedef {{ board: HTMLElement, move: (session: string, to: Wanted | null, seen: Seen) => Promise<Seen | null>,
 *   hold: (held: boolean) => void, restore: (session: string) => void, seenOf: (session: string) => Seen }} Context
 */

const THRESHOLD = 5;
const EDGE = 44;

/** @param {Context} context */
export function dragging(context) {
  context.board.addEventListener("dragstart", (event) => event.preventDefault());
  context.board.addEventListener("pointerdown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const card = /** @type {HTMLElement | null} */ (target.closest(".board-card"));
    if (!card || event.button !== 0 || !event.isPrimary) return;
    const isResizing = target.closest("[data-grip]") !== null;
    if (event.pointerType !== "mouse" && !isResizing && !target.closest("[data-hold]")) return;
    new Drag(context, card, event, isResizing);
  });
}

class Drag {
  /** @param {Context} context @param {HTMLElement} card @param {PointerEvent} event @param {boolean} isResizing */
  constructor(context, card, event, isResizing) {
    this.context = context;
    this.card = card;
    this.isResizing = isResizing;
    this.session = card.dataset.session ?? "";
    this.seen = context.seenOf(this.session);
    this.length = this.seen.place ? this.seen.place.end - this.seen.place.start : Number(card.dataset.minutes) * 60;
    this.from = { x: event.clientX, y: event.clientY };
    this.at = this.from;
    const box = card.getBoundingClientRect();
    this.offset = { x: event.clientX - box.left, y: event.clientY - box.top };
    this.grid = new Grid(context.board);
    this.isLifted = false;
    /** @type {HTMLElement | null} */ this.ghost = null;
    /** @type {HTMLElement | null} */ this.drop = null;
    /** @type {Element | null} */ this.label = null;
    /** @type {Wanted | null | undefined} */ this.to = undefined;
    this.frame = 0;
    this.ending = new AbortController();
    const options = { signal: this.ending.signal };
    addEventListener("pointermove", (moved) => this.moved(moved), options);
    addEventListener("pointerup", () => this.put(), options);
    addEventListener("pointercancel", () => this.end(), options);
    addEventListener("keydown", (key) => key.key === "Escape" && this.end(), options);
  }

  /** @param {PointerEvent} event */
  moved(event) {
    this.at = { x: event.clientX, y: event.clientY };
    if (!this.isLifted && Math.hypot(this.at.x - this.from.x, this.at.y - this.from.y) < THRESHOLD) return;
    if (!this.isLifted) this.lift();
    event.preventDefault();
    this.show();
  }

  lift() {
    this.isLifted = true;
    this.context.hold(true);
    this.context.board.dataset.dragging = "";
    if (!this.isResizing) {
      this.ghost = /** @type {HTMLElement} */ (this.card.cloneNode(true));
      this.ghost.removeAttribute("id");
      this.ghost.setAttribute("aria-hidden", "true");
      this.ghost.className = `${this.card.className.replace(/\b[cru]-\d+\b/g, "")} board-ghost`;
      const box = this.card.getBoundingClientRect();
      this.ghost.style.width = `${box.width}px`;
      this.ghost.style.height = `${box.height}px`;
      this.label = this.ghost.querySelector(".tt-meta");
      this.context.board.append(this.ghost);
      this.card.classList.add("is-lifted");
    }
    this.drop = document.createElement("div");
    this.drop.className = "board-drop";
    this.drop.setAttribute("aria-hidden", "true");
    this.frame = requestAnimationFrame(() => this.scroll());
  }

  show() {
    if (this.ghost) this.ghost.style.transform = `translate(${this.at.x - this.offset.x}px, ${this.at.y - this.offset.y}px)`;
    this.to = this.isResizing ? this.resized() : this.target();
    const tray = this.context.board.querySelector("[data-tray]");
    tray?.classList.toggle("is-over", this.to === null);
    if (!this.drop) return;
    if (this.to && "start" in this.to) {
      this.grid.put(this.drop, this.to.room, this.to.start, this.to.end);
      const label = this.isResizing ? this.drop : this.label;
      if (label) label.textContent = `${this.grid.clock(this.to.start)}–${this.grid.clock(this.to.end)}`;
      this.grid.plan?.append(this.drop);
    } else this.drop.remove();
  }

  /** Where the card would land: a place, null for the tray, undefined for nowhere. @returns {Wanted | null | undefined} */
  target() {
    const under = document.elementsFromPoint(this.at.x, this.at.y);
    if (under.some((element) => element.matches("[data-tray]"))) return null;
    const tab = /** @type {HTMLAnchorElement | undefined} */ (under.find((element) => element.matches("#board-tools .tabs a")));
    if (tab && this.seen.place) return this.otherDay(tab, this.seen.place);
    if (!this.grid.isDrawn || !under.some((element) => element.matches("[data-plan]"))) return undefined;
    const row = this.grid.row(this.at.y);
    if (!row) return undefined;
    const edge = this.grid.isRtl ? this.at.x - this.offset.x + this.card.getBoundingClientRect().width : this.at.x - this.offset.x;
    const isPlaced = this.seen.place !== null;
    const column = Math.round(this.grid.column(isPlaced ? edge : this.at.x));
    const start = this.grid.instant(Math.max(0, Math.min(column, this.grid.columns - 1)));
    return { room: row.dataset.room ?? "", start, end: start + this.length };
  }

  /** The same clock time on the day of a tab. @param {HTMLAnchorElement} tab @param {Place} place @returns {Wanted | undefined} */
  otherDay(tab, place) {
    const day = new URL(tab.href).searchParams.get("day");
    return day ? { room: place.room, day, clock: this.grid.clock(place.start), minutes: this.length / 60 } : undefined;
  }

  /** @returns {Place | undefined} */
  resized() {
    const place = this.seen.place;
    if (!place) return undefined;
    const end = this.grid.instant(Math.round(this.grid.column(this.at.x)));
    return { ...place, end: Math.max(end, place.start + STEP) };
  }

  /** Near an edge the grid scrolls along. */
  scroll() {
    const box = this.context.board.querySelector("[data-scroll]");
    const edges = box?.getBoundingClientRect();
    if (box && edges && !this.isOutside(edges)) {
      const pull = (/** @type {number} */ at, /** @type {number} */ low, /** @type {number} */ high) =>
        at < low + EDGE ? -12 : at > high - EDGE ? 12 : 0;
      const [left, top] = [pull(this.at.x, edges.left, edges.right), pull(this.at.y, edges.top, Math.min(edges.bottom, innerHeight))];
      if (left || top) {
        box.scrollBy({ left, top, behavior: "instant" });
        this.show();
      }
    }
    this.frame = requestAnimationFrame(() => this.scroll());
  }

  /** @param {DOMRect} box */
  isOutside(box) {
    return this.at.x < box.left || this.at.x > box.right || this.at.y < box.top || this.at.y > box.bottom;
  }

  put() {
    const { to, seen, session, isLifted } = this;
    const { move } = this.context;
    if (isLifted) addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
    if (to && "start" in to && seen.place) this.grid.put(this.card, to.room, to.start, to.end);
    const isSame = to === undefined || JSON.stringify(to) === JSON.stringify(seen.place);
    this.end(isSame);
    if (isLifted && !isSame && to !== undefined) void move(session, to, seen).then(() => focusCard(document.getElementById(this.card.id)));
  }

  /** @param {boolean} [isUndone] whether the card goes back to where it was */
  end(isUndone = true) {
    this.ending.abort();
    cancelAnimationFrame(this.frame);
    this.ghost?.remove();
    this.drop?.remove();
    this.card.classList.remove("is-lifted");
    this.context.board.querySelector("[data-tray]")?.classList.remove("is-over");
    delete this.context.board.dataset.dragging;
    if (isUndone) this.context.restore(this.session);
    if (this.isLifted) this.context.hold(false);
  }
}
