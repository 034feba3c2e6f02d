// @ts-check
/**
 * The live view of a session. The server renders what changes; this fetches it on every hint, keeps the clocks going
 * between two answers by the server's time, and sends steps so that a second press can never do twice what was meant once.
 */
import { listen } from "./live.js";

const page = /** @type {HTMLElement} */ (document.querySelector("[data-run]"));
const body = /** @type {HTMLElement} */ (page.querySelector("[data-run-body]"));
const said = /** @type {HTMLElement} */ (page.querySelector("[data-said]"));
const address = page.dataset.partUrl ?? location.href;
const clock = new Intl.DateTimeFormat("en-GB-u-nu-latn", {
  timeZone: page.dataset.zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});
const OFTEN = 15_000; // an overrun grows by itself: what follows from it is asked for anew
const PAUSE = 600; // a button that was pressed twice by mistake
const TIRED = 60;
let ahead = 0;
let isBusy = false;
let again = false;
let lastStep = 0;
let lastAnswer = 0;

const state = () => /** @type {HTMLElement | null} */ (body.querySelector("[data-state]"));
const now = () => Date.now() + ahead;

/** The server's clock, which may be a rehearsal's, and never this device's. */
function setClock() {
  const told = Number(state()?.dataset.now) * 1000;
  if (told) ahead = told - Date.now();
  lastAnswer = Date.now();
  tick();
}

function tick() {
  for (const time of body.querySelectorAll("[data-clock]")) time.textContent = clock.format(now());
  for (const count of /** @type {NodeListOf<HTMLElement>} */ (body.querySelectorAll("[data-count]"))) {
    const left = Math.floor(Number(count.dataset.count) - now() / 1000);
    count.textContent = span(left);
    count.classList.toggle("is-over", left < 0);
    count.classList.toggle("is-soon", left >= 0 && left < TIRED);
  }
}

/** @param {number} seconds */
function span(seconds) {
  const whole = Math.abs(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const text = (parts[0] ? parts : parts.slice(1)).map((part) => String(part).padStart(2, "0")).join(":");
  return seconds < 0 ? `+${text}` : text;
}

/** @param {string} html */
function show(html) {
  const next = new DOMParser().parseFromString(html, "text/html").querySelector("[data-state]");
  const present = state();
  if (!next || !present) return;
  const held = document.activeElement?.id;
  const before = present.dataset.saidNow;
  present.replaceWith(next);
  if (held) document.getElementById(held)?.focus();
  setClock();
  const after = state()?.dataset.saidNow ?? "";
  if (after && after !== before) said.textContent = after;
}

async function refresh() {
  if (document.activeElement instanceof HTMLSelectElement) {
    again = true; // somebody is choosing; it is shown when she is done
    return;
  }
  if (isBusy) {
    again = true;
    return;
  }
  await ask(address, {});
}

/** @param {string} url @param {RequestInit} how */
async function ask(url, how) {
  isBusy = true;
  const answer = await fetch(url, { ...how, headers: { "X-Part": "1" } }).catch(() => null);
  if (answer && answer.headers.get("Content-Type")?.startsWith("text/html")) show(await answer.text());
  page.toggleAttribute("data-away", !answer);
  isBusy = false;
  if (again) {
    again = false;
    await refresh();
  }
}

page.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  event.preventDefault();
  if (isBusy) return;
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  const data = new FormData(form, button);
  if (data.get("step")) {
    if (Date.now() - lastStep < PAUSE) return;
    lastStep = Date.now();
  }
  if (document.activeElement instanceof HTMLSelectElement) document.activeElement.blur();
  void ask(form.action, { method: "POST", body: data });
});

document.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select, textarea")) return;
  const onControl = target.closest("a, button, summary");
  const key = { " ": "next", Enter: "next", b: "back", s: "skip" }[event.key];
  if (!key || (onControl && (event.key === " " || event.key === "Enter"))) return;
  event.preventDefault();
  /** @type {HTMLButtonElement | null} */ (body.querySelector(`[data-key="${key}"]:not([disabled])`))?.click();
});

document.addEventListener("change", () => queueMicrotask(() => again && !isBusy && void refresh()));
setInterval(tick, 250);
setInterval(() => {
  const isLate = body.querySelector(".run-now .is-over");
  if (!document.hidden && Date.now() - lastAnswer > (isLate ? OFTEN : 4 * OFTEN)) void refresh();
}, 1000);
document.addEventListener("visibilitychange", () => document.hidden || void refresh());
listen([page.dataset.topic ?? ""], ({ kind, first }) => {
  // Ballots are revealed within the moment between a page and its connection: such a page asks once more.
  if (kind !== "presence" && (!first || page.dataset.eager !== undefined)) void refresh();
});
setClock();
