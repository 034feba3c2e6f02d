// @ts-check
/**
 * Hears what changes elsewhere: `listen(["edition:7:board"], (hint) => …)`.
 *
 * All modules of a page share one connection. A hint says only that something happened; the page fetches what it shows.
 * Whenever the connection opens, first or again, every handler is called with kind "resync": what happened before
 * was not heard (`first` is true where the page has only just been loaded). A page that nobody looks at lets go of its
 * connection after a while and comes back with a resync when it is looked at again.
 */

/** @typedef {{ kind: string, topic: string, first?: boolean, [name: string]: unknown }} Hint */
/** @typedef {(hint: Hint) => void} Handler */

const QUIET = 45_000; // the server says something at least every 15 seconds
const HIDDEN = 20_000;
const SHORTEST = 1_000;
const LONGEST = 120_000;

/** @type {Map<Handler, { topics: Set<string>, isNew: boolean }>} */ const listeners = new Map();
/** @type {EventSource | null} */ let stream = null;
let address = "";
let failures = 0;
let watchdog = 0;
let retry = 0;
let hiding = 0;
let isPlanned = false;

/**
 * Call `handler` with every hint on one of `topics`, and with kind "resync" whenever something may have been missed.
 * @param {Iterable<string>} topics @param {Handler} handler @returns {() => void} ends the listening
 */
export function listen(topics, handler) {
  listeners.set(handler, { topics: new Set(topics), isNew: true });
  plan();
  return () => {
    listeners.delete(handler);
    plan();
  };
}

/** Several calls of one moment open one connection. */
function plan() {
  if (isPlanned) return;
  isPlanned = true;
  queueMicrotask(() => {
    isPlanned = false;
    const query = new URLSearchParams(wanted().map((topic) => ["topic", topic]));
    if (query.size && `/live/?${query}` === address && stream) return;
    address = query.size ? `/live/?${query}` : "";
    open();
  });
}

function wanted() {
  return [...new Set([...listeners.values()].flatMap(({ topics }) => [...topics]))].sort();
}

function close() {
  stream?.close();
  stream = null;
  clearTimeout(watchdog);
  clearTimeout(retry);
}

function open() {
  close();
  if (!address) return;
  const opened = new EventSource(address);
  stream = opened;
  opened.addEventListener("open", () => {
    failures = 0;
    watch();
    resync();
  });
  opened.addEventListener("beat", watch);
  opened.addEventListener("message", ({ data }) => {
    watch();
    hear(JSON.parse(data));
  });
  opened.addEventListener("error", () => {
    document.documentElement.dataset.live = "away";
    if (opened.readyState === EventSource.CLOSED) later();
  });
}

/** A refused or lost connection is tried again after growing, uneven pauses, so that not all pages come at once. */
function later() {
  close();
  const pause = Math.min(LONGEST, SHORTEST * 2 ** failures) * (0.5 + Math.random());
  failures += 1;
  retry = window.setTimeout(open, pause);
}

/** A connection can die without a word: a laptop that slept, a network that changed. */
function watch() {
  clearTimeout(watchdog);
  watchdog = window.setTimeout(later, QUIET);
}

/** @param {Hint} hint */
function hear(hint) {
  if (hint.kind === "resync" && !hint.topic) {
    resync();
    return;
  }
  for (const [handler, { topics }] of listeners) if (topics.has(hint.topic)) handler(hint);
}

function resync() {
  document.documentElement.dataset.live = "on";
  for (const [handler, listener] of listeners) {
    const first = listener.isNew;
    listener.isNew = false;
    handler({ kind: "resync", topic: "", first });
  }
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(hiding);
  if (document.hidden) hiding = window.setTimeout(close, HIDDEN);
  else if (!stream) open();
});
addEventListener("pagehide", close);
addEventListener("pageshow", (event) => {
  if (event.persisted) open();
});
