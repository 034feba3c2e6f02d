// @ts-check
/**
 * The roster as a desk holds it: guests by key and by code, found by name, and kept sealed in thirty-two parts, so that
 * a change of one guest rewrites one part.
 */
import { fold, words } from "./desk-search.js";

const PARTS = 32;
const FOUND = 8;

/** @typedef {import("./desk-verdict.js").Window} Window */
/**
 * @typedef {object} Guest
 * @property {string | number} id @property {string[]} tokens @property {string} name @property {string} name2
 * @property {string[]} keys @property {string} org @property {string} category @property {string} colour
 * @property {string} flag @property {string} photo @property {string} note @property {boolean} vip
 * @property {Window[]} access
 */
/** @typedef {{ id: number, name: string, zone: number, kind?: string, direction?: string }} Gate */
/** @typedef {{ id: number, name: string, again: string, capacity?: number | null }} Zone */
/**
 * @typedef {object} Head
 * @property {number} revision @property {string} made_at @property {string} expires_at @property {number} rule_version
 * @property {number} [gate] where the device belongs @property {Gate[]} gates @property {Zone[]} zones @property {[string, string][]} revoked
 */
/** @typedef {Omit<Head, "revoked"> & { guests: Guest[], gone: (string | number)[], revoked: Record<string, string>, since: number }} Answer */

export class Roster {
  constructor() {
    /** @type {Head | null} */ this.head = null;
    /** @type {Map<string, Guest>} */ this.guests = new Map();
    /** @type {Map<string, Guest>} */ this.byToken = new Map();
    /** @type {Map<string, string>} */ this.ended = new Map();
    /** @type {Map<string, string>} */ this.haystacks = new Map();
  }

  /** @param {import("./desk-store.js").Store} store */
  async read(store) {
    const head = await store.get("facts", "roster");
    if (!head) return;
    for (const guests of (await store.all("roster")).values()) for (const guest of guests) this.add(guest);
    this.head = head;
    this.ended = new Map(head.revoked);
  }

  /**
   * Take in what the server answered, all of it or what changed, and keep it.
   * @param {import("./desk-store.js").Store} store @param {Answer} answer
   */
  async take(store, answer) {
    const anew = !answer.since;
    if (anew) for (const map of [this.guests, this.byToken, this.ended, this.haystacks]) map.clear();
    const touched = new Set(anew ? Array(PARTS).keys() : []);
    for (const key of [...answer.gone.map(String), ...answer.guests.map(({ id }) => String(id))]) {
      this.remove(key);
      touched.add(part(key));
    }
    for (const guest of answer.guests) this.add(guest);
    for (const [token, why] of Object.entries(answer.revoked)) this.ended.set(token, why);
    for (const token of this.byToken.keys()) this.ended.delete(token);
    const { guests: _guests, gone: _gone, since: _since, ...head } = answer;
    this.head = { ...head, revoked: [...this.ended] };
    await this.keep(store, touched);
  }

  /** The parts go first: a head that is kept tells of a roster that is there. @param {import("./desk-store.js").Store} store @param {Set<number>} touched */
  async keep(store, touched) {
    /** @type {Map<number, Guest[]>} */ const parts = new Map([...touched].map((number) => [number, []]));
    for (const [key, guest] of this.guests) parts.get(part(key))?.push(guest);
    if (parts.size) await store.put("roster", parts);
    await store.put("facts", [["roster", this.head]]);
  }

  /** @param {Guest} guest */
  add(guest) {
    const key = String(guest.id);
    this.guests.set(key, guest);
    for (const token of guest.tokens) this.byToken.set(token, guest);
    this.haystacks.set(key, ` ${words([guest.name, guest.name2, guest.org, ...guest.keys].join(" "))}`);
  }

  /** @param {string} key */
  remove(key) {
    const guest = this.guests.get(key);
    for (const token of guest?.tokens ?? []) this.byToken.delete(token);
    this.guests.delete(key);
    this.haystacks.delete(key);
  }

  clear() {
    this.head = null;
    for (const map of [this.guests, this.byToken, this.ended, this.haystacks]) map.clear();
  }

  /** Whether the roster may still be used at `now`. @param {number} now */
  isFresh(now) {
    return this.head !== null && now < Date.parse(this.head.expires_at);
  }

  /** Guests in whom each word of the query begins a word; Chinese is found anywhere, from two characters, or one alone. @param {string} query */
  search(query) {
    const asked = fold(query).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    if (!asked.length) return [];
    const found = [];
    for (const [key, haystack] of this.haystacks) {
      if (!asked.every((word) => haystack.includes(/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(word) ? word : ` ${word}`))) continue;
      found.push(/** @type {Guest} */ (this.guests.get(key)));
      if (found.length === FOUND) break;
    }
    return found;
  }

  /** @param {number} gate */
  gate(gate) {
    return this.head?.gates.find(({ id }) => id === gate);
  }

  /** @param {number} zone */
  zone(zone) {
    return this.head?.zones.find(({ id }) => id === zone);
  }
}

/** @param {string} key */
function part(key) {
  let sum = 0;
  for (const letter of key) sum = (sum * 31 + letter.charCodeAt(0)) % 65_521;
  return sum % PARTS;
}
