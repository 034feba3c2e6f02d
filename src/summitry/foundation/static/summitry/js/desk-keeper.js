// @ts-check
/**
 * The gatekeeper: what was scanned is looked up, shown, written into the log, and only then given a colour and a sound.
 * It never waits for the line; what the server says later is added to what is shown.
 */
import { clock, now } from "./desk-clock.js";
import { pass, passages } from "./desk-shift.js";
import { play } from "./desk-sound.js";
import { digest, judge } from "./desk-verdict.js";

/** @typedef {import("./desk-roster.js").Guest} Guest */
/** @typedef {import("./desk-roster.js").Roster} Roster */
/** @typedef {import("./desk-log.js").Log} Log */
/** @typedef {import("./desk-log.js").Row} Row */
/** @typedef {{ guest?: Guest, digest?: string, state: string, label: string, kind: string, started: number }} Entry */
/** @typedef {{ gate: number, direction: string, since: number }} Place where it stands, and the number with which its shift began */

const HERE_BEFORE = new Set(["again", "inside", "once"]);

export class Keeper {
  /**
   * @param {{ roster: Roster, log: Log }} parts @param {import("./desk-screen.js").Screen} screen
   * @param {{ skew: () => number, isUp: () => boolean, photo: (guest: Guest) => Promise<ArrayBuffer | null>, hasSound: () => boolean, fail: (error: unknown) => void }} means
   */
  constructor({ roster, log }, screen, means) {
    this.roster = roster;
    this.log = log;
    this.screen = screen;
    this.means = means;
    /** @type {Place} */ this.place = { gate: 0, direction: "in", since: 1 };
    this.seen = passages(log.rows.values(), log.undone);
    /** @type {{ entry: Entry, row: Row } | null} */ this.current = null;
    this.chain = Promise.resolve();
  }

  /** Read the log again, from which everything else follows. */
  recall() {
    this.seen = passages(this.log.rows.values(), this.log.undone);
  }

  /** @param {string} text @param {number} started */
  scan(text, started) {
    const asked = digest(text);
    this.next(async () => {
      const code = await asked;
      const guest = this.roster.byToken.get(code);
      const state = guest ? "active" : (this.roster.ended.get(code) ?? "");
      await this.decide({ guest, digest: code, state, label: text.slice(0, 40), kind: "scan", started });
    });
  }

  /** @param {Guest} guest @param {number} started */
  choose(guest, started) {
    this.next(() => this.decide({ guest, state: "active", label: guest.name, kind: "manual", started }));
  }

  /** Let in whoever was refused. @param {string} note why */
  except(note) {
    const { entry } = /** @type {NonNullable<Keeper["current"]>} */ (this.current);
    const given = { decision: /** @type {const} */ ("admit"), reason: "exception", note };
    this.next(() => this.decide({ ...entry, kind: "exception", started: performance.now() }, given));
  }

  /** Take back the latest row of this shift that is not taken back yet; return it. */
  undo() {
    const { rows, undone } = this.log;
    const last = [...rows.values()].reverse().find(({ id, kind, seq }) => kind !== "undo" && seq >= this.place.since && !undone.has(id));
    if (!last) return null;
    const guest = this.roster.guests.get(String(last.person));
    const entry = { guest, digest: last.digest, state: "", label: last.name, kind: "undo", started: performance.now() };
    const { gate, direction, zone } = last;
    const given = { decision: /** @type {const} */ ("refuse"), reason: "undone", undoes: last.id, gate, direction, zone };
    this.next(async () => {
      await this.decide(entry, given);
      this.recall();
    });
    return last;
  }

  /** Everything is decided in the order in which it came. @param {() => Promise<void>} step */
  next(step) {
    this.chain = this.chain.then(step).catch(this.means.fail);
  }

  /** @param {Entry} entry @param {Partial<Row>} [given] what is decided already */
  async decide(entry, given) {
    const { guest, label } = entry;
    const zone = this.roster.gate(this.place.gate)?.zone ?? 0;
    const person = guest?.id ?? entry.digest;
    const passed = this.seen.get(`${zone}:${person}`);
    const verdict = given ?? this.lookUp(entry, zone, passed);
    this.screen.person(guest, label, this.zonesOf(guest));
    const row = await this.log.add({
      ...(guest && !entry.digest ? { guest: guest.id } : { digest: entry.digest }), person, name: guest?.name || label,
      gate: this.place.gate, zone, direction: this.place.direction, kind: entry.kind, offline: !this.means.isUp(),
      rule_version: this.roster.head?.rule_version ?? 0, decision: "refuse", reason: "unknown", ...verdict,
    });
    if (guest) pass(this.seen, row);
    this.current = { entry, row };
    const before = passed && HERE_BEFORE.has(row.reason) ? this.screen.word("entered", { time: clock(passed.at) }) : "";
    const shade = this.screen.verdict(row, before);
    requestAnimationFrame(() => performance.measure("verdict", { start: entry.started, end: performance.now() }));
    if (this.means.hasSound()) play(shade);
    void this.showPhoto(guest, row);
  }

  /** @param {Entry} entry @param {number} zone @param {{ inside: boolean, entered: boolean } | undefined} passed */
  lookUp({ guest, state }, zone, passed) {
    if (!this.roster.isFresh(now())) return { decision: /** @type {const} */ ("refuse"), reason: "stale" };
    const at = Math.floor((now() - this.means.skew()) / 1000);
    const again = this.roster.zone(zone)?.again ?? "freely";
    const { direction } = this.place;
    return judge({ state, access: guest?.access ?? [], zone, again, direction, at, inside: passed?.inside, entered: passed?.entered });
  }

  /** @param {Guest | undefined} guest @param {Row} row */
  async showPhoto(guest, row) {
    const bytes = guest?.photo ? await this.means.photo(guest).catch(() => null) : null;
    if (bytes && this.current?.row === row) this.screen.picture(bytes);
  }

  /** @param {Guest | undefined} guest */
  zonesOf(guest) {
    const ids = new Set(guest?.access.map(([zone]) => zone));
    const names = (this.roster.head?.zones ?? []).filter(({ id }) => ids.has(id)).map(({ name }) => name);
    return new Intl.ListFormat(document.documentElement.lang, { type: "unit" }).format(names);
  }

  /** @param {Row} row @param {import("./desk-log.js").Answer} answer */
  answered(row, answer) {
    if (HERE_BEFORE.has(answer.reason)) pass(this.seen, { ...row, at: answer.since ?? row.at, person: answer.guest?.id ?? row.person, decision: "admit" });
    if (this.current?.row.id !== row.id) return;
    this.screen.answer(row, answer);
    if (answer.verdict !== row.decision && row.kind !== "undo" && this.means.hasSound()) play("look");
  }
}
