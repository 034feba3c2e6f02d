// @ts-check
/**
 * A ballot of a live final as bytes, its commitment, and what this browser keeps of it until the reveal.
 *
 * The text is canonical JSON of whole numbers and plain words: members sorted, no blanks. What is committed to is the line
 * "summitry ballot 1", the salt in hexadecimal on a line of its own, and the text.
 */

/** @typedef {{ ballot: string, salt: string, commitment: string }} Sealed */
/** @typedef {[better: number, worse: number, even: number]} Pair */
/** @typedef {{ values: Record<string, string>, pairs: Pair[], sealed: Sealed | null }} Kept */

const FORMAT = 1;
const SALT_BYTES = 32;
const PREFIX = "summitry-ballot";

/** @param {unknown} value @returns {string} */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const known = /** @type {Record<string, unknown>} */ (value);
  return `{${Object.keys(known).sort().map((name) => `${JSON.stringify(name)}:${canonical(known[name])}`).join(",")}}`;
}

/** @param {number} final @param {number} juror @param {string} kind @param {Record<string, unknown>} more @returns {Promise<Sealed>} */
export async function seal(final, juror, kind, more) {
  const ballot = canonical({ final, juror, kind, format: FORMAT, ...more });
  const salt = hex(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
  const data = new TextEncoder().encode(`summitry ballot 1\n${salt}\n${ballot}`);
  return { ballot, salt, commitment: hex(new Uint8Array(await crypto.subtle.digest("SHA-256", data))) };
}

/** What is revealed, and what a juror can keep as text. @param {Sealed} sealed */
export function opening({ ballot, salt }) {
  return canonical({ ballot, salt });
}

/** @param {string} final @param {string} juror @returns {Kept} */
export function kept(final, juror) {
  const empty = { values: {}, pairs: [], sealed: null };
  try {
    return { ...empty, ...JSON.parse(localStorage.getItem(`${PREFIX}:${final}:${juror}`) ?? "{}") };
  } catch {
    return empty;
  }
}

/** Whether it is kept now. @param {string} final @param {string} juror @param {Kept} what */
export function keep(final, juror, what) {
  try {
    localStorage.setItem(`${PREFIX}:${final}:${juror}`, JSON.stringify(what));
    return true;
  } catch {
    return false;
  }
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
