// @ts-check
/**
 * The field that everything is typed into: by a scanner, which is a fast keyboard, or by a hand that looks for a name.
 * It has the focus whenever nothing else needs it. Single keys command only while it is empty, and can be switched off.
 */
import { isToken, mayBeToken } from "./desk-verdict.js";

const PAUSE = 120; // a scanner is faster, a hand is not
const ALONE = 600; // a letter is a command when nothing follows it; a hand that writes a name takes a quarter of a second from key to key
const KEYS = /** @type {Record<string, string>} */ ({ KeyP: "reprint", KeyU: "undo" });

/** @typedef {import("./desk-roster.js").Guest} Guest */
/**
 * @typedef {object} Wishes
 * @property {(text: string, started: number) => void} onscan @property {(guest: Guest, started: number) => void} onguest
 * @property {(deed: string) => void} onkey @property {(query: string) => Guest[]} search @property {(sentence: string) => void} say
 * @property {() => boolean} hasKeys @property {Record<string, string>} words
 */

export class Field {
  /** @param {HTMLElement} root @param {Wishes} wishes */
  constructor(root, wishes) {
    this.input = /** @type {HTMLInputElement} */ (root.querySelector("[data-scan]"));
    this.list = /** @type {HTMLUListElement} */ (root.querySelector("[data-found]"));
    this.wishes = wishes;
    /** @type {Guest[]} */ this.found = [];
    this.active = -1;
    this.isNaming = false;
    this.timer = 0; // looks for names
    this.alone = 0; // obeys a letter
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("input", () => this.wait());
    this.input.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.enter(event.timeStamp);
    });
    this.list.addEventListener("click", ({ target, timeStamp }) => {
      const option = /** @type {Element} */ (target).closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option), timeStamp);
    });
    document.addEventListener("keydown", (event) => this.catch(event));
    document.addEventListener("click", ({ target }) => {
      if (!/** @type {Element} */ (target).closest("a, button, input, select, textarea, label, summary, dialog, [role=option]")) this.focus();
    });
    addEventListener("focus", () => this.focus());
  }

  focus() {
    if (!this.input.closest("[hidden]") && !document.querySelector("dialog[open]")) this.input.focus({ preventScroll: true });
  }

  /** What is typed while a button has the focus is meant for the field. @param {KeyboardEvent} event */
  catch(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || event.key === " ") return;
    if (!target.closest("input, select, textarea, dialog")) this.focus();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    clearTimeout(this.alone);
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.found.length) {
      event.preventDefault();
      this.point((this.active + step + this.found.length) % this.found.length);
    } else if (event.key === "Escape") this.clear();
    else if (!this.input.value && !this.isNaming && !event.ctrlKey && !event.metaKey && !event.altKey) this.command(event);
  }

  /** @param {KeyboardEvent} event */
  command(event) {
    if (event.key === "/") {
      event.preventDefault();
      this.isNaming = true;
      this.wishes.onkey("find");
    } else if (KEYS[event.code] && this.wishes.hasKeys()) {
      this.alone = window.setTimeout(() => {
        this.clear();
        this.wishes.onkey(KEYS[event.code]);
      }, ALONE);
    }
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.look(), PAUSE);
  }

  look() {
    const text = this.input.value.trim();
    const isShort = text.length < 2 && !/\p{Script=Han}/u.test(text);
    this.show(isShort || isToken(text) ? [] : this.wishes.search(text));
    if (this.found.length) this.wishes.say(this.wishes.words.found.replace("{number}", String(this.found.length)));
  }

  /** @param {number} started */
  enter(started) {
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    if (this.active >= 0 && this.found.length) {
      this.choose(this.active, started);
      return;
    }
    if (!text) return;
    if (isToken(text)) {
      this.take(text, started);
      return;
    }
    this.show(this.wishes.search(text));
    if (this.found.length === 1) this.choose(0, started);
    else if (this.found.length) this.point(0);
    else if (mayBeToken(text)) this.take(text, started);
    else this.wishes.say(this.wishes.words.nobody);
  }

  /** @param {string} text @param {number} started */
  take(text, started) {
    this.clear();
    this.wishes.onscan(text, started);
  }

  /** @param {number} place @param {number} started */
  choose(place, started) {
    const guest = this.found[place];
    this.clear();
    this.focus();
    this.wishes.onguest(guest, started);
  }

  clear() {
    clearTimeout(this.timer);
    clearTimeout(this.alone);
    this.input.value = "";
    this.isNaming = false;
    this.show([]);
  }

  /** @param {Guest[]} guests */
  show(guests) {
    this.found = guests;
    this.active = -1;
    this.list.replaceChildren(...guests.map(option));
    this.list.hidden = !guests.length;
    this.input.setAttribute("aria-expanded", String(guests.length > 0));
    this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {number} place */
  point(place) {
    this.active = place;
    for (const [number, one] of [...this.list.children].entries()) one.setAttribute("aria-selected", String(number === place));
    this.input.setAttribute("aria-activedescendant", this.list.children[place].id);
    this.list.children[place].scrollIntoView({ block: "nearest" });
  }
}

/** @param {Guest} guest @param {number} place */
function option(guest, place) {
  const row = document.createElement("li");
  row.id = `scan-found-${place}`;
  row.role = "option";
  row.ariaSelected = "false";
  for (const [tag, text] of [["b", guest.name], ["span", guest.name2], ["small", [guest.category, guest.org].filter(Boolean).join(" · ")]]) {
    if (!text) continue;
    const part = document.createElement(tag);
    part.dir = "auto";
    part.textContent = text;
    row.append(part, " ");
  }
  return row;
}
