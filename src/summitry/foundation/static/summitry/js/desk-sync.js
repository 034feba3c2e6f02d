// @ts-check
/** Keeps the roster fresh while there is a line, tells the server how this device fares, and fetches the photographs. */
import { now } from "./desk-clock.js";
import { NoLine, Refused } from "./desk-link.js";

const EVERY = 20_000; // so that a revocation reaches every gate that has a line within a minute
const LONGEST = 60_000;
const BREATH = 150;
const SLACK = 1_500;

/** @typedef {{ guest: number, ordered_at: string, printed_at: string | null }} Order a badge that this desk ordered */
/** @typedef {{ isDesk: () => boolean, link: import("./desk-link.js").Link, store: import("./desk-store.js").Store, log: import("./desk-log.js").Log, roster: import("./desk-roster.js").Roster }} Parts */

export class Sync {
  /** @param {Parts} parts @param {() => void} onchange */
  constructor({ isDesk, link, store, log, roster }, onchange) {
    this.isDesk = isDesk;
    /** @type {Parts["link"]} */ this.link = link;
    /** @type {Parts["store"]} */ this.store = store;
    /** @type {Parts["log"]} */ this.log = log;
    /** @type {Parts["roster"]} */ this.roster = roster;
    this.onchange = onchange;
    this.failures = 0;
    this.timer = 0;
    this.skew = 0;
    /** @type {Record<string, number>} people inside, by zone */ this.inside = {};
    /** @type {Order[]} newest first */ this.orders = [];
    this.isFetching = false;
    for (const name of ["online", "pageshow"]) addEventListener(name, () => this.soon());
  }

  soon() {
    clearTimeout(this.timer);
    if (this.link.device) this.timer = window.setTimeout(() => void this.round(), 0);
  }

  stop() {
    clearTimeout(this.timer);
  }

  /** One look at the server: what changed, how late it is there, how full the zones are. */
  async round() {
    clearTimeout(this.timer);
    try {
      await this.refresh();
      await this.beat();
      this.failures = 0;
      this.log.wake();
      void this.photographs();
    } catch (error) {
      if (error instanceof NoLine || error instanceof Refused) this.failures += 1;
      else throw error;
    } finally {
      this.onchange();
      const pause = this.failures ? Math.min(LONGEST, 1_000 * 2 ** this.failures) : EVERY;
      if (this.link.device) this.timer = window.setTimeout(() => void this.round(), pause * (0.75 + Math.random() / 4));
    }
  }

  async refresh() {
    const since = this.roster.head?.revision;
    if (since === undefined) return this.load(() => {});
    const answer = await this.link.ask(`roster?since=${since}`);
    await this.roster.take(this.store, answer);
  }

  /** The whole roster. @param {(share: number | null) => void} tell */
  async load(tell) {
    const answer = await this.link.load("roster", tell);
    await this.roster.take(this.store, answer);
    this.onchange();
  }

  async beat() {
    const waiting = this.log.waiting;
    const asked = now();
    const told = await this.link.ask("heartbeat", {
      sent_at: new Date(asked).toISOString(), queued: waiting.length, oldest_at: waiting[0]?.at ?? null,
      revision: this.roster.head?.revision ?? 0, program: navigator.userAgent.slice(0, 200),
    });
    const skew = (asked + now()) / 2 - Date.parse(told.now);
    this.skew = Math.abs(skew) < SLACK ? 0 : skew;
    const counters = await this.link.ask("counters");
    for (const { id, inside } of counters.zones) this.inside[id] = inside;
    if (this.isDesk()) await this.waitFor();
  }

  /** Which badges that this desk ordered are printed. A relay without a line cannot say; what was known stands. */
  async waitFor() {
    try {
      this.orders = (await this.link.ask("orders")).orders;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }

  /** Photographs come one by one while nothing else is to be done, newest lists last. */
  async photographs() {
    if (this.isFetching) return;
    this.isFetching = true;
    try {
      const kept = new Set(await this.store.keys("photos"));
      const wanted = [...this.roster.guests.values()].filter(({ photo }) => photo);
      const names = new Set(wanted.map(photoName));
      await this.store.remove("photos", [...kept].filter((name) => !names.has(String(name))));
      for (const guest of wanted) {
        if (kept.has(photoName(guest))) continue;
        await this.photograph(guest);
        await new Promise((resolve) => setTimeout(resolve, BREATH));
      }
    } catch {
      // The next round goes on.
    } finally {
      this.isFetching = false;
    }
  }

  /** @param {import("./desk-roster.js").Guest} guest */
  async photograph(guest) {
    try {
      const answer = await this.link.fetch(`photos/${guest.id}`);
      await this.store.putPhoto(photoName(guest), await answer.arrayBuffer());
    } catch (error) {
      if (!(error instanceof Refused && error.status === 404)) throw error;
    }
  }
}

/** Under which name a photograph is kept; a new one has another. @param {import("./desk-roster.js").Guest} guest */
export function photoName(guest) {
  return `${guest.id} ${guest.photo}`;
}
