// @ts-check
/** Where something is on the board's grid: columns of five minutes along it, one row or more for each room. */

export const STEP = 300;

export class Grid {
  /** @param {HTMLElement} board */
  constructor(board) {
    const plan = /** @type {HTMLElement | null} */ (board.querySelector("[data-plan]"));
    const ticks = plan ? [...plan.querySelectorAll(".tt-tick")] : [];
    this.plan = plan;
    this.origin = Number(plan?.dataset.origin ?? 0);
    this.columns = Number(plan?.dataset.hours ?? 0) * 12;
    this.isDrawn = ticks.length > 0 && ticks[0].getBoundingClientRect().width > 0;
    this.isRtl = plan ? getComputedStyle(plan).direction === "rtl" : false;
    this.ticks = ticks;
    this.rows = [.../** @type {NodeListOf<HTMLElement>} */ (plan?.querySelectorAll(".tt-room") ?? [])];
  }

  /** The column under a horizontal place of the window, with its fraction. @param {number} x */
  column(x) {
    const first = this.ticks[0].getBoundingClientRect();
    const last = this.ticks[this.ticks.length - 1].getBoundingClientRect();
    const length = this.isRtl ? first.right - last.left : last.right - first.left;
    return ((this.isRtl ? first.right - x : x - first.left) / length) * this.columns;
  }

  /** The row of a room under a vertical place of the window. @param {number} y */
  row(y) {
    return this.rows.find((row) => {
      const box = row.getBoundingClientRect();
      return box.top <= y && y < box.bottom;
    }) ?? null;
  }

  /** The row of a room. @param {string} room */
  rowOf(room) {
    return this.rows.find((row) => row.dataset.room === room) ?? null;
  }

  /** @param {number} column */
  instant(column) {
    return this.origin + column * STEP;
  }

  /** @param {number} instant */
  columnOf(instant) {
    return Math.round((instant - this.origin) / STEP);
  }

  /** Shows an element where a session would be. @param {HTMLElement} element @param {string} room @param {number} start @param {number} end */
  put(element, room, start, end) {
    const row = this.rowOf(room);
    if (row) element.style.setProperty("--r", row.dataset.row ?? "0");
    element.style.setProperty("--c", String(Math.max(0, Math.min(this.columnOf(start), this.columns - 1))));
    element.style.setProperty("--u", String(Math.max(1, Math.round((end - start) / STEP))));
  }

  /** The venue's clock at an instant, by the tick before it. @param {number} instant */
  clock(instant) {
    const column = this.columnOf(instant);
    const tick = this.ticks[Math.max(0, Math.min(Math.floor(column / 12), this.ticks.length - 1))];
    const [hours, minutes] = (tick?.textContent ?? "").trim().split(":").map(Number);
    const total = hours * 60 + minutes + (column - Math.floor(column / 12) * 12) * 5;
    return `${String(Math.floor(total / 60) % 24).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;
  }
}
