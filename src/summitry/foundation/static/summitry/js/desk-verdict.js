// @ts-check
/**
 * Says what a gate does with whoever stands there, by looking it up in the table that the server compiled.
 * There are no rules here: `tests/gates/verdicts.json` holds this module and the server's own look-up to the same answers.
 */

/** @typedef {[zone: number, from: number, until: number]} Window a zone, and the seconds since 1970 between which it opens */
/** @typedef {{ decision: "admit" | "refuse", reason: string }} Verdict */
/**
 * @typedef {object} Asked
 * @property {string} state of the badge: active, revoked, superseded, or "" where its code is nobody's
 * @property {boolean} [is_gone] whether the guest is not accredited any more
 * @property {Window[]} access @property {number} zone @property {string} again @property {string} direction
 * @property {number} at in seconds since 1970
 * @property {boolean} [inside] @property {boolean} [entered]
 * @property {number | null} [places] how many more the zone holds @property {number | null} [passes] the same of her delegation
 */

/** @param {Asked} asked @returns {Verdict} */
export function judge(asked) {
  let refused = badge(asked);
  if (!refused && asked.direction === "out") return { decision: "admit", reason: "left" };
  refused ||= closed(asked) || notAgain(asked) || noRoom(asked);
  if (refused) return { decision: "refuse", reason: refused };
  return { decision: "admit", reason: asked.entered ? "again" : "ok" };
}

/** @param {Asked} asked */
function badge({ state, is_gone: isGone }) {
  if (!state) return "unknown";
  return state === "active" ? (isGone ? "gone" : "") : state;
}

/** @param {Asked} asked */
function closed({ access, zone, at }) {
  const windows = access.filter(([place]) => place === zone);
  if (!windows.length) return "no_zone";
  return windows.some(([, from, until]) => from <= at && at < until) ? "" : "not_now";
}

/** @param {Asked} asked */
function notAgain({ again, inside, entered }) {
  if (again === "once" && entered) return "once";
  return again === "after_exit" && inside ? "inside" : "";
}

/** @param {Asked} asked */
function noRoom({ inside, places, passes }) {
  if (inside) return "";
  if (typeof places === "number" && places <= 0) return "full";
  return typeof passes === "number" && passes <= 0 ? "quota" : "";
}

/** What stands out without being wrong for certain; whatever else is refused is refused. */
const DOUBTFUL = new Set(["again", "inside", "once", "full", "quota", "exception"]);

/** @param {{ decision: string, reason: string }} verdict @returns {"yes" | "look" | "no"} */
export function tone({ decision, reason }) {
  if (DOUBTFUL.has(reason)) return "look";
  return decision === "admit" ? "yes" : "no";
}

const ALIKE = /** @type {Record<string, string>} */ ({ I: "1", L: "1", O: "0" });

/** What a scanner or a hand wrote, as tokens are written: large letters, no gaps, look-alikes as digits. @param {string} text */
export function plain(text) {
  return text.trim().toUpperCase().replace(/[ -]/g, "").replace(/[ILO]/g, (letter) => ALIKE[letter]);
}

/** The form in which devices know a token. @param {string} text */
export async function digest(text) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(plain(text)));
  return [...new Uint8Array(bytes)].slice(0, 8).map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether a text is written as our codes are, so that it is not looked for as a name. @param {string} text */
export function isToken(text) {
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(plain(text)) && /[0-9]/.test(text);
}

/** Whether a text that is nobody's name can be one of our codes, one in four hundred of which has no digit. @param {string} text */
export function mayBeToken(text) {
  return /[\d:/]/.test(text) || /^([A-Z]{4}[ -]?){3}[A-Z]{4}$/i.test(text);
}
