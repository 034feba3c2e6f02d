// @ts-check
/**
 * What every page shares: the reader's own clock, light or dark, lists that close, selects that submit.
 * Everything here improves a page that already works without it.
 */
export {};

const YEAR = 60 * 60 * 24 * 365;
const root = document.documentElement;

/** @param {string} name @returns {string} */
function cookie(name) {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

/** @param {string} name @param {string} value */
function keepCookie(name, value) {
  const secure = location.protocol === "https:" ? ";secure" : "";
  document.cookie = `${name}=${encodeURIComponent(value)};path=/;max-age=${YEAR};samesite=lax${secure}`;
}

/** The zone the reader chose, else the browser's; kept so that the server can show the second clock itself. */
const zone = readerZone();

function readerZone() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const kept = cookie("zone");
  if (!kept) keepCookie("zone", own);
  try {
    return new Intl.DateTimeFormat("en", { timeZone: kept || own }).resolvedOptions().timeZone;
  } catch {
    return own;
  }
}

const parts = new Intl.DateTimeFormat("en-CA-u-nu-latn", {
  timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

/**
 * The reader's time of an instant, as HH:MM; with +1 or -1 where it falls on another day than at the venue.
 * @param {string} instant ISO 8601 with the venue's offset
 */
function localClock(instant) {
  const part = Object.fromEntries(parts.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  const day = `${part.year}-${part.month}-${part.day}`;
  const shift = day > instant.slice(0, 10) ? " +1" : day < instant.slice(0, 10) ? " −1" : "";
  return `${part.hour}:${part.minute}${shift}`;
}

function showLocalTimes() {
  for (const time of document.querySelectorAll("time[data-local]")) {
    const text = localClock(time.getAttribute("datetime") ?? "");
    if (time.textContent !== text) time.textContent = text;
  }
}

function themeToggle() {
  const kept = cookie("theme");
  if (kept) root.dataset.theme = kept;
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-theme-toggle]"))) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      keepCookie("theme", root.dataset.theme);
    });
  }
}

/** A list of links that was opened closes on Escape and on a press elsewhere. */
function closingSwitchers() {
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll("details.switcher[open]")) {
      if (!open.contains(/** @type {Node} */ (event.target))) open.removeAttribute("open");
    }
  });
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" ? document.querySelector("details.switcher[open]") : null;
    open?.removeAttribute("open");
    open?.querySelector("summary")?.focus();
  });
}

function submittingSelects() {
  document.addEventListener("change", (event) => {
    const field = /** @type {HTMLElement} */ (event.target);
    if (field.matches("form[data-autosubmit] select")) field.closest("form")?.requestSubmit();
  });
}

root.dataset.js = "";
showLocalTimes();
themeToggle();
closingSwitchers();
submittingSelects();
