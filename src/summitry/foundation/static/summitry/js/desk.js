// @ts-check
/**
 * The desk and the gates: what is scanned is looked up in the roster on this device, shown at once, written into its log,
 * and sent when there is a line. The server only reconciles. See docs/develop/desk.md for who does what.
 */
import { Camera } from "./desk-camera.js";
import { Deeds } from "./desk-deeds.js";
import { Entry } from "./desk-entry.js";
import { Field } from "./desk-field.js";
import { Keeper } from "./desk-keeper.js";
import { Link } from "./desk-link.js";
import { Log } from "./desk-log.js";
import { Roster } from "./desk-roster.js";
import { Screen } from "./desk-screen.js";
import { Standing } from "./desk-standing.js";
import { Store } from "./desk-store.js";
import { photoName, Sync } from "./desk-sync.js";
import { Practice } from "./desk-training.js";

const page = /** @type {HTMLElement} */ (document.querySelector("[data-desk]"));

export class Desk {
  /** @param {Store} store @param {HTMLElement} root @param {Record<string, string>} words */
  constructor(store, root, words) {
    this.store = store;
    this.root = root;
    this.words = words;
    this.screen = new Screen(root, words);
    this.link = new Link(document.documentElement.lang);
    this.roster = new Roster();
    this.log = new Log(store, this.link);
    /** @type {Record<string, any>} */ this.device = {};
    this.standing = new Standing(this);
    this.sync = new Sync(
      { isDesk: () => this.device.kind === "desk", link: this.link, store, log: this.log, roster: this.roster }, () => this.standing.refresh(),
    );
    this.keeper = this.real = new Keeper({ roster: this.roster, log: this.log }, this.screen, {
      skew: () => this.sync.skew, isUp: () => this.link.isUp === true, hasSound: () => this.setting("sound"), fail: failed,
      photo: (guest) => store.photo(photoName(guest)),
    });
    this.entry = new Entry(this);
    this.practice = new Practice(this);
    this.deeds = new Deeds(this);
    this.field = this.fieldOf();
    this.camera = new Camera({ reader: root.dataset.reader ?? "", wasm: root.dataset.wasm ?? "" }, (text) => this.read(text));
    this.hear();
  }

  fieldOf() {
    return new Field(this.root, {
      words: this.words, search: (query) => this.keeper.roster.search(query), say: (sentence) => this.screen.say(sentence),
      hasKeys: () => this.setting("keys"), onkey: (deed) => this.deeds.do(deed),
      onscan: (text, started) => this.keeper.scan(text, started), onguest: (guest, started) => this.keeper.choose(guest, started),
    });
  }

  /** Whatever tells of something new is heard here. */
  hear() {
    this.log.onanswer = (row, answer) => this.real.answered(row, answer);
    this.log.onchange = this.link.onchange = () => this.standing.refresh();
    this.log.onrevision = (revision) => revision > (this.roster.head?.revision ?? 0) && this.sync.soon();
    this.link.onrevoked = () => void this.shutOut();
    document.addEventListener("click", ({ target }) => {
      const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest("[data-camera]"));
      if (button) void this.look(button);
    });
    for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (this.root.querySelectorAll("[data-setting]"))) {
      box.checked = this.setting(box.dataset.setting ?? "");
      box.addEventListener("change", () => localStorage.setItem(`desk-${box.dataset.setting}`, box.checked ? "on" : "off"));
    }
  }

  async begin() {
    await this.log.read();
    await this.roster.read(this.store);
    this.device = (await this.store.get("facts", "device")) ?? {};
    this.real.place = (await this.store.get("facts", "place")) ?? this.real.place;
    this.real.recall();
    this.standing.begin();
    await this.entry.begin();
  }

  toWork() {
    this.screen.turn("work");
    this.standing.show();
    this.field.focus();
  }

  get isPractice() {
    return this.keeper !== this.real;
  }

  /** @param {HTMLElement} button */
  async look(button) {
    const isOn = await this.camera.turn(button).catch(() => this.screen.say(this.words.camera_refused));
    /** @type {HTMLElement} */ (button.querySelector("span")).textContent = isOn ? this.words.camera_off : this.words.camera_on;
    this.field.focus();
  }

  /** @param {string} text of a code in front of the camera */
  read(text) {
    if (this.camera.aim === "scan") this.keeper.scan(text, performance.now());
    else /** @type {HTMLInputElement} */ (document.getElementById(this.camera.aim)).value = text.split("#").at(-1) ?? text;
  }

  /** @param {string} name */
  setting(name) {
    return localStorage.getItem(`desk-${name}`) !== "off";
  }

  async signOut() {
    await this.log.send();
    this.sync.stop();
    await this.store.wipe(true);
    await caches.delete("desk flags");
    location.reload();
  }

  /** The server no longer knows this device: who the guests are is forgotten, the log stays for when it is enrolled again. */
  async shutOut() {
    this.link.device = null;
    this.sync.stop();
    this.device = {};
    this.practice.end();
    this.roster.clear();
    await this.store.wipe(false);
    this.entry.toEnrol(this.words.revoked);
  }
}

/** A fault of ours must be seen: a verdict that was not kept is none. @param {unknown} error */
function failed(error) {
  stop(`${wordsOf().unfit} (${error})`);
}

/** @param {string} sentence */
function stop(sentence) {
  new Screen(page, wordsOf()).turn("stop");
  /** @type {HTMLElement} */ (page.querySelector("[data-stop]")).textContent = sentence;
}

/** @returns {Record<string, string>} */
function wordsOf() {
  return JSON.parse(document.getElementById("desk-words")?.textContent ?? "{}");
}

async function start() {
  const words = wordsOf();
  if (!window.isSecureContext || !crypto.subtle || !navigator.locks) {
    stop(words.unfit);
    return;
  }
  void navigator.serviceWorker?.register(page.dataset.worker ?? "").catch(() => {});
  await navigator.locks.request("summitry-desk", { ifAvailable: true }, async (lock) => {
    if (!lock) {
      stop(words.elsewhere);
      return;
    }
    await new Desk(await Store.open(), page, words).begin();
    await new Promise(() => {}); // the lock is held for as long as the page lives
  });
}

start().catch(failed);
