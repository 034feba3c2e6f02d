// @ts-check
/**
 * What a juror wrote and the server has not confirmed yet, kept in this browser: each address of a review has one entry.
 *
 * What is on its way has a key and is sent again, word for word, until it is answered; only then goes what was written since.
 * So a save that arrived, and whose answer was lost, is never taken for somebody else's.
 */

/** @typedef {Record<string, string>} Values */
/** @typedef {{ key: string, values: Values, seen: Values, wish: string }} Flight what is on its way */
/** @typedef {{ values: Values, seen: Values, wish: string, flight: Flight | null }} Kept */
/** @typedef {{ version: number, saved_at: string, done: boolean, fields: Record<string, { value: string | number | null, seen: string }>, crossed: string[], errors: Record<string, string[]>, detail: string, receipt: string }} Answer */
/** @typedef {{ kind: "answered", status: number, answer: Answer } | { kind: "away" } | { kind: "signed-out" }} Outcome */

const PREFIX = "summitry-review";

/** In whatever language a page is read, it is the same review. @param {string} account @param {string} address */
function name(account, address) {
  return `${PREFIX}:${account}:${address.slice(address.indexOf("/console/"))}`;
}

/** @param {string} account @param {string} address @returns {Kept | null} */
export function kept(account, address) {
  try {
    return JSON.parse(localStorage.getItem(name(account, address)) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} account @param {string} address @param {Kept | null} entry */
export function keep(account, address, entry) {
  try {
    if (entry) localStorage.setItem(name(account, address), JSON.stringify(entry));
    else localStorage.removeItem(name(account, address));
  } catch {
    // A browser that keeps nothing: what is written still goes out as long as the page is open.
  }
}

/** The addresses for which something waits. @param {string} account @returns {string[]} */
export function waiting(account) {
  const start = `${PREFIX}:${account}:`;
  return Object.keys(localStorage).filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
}

/** What is to be sent next: what is on its way already, or what was written since. @param {Kept} entry @returns {Flight} */
export function flightOf(entry) {
  return entry.flight ?? { key: newKey(), values: entry.values, seen: entry.seen, wish: entry.wish };
}

/** @param {string} address @param {Flight} flight @param {string} token @returns {Promise<Outcome>} */
export async function send(address, flight, token) {
  const body = new FormData();
  for (const [field, value] of Object.entries(flight.values)) body.set(field, value);
  body.set("seen", JSON.stringify(flight.seen));
  body.set("key", flight.key);
  body.set("do", flight.wish || "save");
  body.set("csrfmiddlewaretoken", token);
  const headers = { Accept: "application/json" };
  const answer = await fetch(address, { method: "POST", body, headers }).catch(() => null);
  if (!answer || answer.status >= 500 || answer.status === 429) return { kind: "away" };
  const isOurs = !answer.redirected && answer.headers.get("Content-Type")?.startsWith("application/json");
  if (!isOurs) return { kind: "signed-out" };
  return { kind: "answered", status: answer.status, answer: await answer.json() };
}

function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
