// @ts-check
/**
 * Saves a review while it is written. Every change is kept in the browser first and sent then; without a connection it
 * waits there. A field that was changed on another device meanwhile shows both versions until the juror has chosen.
 */
import { flightOf, keep, kept, send } from "./panel-queue.js";

/** @typedef {import("./panel-queue.js").Answer} Answer */
/** @typedef {import("./panel-queue.js").Flight} Flight */

const TYPING = 700;
const MARKING = 60;
const SHORTEST = 1_000;
const LONGEST = 20_000;

export class Saving {
  /** @param {HTMLFormElement} form @param {(answer: Answer, wish: string) => void} onDone */
  constructor(form, onDone) {
    this.form = form;
    this.onDone = onDone;
    this.account = form.dataset.account ?? "";
    this.address = location.pathname;
    this.token = /** @type {HTMLInputElement} */ (form.elements.namedItem("csrfmiddlewaretoken")).value;
    /** @type {Record<string, string>} what the server holds, as far as this page knows */ this.base = {};
    /** @type {Record<string, string>} */ this.seen = JSON.parse(/** @type {HTMLInputElement} */ (form.elements.namedItem("seen")).value || "{}");
    /** @type {Flight | null} */ this.flight = null;
    this.wish = "";
    this.version = 0;
    this.timer = 0;
    this.failures = 0;
    this.isSending = false;
    this.isHalted = false;
    for (const name of this.names()) this.base[name] = this.read(name);
    this.restore();
    form.addEventListener("input", (event) => this.changed(event.target));
    form.addEventListener("change", (event) => this.changed(event.target));
    addEventListener("online", () => this.soon(0));
    addEventListener("pageshow", () => this.soon(0));
    document.addEventListener("visibilitychange", () => this.soon(0));
  }

  names() {
    return [...this.form.querySelectorAll("[data-field]")].map((place) => /** @type {HTMLElement} */ (place).dataset.field ?? "");
  }

  /** @param {string} name */
  place(name) {
    return /** @type {HTMLElement} */ (this.form.querySelector(`[data-field="${CSS.escape(name)}"]`));
  }

  /** @param {string} name @returns {string} */
  read(name) {
    const field = this.form.elements.namedItem(name);
    return field instanceof RadioNodeList || field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : "";
  }

  /** @param {string} name @param {string} value */
  write(name, value) {
    const field = this.form.elements.namedItem(name);
    if (field instanceof RadioNodeList || field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value;
  }

  get dirty() {
    return this.names().filter((name) => this.read(name) !== this.base[name]);
  }

  /** What an earlier page of this review could not send. */
  restore() {
    const entry = kept(this.account, this.address);
    if (!entry) return;
    this.flight = entry.flight;
    this.wish = entry.wish;
    for (const [name, value] of Object.entries(entry.values)) {
      if (!(name in this.base) || value === this.base[name]) continue;
      this.write(name, value);
      this.seen[name] = entry.seen[name] ?? this.seen[name];
    }
    this.store();
    this.soon(0);
  }

  store() {
    const { dirty } = this;
    if (!dirty.length && !this.flight && !this.wish) return keep(this.account, this.address, null);
    const values = Object.fromEntries(dirty.map((name) => [name, this.read(name)]));
    const seen = Object.fromEntries(dirty.map((name) => [name, this.seen[name]]));
    keep(this.account, this.address, { values, seen, wish: this.wish, flight: this.flight });
  }

  /** @param {EventTarget | null} target */
  changed(target) {
    this.isHalted = false;
    const place = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("[data-field]")) : null;
    if (place) this.say(place, []);
    this.store();
    this.soon(target instanceof HTMLInputElement && target.type === "radio" ? MARKING : TYPING);
  }

  /** @param {string} wish "submit" or "next" */
  hand(wish) {
    this.wish = wish;
    this.isHalted = false;
    this.store();
    this.soon(0);
  }

  /** @param {number} pause */
  soon(pause) {
    if (this.isHalted || this.isSending) return;
    clearTimeout(this.timer);
    if (this.flight || this.wish || this.dirty.some((name) => this.place(name).dataset.crossed === undefined)) {
      if (!this.failures) this.tell("saving");
      this.timer = window.setTimeout(() => void this.round(), pause);
    }
  }

  async round() {
    if (this.isSending) return;
    const values = Object.fromEntries(this.names().map((name) => [name, this.read(name)]));
    for (const name of this.names()) if (this.place(name).dataset.crossed !== undefined) delete values[name];
    this.flight ??= flightOf({ values, seen: { ...this.seen }, wish: this.wish, flight: null });
    this.store();
    this.isSending = true;
    const { flight } = this;
    const outcome = await send(this.address, flight, this.token);
    this.isSending = false;
    if (outcome.kind !== "answered") {
      this.failures += 1;
      this.tell(outcome.kind === "signed-out" ? "signin" : this.wish ? "waiting" : "kept");
      this.soon(Math.min(LONGEST, SHORTEST * 2 ** (this.failures - 1)) * (0.75 + Math.random() / 4));
      return;
    }
    this.failures = 0;
    this.flight = null;
    this.adopt(outcome.answer, flight.values);
    this.settle(outcome.status, outcome.answer, flight);
  }

