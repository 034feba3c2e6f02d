// @ts-check
/**
 * A juror's ballot on her phone. Marks stay in this browser; what goes to the server is the digest, and at the reveal the
 * ballot with its salt. All of it is tried again until it is answered, so that a lost connection loses nothing.
 */
import { keep, kept, opening, seal } from "./final-paper.js";
import { nextPair } from "./final-pairs.js";
import { listen } from "./live.js";

/** @typedef {{ state: string, now: number, on_stage: number | null, seen: number[], phase: string, ends_at: number | null, left: string, commitment: string, revealed: boolean, open: boolean, code?: string, detail?: string }} State */

const OFTEN = 15_000;
const SOON = 3_000;
const page = /** @type {HTMLElement} */ (document.querySelector("[data-ballot]"));
const form = /** @type {HTMLFormElement | null} */ (page.querySelector("form[data-form]"));
const status = /** @type {HTMLElement} */ (page.querySelector("[data-status]"));
const { final = "", juror = "", kind = "" } = page.dataset;
const mine = kept(final, juror);
const words = page.dataset;
/** @type {State} */ let state = JSON.parse(document.getElementById("ballot-state")?.textContent ?? "{}");
let ahead = state.now * 1000 - Date.now();
let isBusy = false;
let isSealing = false;
let again = false;
let isWarned = false;
let timer = 0;

const sheets = /** @type {HTMLElement[]} */ ([...page.querySelectorAll("[data-pitch]")]);
const canSeal = Boolean(globalThis.crypto?.subtle);

if (form && canSeal) fill(form);
if (!canSeal) {
  for (const sheet of sheets) sheet.classList.remove("no-js-only");
  page.querySelector("[data-pairs]")?.setAttribute("hidden", "");
}
listen([words.topic ?? ""], () => void look());
addEventListener("online", () => void look());
setInterval(tick, 250);
show();
plan(state.commitment || !mine.sealed ? OFTEN : 0);

/** @param {HTMLFormElement} ballot */
function fill(ballot) {
  for (const [name, value] of Object.entries(mine.values)) {
    for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (ballot.querySelectorAll(`[name="${CSS.escape(name)}"]`))) {
      if (field.type === "radio") field.checked = field.value === value;
      else field.value = value;
    }
  }
  ballot.addEventListener("input", (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    mine.values[field.name] = field.value;
    isWarned = false;
    hold();
  });
  ballot.addEventListener("submit", (event) => {
    event.preventDefault();
    void commit();
  });
  for (const [n, button] of [...ballot.querySelectorAll("[data-choose]")].entries()) {
    button.addEventListener("click", () => answer(n, 0));
  }
  ballot.querySelector("[data-skip]")?.addEventListener("click", () => answer(0, 1));
  ballot.querySelector("[data-undo]")?.addEventListener("click", () => {
    mine.pairs.pop();
    hold();
    ask();
  });
}

function hold() {
  if (keep(final, juror, mine)) say(words.saidKept);
}

/** @param {string | undefined} text */
function say(text, isWaiting = false) {
  status.textContent = text ?? "";
  status.classList.toggle("is-waiting", isWaiting);
}

/** What is on the ballot: whole sheets only. @returns {{ marks: Record<string, Record<string, number>>, missing: string[] }} */
function marked() {
  /** @type {Record<string, Record<string, number>>} */ const marks = {};
  const missing = [];
  for (const sheet of sheets) {
    const fields = /** @type {HTMLInputElement[]} */ ([...sheet.querySelectorAll("[data-criterion]")]);
    const asked = new Set(fields.map((field) => field.dataset.criterion ?? ""));
    const given = fields.filter((field) => (field.type === "radio" ? field.checked : field.value && field.checkValidity()));
    if (given.length === asked.size) {
      marks[sheet.dataset.pitch ?? ""] = Object.fromEntries(given.map((field) => [field.dataset.criterion ?? "", Number(field.value)]));
    } else missing.push(sheet.querySelector("[data-title]")?.textContent ?? "");
  }
  return { marks, missing };
}

