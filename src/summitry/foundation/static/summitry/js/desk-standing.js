// @ts-check
/** How things stand, beside the verdict: the line, the age of the list, the numbers of this desk, what came before. */
import { now } from "./desk-clock.js";
import { sums } from "./desk-shift.js";

const TICK = 10_000;
const MINUTE = 60_000;
const MOMENT = 250;

export class Standing {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.timer = 0;
  }

  begin() {
    setInterval(() => this.refresh(), TICK);
  }

  /** Show how things stand, once for all that happens in a moment, and after the verdict. */
  refresh() {
    this.timer ||= window.setTimeout(() => this.show(), MOMENT);
  }

  show() {
    clearTimeout(this.timer);
    this.timer = 0;
    const { screen, roster } = this.desk;
    const isStale = roster.head !== null && !roster.isFresh(now());
    if (isStale && roster.guests.size) void this.expire();
    this.showLine();
    this.showWarning(isStale);
    if (!screen.part('[data-screen="work"]').hidden) this.showWork();
  }

  showLine() {
    const { screen, roster: { head }, link, log, isPractice } = this.desk;
    screen.line({
      isUp: link.isUp, waiting: log.pending.size, madeAt: head?.made_at ?? "", isPractice,
      age: head ? Math.max(0, Math.floor((now() - Date.parse(head.made_at)) / MINUTE)) : 0,
      hours: head ? Math.max(0, Math.round((Date.parse(head.expires_at) - now()) / MINUTE / 6) / 10) : 0,
    });
  }

  /** @param {boolean} isStale */
  showWarning(isStale) {
    const { screen, words, sync, isPractice } = this.desk;
    const seconds = Math.round(sync.skew / 1000);
    const warning = isStale ? words.stale : seconds ? screen.word("skew", { seconds }) : "";
    screen.tell("[data-warning]", isPractice ? "" : warning);
  }

  showWork() {
    const { screen, sync, isPractice, keeper: { roster, log, place } } = this.desk;
    const gate = roster.gate(place.gate);
    this.showPlace(gate);
    const inside = isPractice ? null : (sync.inside[gate?.zone ?? 0] ?? null);
    screen.numbers(sums(log, place.since, now()), roster.guests.size, inside);
    screen.latest(log.rows, log.answers, log.undone);
    screen.bad(log.bad, log.answers);
    screen.ordered(isPractice ? [] : sync.orders, (guest) => roster.guests.get(String(guest))?.name ?? "");
  }

  /** @param {import("./desk-roster.js").Gate | undefined} gate */
  showPlace(gate) {
    const { screen, root, words, device, isPractice, keeper: { place } } = this.desk;
    screen.part("[data-gate]").textContent = gate?.name ?? "";
    screen.part("[data-device]").textContent = isPractice ? "" : (device.name ?? "");
    screen.part("[data-edition]").textContent = isPractice ? "" : (device.edition?.name ?? "");
    screen.part("[data-direction]").textContent = screen.word("way", { way: words[`direction_${place.direction}`] });
    const turn = screen.part('[data-deed="turn"]');
    turn.setAttribute("aria-pressed", String(place.direction === "out"));
    turn.toggleAttribute("disabled", (gate?.direction ?? "both") !== "both");
    const atDesk = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-at-desk]"));
    for (const part of atDesk) part.hidden = !isPractice && device.kind !== "desk";
  }

  /** Past its hour nobody can be read from this device any more; what is scanned is for the server to decide. */
  async expire() {
    const { roster: { guests, byToken, haystacks }, store } = this.desk;
    for (const map of [guests, byToken, haystacks]) map.clear();
    await store.put("roster", [], true);
    await store.remove("photos", await store.keys("photos"));
  }
}
