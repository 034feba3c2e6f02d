// @ts-check
/** What time it is for the desk: this device's clock, moved to the rehearsal's time where there is a rehearsal. */

const ahead = Number(document.documentElement.dataset.clockOffset ?? 0) * 1000;
const lang = document.documentElement.lang;
let hours = formatFor(undefined);

/** @param {string | undefined} timeZone */
function formatFor(timeZone) {
  return new Intl.DateTimeFormat(`${lang}-u-nu-latn`, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
}

/** Show the clock of the host city from now on, however this device is set. @param {string} zone */
export function stand(zone) {
  hours = formatFor(zone);
}

/** Milliseconds since 1970. */
export function now() {
  return Date.now() + ahead;
}

/** HH:MM where the summit is. @param {number | string} instant */
export function clock(instant) {
  return hours.format(new Date(instant));
}
