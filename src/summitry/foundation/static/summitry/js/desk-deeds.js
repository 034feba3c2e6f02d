// @ts-check
/** What is done at a desk besides scanning, by button, key or dialog, each under the name that its button has. */
import { clock, now } from "./desk-clock.js";
import { Dialogs } from "./desk-dialogs.js";
import { Refused } from "./desk-link.js";
import { sums } from "./desk-shift.js";

const NEEDS_GUEST = ["exception", "reprint"];

export class Deeds {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.dialogs = new Dialogs(desk.root, desk.words, this.forms(), (said) => this.closed(said));
    /** @type {Record<string, () => unknown>} */ this.byName = {
      "walk-in": () => this.walkIn(),
      undo: () => this.undo(),
      shift: () => this.shift(),
      turn: () => this.turn(),
      place: () => desk.entry.toPlace(),
      load: () => desk.entry.load(),
      reload: () => location.reload(),
      print: () => print(),
      find: () => desk.screen.say(desk.screen.part("[data-scan-hint]").textContent ?? ""),
      train: () => desk.practice.begin(),
      "train-end": () => desk.practice.end(),
      resend: () => this.resend(),
      "hand-over": () => this.handOver(),
      "sign-out": () => desk.signOut(),
    };
    document.addEventListener("click", ({ target }) => {
      const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest("[data-deed]"));
      if (button) this.do(button.dataset.deed ?? "");
    });
  }

  /** @param {string} name */
  do(name) {
    const { keeper: { current }, screen, words } = this.desk;
    if (!NEEDS_GUEST.includes(name)) void this.byName[name]?.();
    else if (current) this.dialogs.open(name, current.row.name);
    else screen.say(words.no_guest);
  }

  /** @returns {Record<string, import("./desk-dialogs.js").Deed>} */
  forms() {
    const { desk } = this;
    const { words, link, sync, screen } = desk;
    return {
      exception: async ({ note }) => {
        if (!note) throw new Error(words.needs_reason);
        desk.keeper.except(note);
        return "";
      },
      reprint: async ({ reason }) => {
        const guest = desk.keeper.current?.entry.guest;
        if (!guest) throw new Error(words.no_guest);
        if (!desk.isPractice) await link.ask("reprint", { guest: guest.id, reason });
        sync.soon();
        return words.reprinted;
      },
      "walk-in": async (values) => {
        if (!desk.isPractice) await link.ask("walk_in", values);
        sync.soon();
        return screen.word("walked_in", { name: values.name });
      },
    };
  }

  /** @param {string} said */
  closed(said) {
    if (said) this.desk.screen.say(said);
    setTimeout(() => this.desk.field.focus());
  }

  undo() {
    const { keeper, screen, words } = this.desk;
    const last = keeper.undo();
    screen.say(last ? screen.word("undone", { name: last.name }) : words.nothing_to_undo);
  }

  /** Somebody new is registered in a category about which nobody has to decide; which those are, the server says. */
  async walkIn() {
    const { words, link, isPractice } = this.desk;
    const dialog = this.dialogs.open("walk-in");
    const list = /** @type {HTMLSelectElement} */ (dialog.querySelector("select"));
    if (list.options.length) return;
    try {
      const { categories } = isPractice ? { categories: [{ slug: "guest", name: words.training_category }] } : await link.ask("desk");
      list.replaceChildren(...categories.map((/** @type {{ slug: string, name: string }} */ { slug, name }) => new Option(name, slug)));
    } catch (error) {
      this.dialogs.complain(dialog, error instanceof Refused ? error.message : words.needs_line);
    }
  }

  async turn() {
    const { place } = this.desk.keeper;
    place.direction = place.direction === "in" ? "out" : "in";
    await this.desk.entry.keepPlace();
  }

  shift() {
    const { screen, keeper: { log, place, roster } } = this.desk;
    const dialog = this.dialogs.open("shift");
    const sum = sums(log, place.since, now());
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (dialog.querySelectorAll("[data-sum]"))) {
      part.textContent = String(sum[/** @type {"admitted"} */ (part.dataset.sum)]);
    }
    screen.part("[data-gate]", dialog).textContent = roster.gate(place.gate)?.name ?? "";
    screen.part("[data-span]", dialog).textContent = sum.first ? `${clock(sum.first)}–${clock(sum.last)}` : "";
    const leave = screen.part("[data-leave]", dialog);
    leave.textContent = screen.word("leave_waiting", { number: sum.waiting });
    leave.hidden = !sum.waiting;
  }

  async handOver() {
    const { real, log, root, entry } = this.desk;
    real.place.since = log.next;
    /** @type {HTMLDialogElement} */ (root.querySelector('[data-dialog="shift"]')).close();
    await entry.keepPlace();
  }

  async resend() {
    const { log, screen, words, standing } = this.desk;
    await log.resend();
    screen.say(words.again_sent);
    standing.refresh();
  }
}