async function commit() {
  if (isSealing || mine.sealed || state.state !== "running") return;
  const { marks, missing } = marked();
  const isEmpty = kind === "pairs" ? !mine.pairs.length : !Object.keys(marks).length;
  if (isEmpty) {
    say(words.saidEmpty, true);
    return;
  }
  const warning = /** @type {HTMLElement | null} */ (page.querySelector("[data-missing]"));
  if (kind !== "pairs" && missing.length && !isWarned && warning) {
    isWarned = true; // a second press says that she means it
    warning.hidden = false;
    const text = warning.querySelector("span");
    if (text) text.textContent = `${words.saidMissing} ${missing.join(", ")}`;
    warning.scrollIntoView({ block: "nearest" });
    return;
  }
  isSealing = true;
  mine.sealed = await seal(Number(final), Number(juror), kind, kind === "pairs" ? { pairs: mine.pairs } : { marks });
  isSealing = false;
  keep(final, juror, mine);
  show();
  await look();
}

/** Ask how the final stands; send what is sealed and not committed yet, and reveal once ballots are closed. */
async function look() {
  if (isBusy) {
    again = true; // something moved since the answer that is on its way was made
    return;
  }
  isBusy = true;
  again = false;
  const body = next();
  const answered = await send(body);
  isBusy = false;
  if (answered === null) {
    say(words.saidAway, true);
    plan(SOON);
    return;
  }
  if (answered === "signed-out") {
    say(words.saidSignin, true);
    plan(OFTEN);
    return;
  }
  state = answered;
  ahead = state.now * 1000 - Date.now();
  if (state.code === "ballots-closed" && mine.sealed && !state.commitment) mine.sealed = null;
  keep(final, juror, mine);
  show();
  if (state.detail) say(state.detail, true);
  plan(again || (next() && !state.code) ? 0 : OFTEN);
}

/** What is to be sent now. @returns {Record<string, string> | null} */
function next() {
  const { sealed } = mine;
  if (!sealed) return null;
  if (!state.commitment) return { do: "commit", commitment: sealed.commitment };
  const isOwn = state.commitment === sealed.commitment;
  return isOwn && state.state === "committed" && !state.revealed ? { do: "reveal", opening: opening(sealed) } : null;
}

/** @param {Record<string, string> | null} body @returns {Promise<State | "signed-out" | null>} */
async function send(body) {
  const how = { headers: { Accept: "application/json" } };
  const data = new FormData();
  for (const [name, value] of Object.entries(body ?? {})) data.set(name, value);
  const token = /** @type {HTMLInputElement | null} */ (page.querySelector("[name=csrfmiddlewaretoken]"));
  data.set("csrfmiddlewaretoken", token?.value ?? "");
  const answer = await fetch(location.href, body ? { ...how, method: "POST", body: data } : how).catch(() => null);
  if (!answer || answer.status >= 500 || answer.status === 429) return null;
  if (answer.redirected || !answer.headers.get("Content-Type")?.startsWith("application/json")) return "signed-out";
  return await answer.json();
}

/** @param {number} pause */
function plan(pause) {
  clearTimeout(timer);
  timer = window.setTimeout(() => void look(), pause);
}

