// @ts-check
/** Shows what the desk knows: the person first, then the verdict; and beside it the line, the numbers and what came before. */
import { clock } from "./desk-clock.js";
import { tone } from "./desk-verdict.js";

/** @typedef {import("./desk-roster.js").Guest} Guest */
/** @typedef {import("./desk-log.js").Row} Row */
/** @typedef {import("./desk-log.js").Answer} Answer */

const LATEST = 8;

export class Screen {
  /** @param {HTMLElement} root @param {Record<string, string>} words */
  constructor(root, words) {
    this.root = root;
    this.words = words;
    this.card = this.part("[data-verdict]");
    this.photo = "";
  }

  /** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement} */
  part(selector, within = this.root) {
    return /** @type {HTMLElement} */ (within.querySelector(selector));
  }

  /** @param {string} name @param {Record<string, string | number>} [values] */
  word(name, values = {}) {
    return (this.words[name] ?? name).replace(/\{(\w+)\}/g, (_whole, key) => String(values[key] ?? ""));
  }

  /** @param {string} name of the only screen to be seen */
  turn(name) {
    for (const screen of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll("[data-screen]"))) screen.hidden = screen.dataset.screen !== name;
    const first = /** @type {HTMLElement | null} */ (this.root.querySelector(`[data-screen="${name}"] :is(input, select, button):not([type=hidden])`));
    first?.focus();
    this.part('[data-deed="shift"]', document).hidden = name !== "work";
  }

  /** @param {string} sentence */
  say(sentence) {
    this.part("[data-said]").textContent = sentence;
  }

  /** @param {string} selector @param {string} text what it says; it is hidden when it says nothing */
  tell(selector, text) {
    const part = this.part(selector);
    const inner = part.querySelector("b") ?? part;
    if (inner.textContent !== text) inner.textContent = text;
    part.hidden = !text;
  }

  // --- the person and the verdict ---------------------------------------------------------------------------------------
  /** Before the colour changes, the name stands there. @param {Guest | undefined} guest @param {string} label what was scanned, where it is nobody's @param {string} zones */
  person(guest, label, zones) {
    const { card } = this;
    delete card.dataset.tone;
    card.hidden = false;
    card.dataset.checking = "";
    for (const [name, text] of Object.entries({
      name: guest?.name ?? label, name2: guest?.name2 ?? "", org: guest?.org ?? "", category: guest?.category ?? "", note: guest?.note ?? "", zones, differs: "",
    })) this.tell(`[data-${name}]`, text);
    this.part(".desk-facts").hidden = !zones;
    this.part("[data-vip]").hidden = !guest?.vip;
    this.flag(guest?.flag ?? "");
    this.picture(null);
    for (const name of ["words", "check", "at"]) this.part(`[data-${name}]`).textContent = "";
  }

  /** @param {Row} row @param {string} more what else is to be said about it */
  verdict(row, more) {
    const { card } = this;
    const shade = row.kind === "undo" ? "look" : tone(row);
    const sentence = [this.word(`reason_${row.reason}`), more].filter(Boolean).join(" ");
    card.dataset.tone = shade;
    delete card.dataset.checking;
    this.part("[data-words]").textContent = sentence;
    const at = /** @type {HTMLTimeElement} */ (this.part("[data-at]"));
    at.dateTime = row.at;
    at.textContent = clock(row.at);
    this.part("[data-check]").textContent = this.word("unconfirmed");
    this.part('[data-deed="exception"]').hidden = row.decision === "admit" || row.direction === "out";
    this.part("[data-alert]").textContent = `${row.name}. ${sentence}`;
    return shade;
  }

  /** @param {Row} row @param {Answer} answer */
  answer(row, answer) {
    const isSame = answer.verdict === row.decision || row.kind === "undo";
    this.part("[data-check]").textContent = isSame ? `✓ ${this.word("confirmed")}` : "";
    const before = answer.since ? this.word("entered_at", { time: clock(answer.since), gate: answer.at_gate ?? "" }) : "";
    const said = isSame ? "" : [this.word("differs", { message: answer.message }), before].filter(Boolean).join(" ");
    this.tell("[data-differs]", [said, answer.incident ? this.word("incident") : ""].filter(Boolean).join(" "));
    if (!isSame) this.card.dataset.tone = tone({ decision: answer.verdict, reason: answer.reason }) === "yes" ? "look" : tone({ decision: answer.verdict, reason: answer.reason });
  }

  /** @param {string} flag code or address of the picture */
  flag(flag) {
    const image = /** @type {HTMLImageElement} */ (this.part("[data-flag]"));
    image.hidden = !flag;
    if (flag) image.src = this.flagAddress(flag);
  }

  /** @param {string} flag */
  flagAddress(flag) {
    if (flag.startsWith("/")) return flag;
    return `${this.root.dataset.flags}${flag.split("/").at(-1)?.toLowerCase().replace(/(\.svg)?$/, ".svg")}`;
  }

  /** @param {ArrayBuffer | null} bytes */
  picture(bytes) {
    const image = /** @type {HTMLImageElement} */ (this.part("[data-photo]"));
    if (this.photo) URL.revokeObjectURL(this.photo);
    this.photo = bytes ? URL.createObjectURL(new Blob([bytes])) : "";
    image.hidden = !bytes;
    this.part("[data-no-photo]").hidden = Boolean(bytes);
    if (bytes) image.src = this.photo;
  }

  // --- what stands beside it -----------------------------------------------------------------------------------------
  /** @param {{ isUp: boolean | null, waiting: number, madeAt: string, hours: number, age: number, isPractice: boolean }} state */
  line({ isUp, waiting, madeAt, hours, age, isPractice }) {
    const part = this.part("[data-line]");
    part.hidden = isPractice;
    part.dataset.line = isUp === false ? "away" : "on";
    this.part("[data-line-state]").textContent = this.word(isUp === false ? "offline" : "online");
    this.part("[data-line-queue]").textContent = waiting ? this.word("waiting", { number: waiting }) : this.word("sent");
    this.part("[data-line-age]").textContent = madeAt
      ? `${this.word("age", { time: clock(madeAt), minutes: age })}, ${this.word("expires", { hours })}` : "";
  }

  /** @param {ReturnType<typeof import("./desk-shift.js").sums>} sum @param {number} guests @param {number | null} inside */
  numbers(sum, guests, inside) {
    this.part("[data-admitted]").textContent = String(sum.admitted);
    this.part("[data-of]").textContent = this.word("guests", { number: guests });
    this.part("[data-rate]").textContent = this.word("per_hour", { number: sum.lastHour });
    this.part("[data-inside]").textContent = inside === null ? "" : this.word("inside", { number: inside });
  }

  /** @param {Map<number, Row>} rows @param {Map<number, Answer>} answers @param {Set<string | undefined>} undone */
  latest(rows, answers, undone) {
    const last = [];
    for (let seq = Math.max(0, ...[...rows.keys()].slice(-1)); seq > 0 && last.length < LATEST; seq -= 1) {
      const row = rows.get(seq);
      if (row && row.kind !== "undo") last.push(this.row(row, answers.get(row.seq), undone.has(row.id)));
    }
    this.part("[data-latest]").replaceChildren(...last);
  }

  /** @param {Row[]} rows @param {Map<number, Answer>} answers */
  bad(rows, answers) {
    this.part("[data-bad-rows]").hidden = !rows.length;
    this.part("[data-bad]").replaceChildren(...rows.slice(0, LATEST).map((row) => this.row(row, answers.get(row.seq), false)));
  }

  /** @param {import("./desk-sync.js").Order[]} orders @param {(guest: number) => string} nameOf */
  ordered(orders, nameOf) {
    const named = orders.filter(({ guest }) => nameOf(guest)).slice(0, LATEST);
    this.part("[data-orders]").hidden = !named.length;
    this.part("[data-ordered]").replaceChildren(...named.map(({ guest, ordered_at: at, printed_at: printed }) => {
      const line = document.createElement("li");
      line.dataset.tone = printed ? "yes" : "look";
      const said = printed ? this.word("order_printed", { time: clock(printed) }) : this.word("order_waits");
      line.append(this.part(`[data-shade="${printed ? "yes" : "look"}"] svg`).cloneNode(true), element("b", nameOf(guest)), element("small", said), element("time", clock(at)));
      return line;
    }));
  }

  /** @param {Row} row @param {Answer | undefined} answer @param {boolean} isUndone */
  row(row, answer, isUndone) {
    const differs = answer && answer.verdict !== row.decision;
    const line = document.createElement("li");
    const shade = differs ? "look" : tone(row);
    const icon = this.part(`[data-shade="${shade}"] svg`).cloneNode(true);
    const reason = isUndone ? this.word("reason_undone") : differs ? answer.message : this.word(`reason_${row.reason}`);
    line.dataset.tone = shade;
    line.append(icon, element("b", row.name), element("small", reason), element("time", clock(row.at)));
    return line;
  }
}

/** @param {string} tag @param {string} text */
function element(tag, text) {
  const made = document.createElement(tag);
  made.dir = "auto";
  made.textContent = text;
  return made;
}