  /** Takes over what the server holds. A field that is written in here stays; one that nobody touched shows the news. @param {Answer} answer @param {Record<string, string>} sent */
  adopt(answer, sent) {
    let isTaken = false;
    this.version = answer.version;
    for (const [name, { value, seen }] of Object.entries(answer.fields)) {
      if (!(name in this.base)) continue;
      const theirs = value === null ? "" : String(value);
      const isOwn = this.read(name) !== this.base[name];
      if (answer.crossed.includes(name)) this.cross(name, theirs, seen);
      else if (this.place(name).dataset.crossed !== undefined) continue;
      else if (name in answer.errors) continue;
      else if (!isOwn || this.read(name) === theirs || sent[name] === theirs) {
        if (!isOwn && theirs !== this.base[name]) {
          this.write(name, theirs);
          isTaken = true;
        }
        this.base[name] = theirs;
        this.seen[name] = seen;
      }
    }
    this.isTaken = isTaken;
    this.store();
  }

  /** @param {number} status @param {Answer} answer @param {Flight} flight */
  settle(status, answer, flight) {
    for (const [name, said] of Object.entries(answer.errors)) if (name in this.base) this.say(this.place(name), said);
    const { wish } = this;
    if (answer.done && flight.wish) {
      this.wish = "";
      keep(this.account, this.address, null);
      this.tell("saved");
      this.onDone(answer, wish || flight.wish);
    } else if (status !== 200 || answer.crossed.length) {
      this.wish = "";
      this.isHalted = status !== 200 && !answer.crossed.length;
      this.store();
      this.tell(answer.crossed.length ? "crossed" : "refused", answer.detail || Object.values(answer.errors).flat().join(" "));
      if (flight.wish) this.firstProblem();
    } else {
      this.tell(this.isTaken ? "taken" : "saved");
      this.soon(0);
    }
  }

  firstProblem() {
    const place = this.names().map((name) => this.place(name)).find((one) => one.dataset.crossed !== undefined || !one.querySelector("[data-error]")?.hasAttribute("hidden"));
    /** @type {HTMLElement | null | undefined} */ (place?.querySelector("input:checked, textarea, input"))?.focus();
  }

  /** Shows both versions of a field until one is chosen. @param {string} name @param {string} theirs @param {string} seen */
  cross(name, theirs, seen) {
    const place = this.place(name);
    const shown = /** @type {HTMLElement} */ (place.querySelector("[data-theirs]"));
    const words = /** @type {HTMLElement} */ (place.querySelector("[data-theirs-words]"));
    place.dataset.crossed = "";
    words.textContent = theirs || "–";
    shown.hidden = false;
    /** @param {boolean} isTaken */
    const choose = (isTaken) => {
      delete place.dataset.crossed;
      shown.hidden = true;
      if (isTaken) this.write(name, theirs);
      this.base[name] = theirs;
      this.seen[name] = seen;
      this.changed(null);
      if (!this.dirty.length) this.tell("saved");
    };
    /** @type {HTMLButtonElement} */ (shown.querySelector("[data-keep-mine]")).onclick = () => choose(false);
    /** @type {HTMLButtonElement} */ (shown.querySelector("[data-take-theirs]")).onclick = () => choose(true);
  }

  /** Asks what stands, after a hint that another device saved. */
  async look() {
    if (this.isSending || this.flight) return;
    const answer = await fetch(this.address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || answer.redirected || this.isSending || this.flight) return;
    /** @type {Answer} */ const told = await answer.json();
    if (told.done && this.form.dataset.mayWrite !== undefined && !this.dirty.length) return location.reload();
    if (told.version <= this.version) return;
    this.adopt(told, {});
    if (this.isTaken) this.tell("taken");
  }

  /** @param {HTMLElement} place @param {string[]} said */
  say(place, said) {
    const line = /** @type {HTMLElement | null} */ (place.querySelector("[data-error]"));
    if (!line) return;
    line.hidden = !said.length;
    const words = line.querySelector("span");
    if (words) words.textContent = said.join(" ");
  }

  /** @param {string} state @param {string} [more] */
  tell(state, more = "") {
    const line = /** @type {HTMLElement | null} */ (this.form.querySelector("[data-state]"));
    const words = [this.form.getAttribute(`data-said-${state}`) ?? "", more].filter(Boolean).join(" ");
    if (!line) return;
    if (line.textContent !== words) line.textContent = words;
    line.dataset.state = state;
    line.classList.toggle("is-waiting", !["saved", "saving", "taken"].includes(state));
  }
}
