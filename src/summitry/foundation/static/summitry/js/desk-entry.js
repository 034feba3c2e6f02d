// @ts-check
/** What comes before work: the device is enrolled by a code, gets its list, and is told at which gate it stands. */
import { stand } from "./desk-clock.js";
import { NoLine } from "./desk-link.js";
import { listen } from "./live.js";

export class Entry {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    desk.root.addEventListener("submit", (event) => {
      const form = /** @type {HTMLFormElement} */ (event.target);
      if (form.dataset.form === "enrol") void this.enrol(event, form);
      if (form.dataset.form === "place") void this.stand(event, form);
    });
  }

  async begin() {
    if (this.desk.device.key) await this.enrolled();
    else this.toEnrol("");
  }

  /** @param {string} told why the device is not enrolled any more, or "" */
  toEnrol(told) {
    const { screen } = this.desk;
    screen.turn("enrol");
    screen.tell("[data-told]", told);
    const code = decodeURIComponent(location.hash.slice(1));
    if (code) /** @type {HTMLInputElement} */ (document.getElementById("enrol-code")).value = code;
    history.replaceState(null, "", location.pathname);
  }

  /** @param {Event} event @param {HTMLFormElement} form */
  async enrol(event, form) {
    event.preventDefault();
    const { desk } = this;
    const { code, name } = Object.fromEntries([...new FormData(form)].map(([key, value]) => [key, String(value).trim()]));
    const error = desk.screen.part("[data-error]", form);
    error.hidden = true;
    try {
      desk.device = await desk.link.ask("enrol", { code, name });
      await desk.store.put("facts", [["device", desk.device]]);
      void navigator.storage?.persist?.().catch(() => false); // a browser may ask her first: no gate waits for that
      await this.enrolled();
    } catch (problem) {
      error.textContent = problem instanceof NoLine ? desk.words.no_line : problem instanceof Error ? problem.message : desk.words.wrong_code;
      error.hidden = false;
      desk.screen.part("#enrol-code", form).focus();
    }
  }

  async enrolled() {
    const { link, device, roster, sync } = this.desk;
    link.device = { id: device.device, key: device.key };
    stand(device.edition.zone_name);
    listen([`edition:${device.edition.id}:roster`], ({ first }) => first || sync.soon());
    if (!roster.head) await this.load();
    else this.toPlaceOrWork();
    sync.soon();
  }

  async load() {
    const { screen, words, sync, link } = this.desk;
    screen.turn("load");
    const [text, bar, again] = ["[data-load-text]", "[data-load]", '[data-deed="load"]'].map((name) => screen.part(name));
    text.textContent = words.loading;
    again.hidden = true;
    screen.tell('[data-screen="load"] [data-error]', "");
    try {
      await sync.load((share) => (share === null ? bar.removeAttribute("value") : bar.setAttribute("value", String(share * 100))));
      this.toPlaceOrWork();
    } catch (error) {
      if (!link.device) return;
      screen.tell('[data-screen="load"] [data-error]', error instanceof NoLine ? words.no_line : String(error));
      again.hidden = false;
      again.focus();
    }
  }

  toPlaceOrWork() {
    if (this.desk.roster.gate(this.desk.real.place.gate)) this.desk.toWork();
    else this.toPlace();
  }

  toPlace() {
    const { roster, real, screen } = this.desk;
    const list = /** @type {HTMLSelectElement} */ (document.getElementById("place-gate"));
    const gates = roster.head?.gates ?? [];
    list.replaceChildren(...gates.map(({ id, name }) => new Option(name, String(id))));
    const own = real.place.gate || roster.head?.gate;
    if (gates.some(({ id }) => id === own)) list.value = String(own);
    screen.turn("place");
  }

  /** @param {Event} event @param {HTMLFormElement} form */
  async stand(event, form) {
    event.preventDefault();
    const { roster, real } = this.desk;
    const data = new FormData(form);
    const gate = Number(data.get("gate"));
    const ways = roster.gate(gate)?.direction ?? "both";
    Object.assign(real.place, { gate, direction: ways === "both" ? String(data.get("direction")) : ways });
    this.desk.toWork();
    await this.keepPlace();
  }

  async keepPlace() {
    await this.desk.store.put("facts", [["place", this.desk.real.place]]);
    this.desk.standing.refresh();
    this.desk.field.focus();
  }
}
