// @ts-check
/**
 * The desk's log of scans: only ever added to, on the disk before anybody reads the verdict, and sent when there is a line.
 * A row keeps its own id for ever, so sending it twice is harmless; one that the server cannot read holds up no other.
 */
import { now } from "./desk-clock.js";
import { NoLine, Refused } from "./desk-link.js";

const BATCH = 50;
const SHORTEST = 1_000;
const LONGEST = 60_000;
const LET_BE = 5;
const LATE = 4_000;

/**
 * @typedef {object} Row
 * @property {string} id @property {number} seq @property {string} [digest] @property {string | number} [guest]
 * @property {number} gate @property {string} direction @property {string} at @property {"admit" | "refuse"} decision
 * @property {string} reason @property {number} rule_version @property {boolean} offline @property {string} kind
 * @property {string} [undoes] @property {string} [note] @property {string} boot @property {number} elapsed
 * @property {string} name @property {string | number} [person] @property {number} zone
 */
/** @typedef {{ id: string, verdict: string, reason: string, message: string, first: boolean, incident: number | null, guest: { id: number, name: string } | null, since?: string, at_gate?: string }} Answer */

export class Log {
  /** @param {import("./desk-store.js").Store} store @param {import("./desk-link.js").Link} link */
  constructor(store, link) {
    this.store = store;
    this.link = link;
    this.boot = crypto.randomUUID();
    /** @type {Map<number, Row>} */ this.rows = new Map();
    /** @type {Map<number, Answer>} */ this.answers = new Map();
    /** @type {Set<number>} numbers of rows without an answer */ this.pending = new Set();
    /** @type {Map<number, number>} */ this.tries = new Map();
    this.next = 1;
    this.failures = 0;
    this.size = BATCH;
    this.isSending = false;
    this.timer = 0;
    /** @type {(row: Row, answer: Answer) => void} */ this.onanswer = () => {};
    /** @type {() => void} */ this.onchange = () => {};
    /** @type {(revision: number) => void} */ this.onrevision = () => {};
  }

  async read() {
    this.rows = /** @type {Map<number, Row>} */ (await this.store.all("scans"));
    this.answers = /** @type {Map<number, Answer>} */ (await this.store.all("answers"));
    this.pending = new Set([...this.rows.keys()].filter((seq) => !this.answers.has(seq)));
    this.next = [...this.rows.keys()].reduce((most, seq) => Math.max(most, seq), 0) + 1;
  }

  /** Add a row; it is kept when this returns. @param {Omit<Row, "id" | "seq" | "at" | "boot" | "elapsed">} facts @returns {Promise<Row>} */
  async add(facts) {
    const seq = this.next;
    this.next += 1;
    const clock = { at: new Date(now()).toISOString(), boot: this.boot, elapsed: Math.round(performance.now()) };
    const row = { ...facts, ...clock, id: crypto.randomUUID(), seq };
    await this.store.append("scans", seq, row);
    this.rows.set(seq, row);
    this.pending.add(seq);
    this.onchange();
    this.wake();
    return row;
  }

  /** Rows without an answer, oldest first. */
  get waiting() {
    return [...this.pending].map((seq) => /** @type {Row} */ (this.rows.get(seq)));
  }

  /** Rows that the server could not read. */
  get bad() {
    return [...this.rows.values()].filter(({ seq }) => this.answers.get(seq)?.reason === "bad_row");
  }

  /** Rows by what they take back. */
  get undone() {
    return new Set([...this.rows.values()].map(({ undoes }) => undoes).filter(Boolean));
  }

  /** Send once more what the server could not read. */
  async resend() {
    const bad = this.bad.map(({ seq }) => seq);
    await this.store.remove("answers", bad);
    for (const seq of bad) {
      this.answers.delete(seq);
      this.pending.add(seq);
    }
    this.wake();
  }

  /** Send soon. */
  wake() {
    if (!this.isSending && this.link.isUp !== false) this.plan(0);
  }

  /** @param {number} pause */
  plan(pause) {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), pause);
  }

  /** Send what waits, batch by batch; return whether everything is answered. */
  async send() {
    if (this.isSending || !this.link.device) return false;
    this.isSending = true;
    let isPending = true;
    try {
      while ((isPending = this.pending.size > 0)) await this.sendBatch();
      this.failures = 0;
    } catch {
      this.failures += 1;
    } finally {
      this.isSending = false;
    }
    if (isPending && this.link.device) this.plan(Math.min(LONGEST, SHORTEST * 2 ** this.failures) * (0.5 + Math.random() / 2));
    return !isPending;
  }

  async sendBatch() {
    const waiting = this.waiting.sort((one, other) => (this.tries.get(one.seq) ?? 0) - (this.tries.get(other.seq) ?? 0) || one.seq - other.seq);
    const rows = waiting.slice(0, this.size);
    try {
      const { scans, revision } = await this.link.ask("scans", { sent_at: new Date(now()).toISOString(), scans: rows.map(outward) });
      await this.take(rows, scans);
      this.onrevision(revision);
      this.size = BATCH;
    } catch (error) {
      await this.isolate(rows, error);
    }
  }

  /** @param {Row[]} rows @param {Answer[]} answers */
  async take(rows, answers) {
    const byId = new Map(answers.map((answer) => [answer.id, answer]));
    const told = rows.flatMap((row) => {
      const answer = byId.get(row.id);
      return answer ? [/** @type {const} */ ([row, answer])] : [];
    });
    if (!told.length) throw new NoLine();
    await this.store.put("answers", told.map(([{ seq }, answer]) => [seq, answer]));
    for (const [row, answer] of told) {
      this.answers.set(row.seq, answer);
      this.pending.delete(row.seq);
      this.onanswer(row, answer);
    }
    this.onchange();
  }

  /** A refused batch is sent in smaller ones, down to the row that is to blame. @param {Row[]} rows @param {unknown} error */
  async isolate(rows, error) {
    const isRefused = error instanceof Refused && error.status !== 401 && error.status !== 429;
    if (!isRefused) throw error;
    if (rows.length > 1) {
      this.size = Math.max(1, Math.floor(rows.length / 4));
      return;
    }
    const [{ id, seq }] = rows;
    const tries = (this.tries.get(seq) ?? 0) + 1;
    this.tries.set(seq, tries);
    if (error.status !== 422 && tries < LET_BE) throw error;
    await this.take(rows, [{ id, verdict: "refuse", reason: "bad_row", message: error.message, first: false, incident: null, guest: null }]);
  }
}

/**
 * What the server is told of a row: no names; no decision where there was no list to decide by; and where the answer was too
 * late to stop anybody, that the decision was made here.
 * @param {Row} row
 */
function outward({ name: _name, person: _person, zone: _zone, decision, reason, ...row }) {
  const offline = row.offline || now() - Date.parse(row.at) > LATE;
  return reason === "stale" ? { ...row, offline } : { ...row, offline, decision, reason };
}