function show() {
  const { sealed } = mine;
  const isOwn = Boolean(sealed && state.commitment === sealed.commitment);
  if (form) form.hidden = Boolean(sealed || state.commitment || !state.open);
  const button = /** @type {HTMLButtonElement | null} */ (page.querySelector("[data-commit]"));
  if (button) button.disabled = state.state !== "running";
  for (const sheet of sheets) {
    const entry = Number(sheet.dataset.pitch);
    const wasOnStage = sheet.classList.contains("is-on-stage");
    sheet.classList.toggle("is-on-stage", entry === state.on_stage);
    sheet.classList.toggle("is-waiting", !state.seen.includes(entry));
    if (entry === state.on_stage && !wasOnStage && !sheet.contains(document.activeElement)) sheet.scrollIntoView({ block: "nearest" });
  }
  if (state.revealed) say(words.saidRevealed);
  else if (isOwn) say(words.saidCommitted);
  else if (state.commitment) say(words.saidOther, true);
  else if (sealed) say(words.saidSending, true);
  const backup = /** @type {HTMLElement | null} */ (page.querySelector("[data-backup]"));
  const text = /** @type {HTMLTextAreaElement | null} */ (page.querySelector("[data-kept]"));
  if (backup && text) {
    backup.hidden = !sealed || state.revealed;
    text.value = sealed ? opening(sealed) : "";
  }
  const digest = /** @type {HTMLElement | null} */ (page.querySelector("[data-digest]"));
  const code = page.querySelector("[data-commitment]");
  if (digest && code) {
    digest.hidden = !state.commitment;
    code.textContent = state.commitment;
  }
  if (kind === "pairs") ask();
  live();
}

function live() {
  const sheet = sheets.find((one) => Number(one.dataset.pitch) === state.on_stage);
  const title = page.querySelector("[data-on-stage]");
  const notJudged = /** @type {HTMLElement | null} */ (page.querySelector("[data-not-judged]"));
  if (title && sheet) title.textContent = sheet.querySelector("[data-title]")?.textContent ?? "";
  if (notJudged) notJudged.hidden = !form || state.on_stage === null || Boolean(sheet);
  if (title && form && state.on_stage !== null && !sheet) title.textContent = "";
  tick();
}

function tick() {
  const left = page.querySelector("[data-left]");
  if (!left) return;
  if (state.on_stage === null) left.textContent = "";
  else if (state.ends_at === null) left.textContent = state.left;
  else left.textContent = span(Math.floor(state.ends_at - (Date.now() + ahead) / 1000));
  left.classList.toggle("is-over", state.ends_at !== null && state.ends_at * 1000 < Date.now() + ahead);
}

/** @param {number} seconds */
function span(seconds) {
  const whole = Math.abs(seconds);
  const text = [Math.floor(whole / 60), whole % 60].map((part) => String(part).padStart(2, "0")).join(":");
  return seconds < 0 ? `+${text}` : text;
}

/** The pair that is shown. @returns {[number, number] | null} */
function pair() {
  const own = sheets.map((sheet) => Number(sheet.dataset.pitch));
  return nextPair(own.filter((entry) => state.seen.includes(entry)), mine.pairs);
}

function ask() {
  const panel = page.querySelector("[data-pairs]");
  if (!panel) return;
  const shown = pair();
  for (const [n, button] of /** @type {HTMLButtonElement[]} */ ([...panel.querySelectorAll("[data-choose]")]).entries()) {
    const sheet = sheets.find((one) => shown && Number(one.dataset.pitch) === shown[n]);
    button.textContent = sheet?.querySelector("[data-title]")?.textContent ?? "";
    button.hidden = !shown;
  }
  panel.querySelector("[data-skip]")?.toggleAttribute("hidden", !shown);
  panel.querySelector("[data-none]")?.toggleAttribute("hidden", Boolean(shown));
  panel.querySelector("[data-undo]")?.toggleAttribute("disabled", !mine.pairs.length);
  const compared = /** @type {HTMLElement | null} */ (panel.querySelector("[data-compared]"));
  if (compared) compared.textContent = `${compared.dataset.words} ${mine.pairs.length}`;
}

/** @param {number} better which of the two @param {number} even 1 where she cannot say */
function answer(better, even) {
  const shown = pair();
  if (!shown || mine.sealed) return;
  mine.pairs.push([shown[better], shown[1 - better], even]);
  hold();
  ask();
}
