// @ts-check
/** A juror's table: sends what was written without a connection on pages that were closed since. */
import { flightOf, keep, kept, send, waiting } from "./panel-queue.js";

const notice = /** @type {HTMLElement | null} */ (document.querySelector("[data-queue]"));
const PAUSE = 15_000;
if (notice) void flush(notice);

/** @param {HTMLElement} notice */
async function flush(notice) {
  const account = notice.dataset.queue ?? "";
  const token = notice.querySelector("input")?.value ?? "";
  const addresses = waiting(account);
  if (!addresses.length) {
    notice.hidden = true;
    return;
  }
  tell(notice, notice.dataset.sending ?? "");
  let sent = 0;
  for (const address of addresses) sent += Number(await settle(account, address, token));
  const left = waiting(account).length;
  if (sent) location.reload();
  else if (left) {
    tell(notice, `${notice.dataset.waiting} ${left}`);
    setTimeout(() => void flush(notice), PAUSE);
  }
}

/** Sends one review; what needs a decision stays for its page. @param {string} account @param {string} address @param {string} token @returns {Promise<boolean>} */
async function settle(account, address, token) {
  const entry = kept(account, address);
  if (!entry) return false;
  const flight = flightOf(entry);
  keep(account, address, { ...entry, flight });
  const outcome = await send(`/${document.documentElement.lang.toLowerCase()}${address}`, flight, token);
  if (outcome.kind !== "answered" || outcome.status !== 200 || outcome.answer.crossed.length) return false;
  const { fields } = outcome.answer;
  const rest = Object.keys(entry.values).filter((field) => entry.values[field] !== text(fields[field]?.value));
  const isOpen = entry.wish && !outcome.answer.done;
  const seen = Object.fromEntries(Object.entries(fields).map(([field, { seen }]) => [field, seen]));
  keep(account, address, rest.length || isOpen ? { values: entry.values, seen, wish: entry.wish, flight: null } : null);
  return rest.length || isOpen ? settle(account, address, token) : true;
}

/** @param {unknown} value */
function text(value) {
  return value === null || value === undefined ? "" : String(value);
}

/** @param {HTMLElement} notice @param {string} words */
function tell(notice, words) {
  const place = notice.querySelector("span");
  if (place) place.textContent = words;
  notice.hidden = false;
}
