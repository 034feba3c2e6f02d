// @ts-check
/**
 * Says that this page shows a record, and shows who else has it open: components/presence.html.
 * A page that nobody looks at says nothing; after half a minute its reader counts as gone.
 */
import { listen } from "./live.js";

const BEAT = 12_000;
const tab = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16)).join("");
const language = document.documentElement.lang.toLowerCase();

for (const line of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-presence]"))) attend(line);

/** @param {HTMLElement} line */
function attend(line) {
  const record = line.dataset.presence ?? "";
  const address = line.dataset.presenceUrl ?? "";
  let isAllowed = true;
  listen([record], ({ kind }) => {
    if (kind === "presence" || kind === "resync") void beat();
  });
  const timer = setInterval(() => void beat(), BEAT);
  document.addEventListener("visibilitychange", () => void beat());
  addEventListener("pagehide", () => isAllowed && navigator.sendBeacon(address, message(record, true)));
  addEventListener("pageshow", (event) => event.persisted && void beat());

  async function beat() {
    if (document.hidden || !isAllowed) return;
    const answer = await fetch(address, { method: "POST", body: message(record, false) }).catch(() => null);
    if (answer?.status === 404 || answer?.status === 403) {
      isAllowed = false;
      clearInterval(timer);
    }
    show(line, answer?.ok ? (await answer.json()).sentence : "");
  }
}

/** @param {string} record @param {boolean} isLeaving */
function message(record, isLeaving) {
  const body = new URLSearchParams({ record, tab, language });
  if (isLeaving) body.set("left", "1");
  return body;
}

/** @param {HTMLElement} line @param {string} sentence */
function show(line, sentence) {
  const place = line.querySelector("span");
  if (place && place.textContent !== sentence) place.textContent = sentence;
  line.hidden = !sentence;
}
