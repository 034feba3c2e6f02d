// @ts-check
/** The practice: a gate with invented guests, one for each verdict. Nothing of it is kept or sent. */
import { now } from "./desk-clock.js";
import { Keeper } from "./desk-keeper.js";
import { digest } from "./desk-verdict.js";
import { Roster } from "./desk-roster.js";

const DAY = 86_400_000;
const GATE = { id: 1, name: "", zone: 1 };
const ZONE = { id: 1, name: "", again: "after_exit" };

/** Codes of the practice: they can be typed, pressed, or printed as codes. */
const BADGES = [
  { token: "PRACT1CE00000001", name: "Leïla Benslimane", name2: "", as: "guest" },
  { token: "PRACT1CE00000002", name: "陈思涵", name2: "Chen Sihan", as: "guest" },
  { token: "PRACT1CE00000003", name: "Thabo Mokoena", name2: "", as: "vip" },
  { token: "PRACT1CE00000004", name: "Анна Кузнецова", name2: "Anna Kuznetsova", as: "early" },
  { token: "PRACT1CE00000005", name: "يوسف حداد", name2: "Youssef Haddad", as: "elsewhere" },
  { token: "PRACT1CE00000006", name: "Jonas Lindqvist", name2: "", as: "revoked" },
  { token: "PRACT1CE00000007", name: "", name2: "", as: "unknown" },
];

/** The practice beside the desk's own work, which goes on where it was when the practice ends. */
export class Practice {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
  }

  async begin() {
    const { desk } = this;
    desk.keeper = new Keeper({ roster: await practice(desk.words), log: practiceLog() }, desk.screen, {
      ...desk.real.means, skew: () => 0, isUp: () => false, photo: async () => null,
    });
    desk.keeper.log.onchange = () => desk.standing.refresh();
    desk.keeper.place.gate = GATE.id;
    desk.screen.part("[data-badges]").replaceChildren(...BADGES.map((badge) => this.button(badge)));
    this.show(true);
    desk.toWork();
  }

  /** @param {typeof BADGES[number]} badge */
  button({ name, token }) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-small", textContent: name || "?" });
    button.dir = "auto";
    button.addEventListener("click", ({ timeStamp }) => {
      this.desk.keeper.scan(token, timeStamp);
      this.desk.field.focus();
    });
    return button;
  }

  end() {
    const { desk } = this;
    if (!desk.isPractice) return;
    desk.keeper = desk.real;
    this.show(false);
    if (!desk.link.device) desk.entry.toEnrol("");
    else desk.entry.toPlaceOrWork();
  }

  /** @param {boolean} isOn */
  show(isOn) {
    const { screen } = this.desk;
    for (const name of ["[data-practice]", "[data-badges]"]) screen.part(name).hidden = !isOn;
    screen.card.hidden = true;
  }
}

/** @param {Record<string, string>} words */
async function practice(words) {
  const roster = new Roster();
  const made = now();
  const seconds = Math.floor(made / 1000);
  for (const [place, badge] of BADGES.entries()) {
    if (!badge.name) continue;
    const code = await digest(badge.token);
    const from = badge.as === "early" ? seconds + 7200 : seconds - 86_400;
    if (badge.as === "revoked") {
      roster.ended.set(code, "revoked");
      continue;
    }
    roster.add({
      id: place + 1, tokens: [code], name: badge.name, name2: badge.name2,
      keys: badge.name2 === "Chen Sihan" ? ["chensihan", "sihan", "csh"] : [], org: words.training_org,
      category: badge.as === "vip" ? words.training_vip : words.training_category, colour: "", flag: "", photo: "",
      note: badge.as === "vip" ? words.training_note : "", vip: badge.as === "vip",
      access: [[badge.as === "elsewhere" ? 2 : 1, from, seconds + 86_400]],
    });
  }
  roster.head = {
    revision: 0, made_at: new Date(made).toISOString(), expires_at: new Date(made + DAY).toISOString(), rule_version: 0,
    gates: [{ ...GATE, name: words.training_gate }], zones: [{ ...ZONE, name: words.training_gate }], revoked: [...roster.ended],
  };
  return roster;
}

/** The practice's log, in memory. @returns {import("./desk-log.js").Log} */
function practiceLog() {
  /** @type {Map<number, import("./desk-log.js").Row>} */ const rows = new Map();
  const log = {
    rows, answers: new Map(), pending: new Set(), bad: [], waiting: [],
    get undone() {
      return new Set([...rows.values()].map(({ undoes }) => undoes).filter(Boolean));
    },
    /** @param {Omit<import("./desk-log.js").Row, "id" | "seq" | "at" | "boot" | "elapsed">} facts */
    async add(facts) {
      const seq = rows.size + 1;
      const row = { ...facts, id: crypto.randomUUID(), seq, at: new Date(now()).toISOString(), boot: "", elapsed: 0 };
      rows.set(seq, row);
      return row;
    },
  };
  return /** @type {import("./desk-log.js").Log} */ (/** @type {unknown} */ (log));
}
