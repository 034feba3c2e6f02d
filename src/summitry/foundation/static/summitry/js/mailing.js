// @ts-check
/**
 * Writing to many. Without scripts every form works by its buttons; with them
 * – form[data-live-count] counts its audience while it is chosen, into #mail-reach,
 * – [data-tabs] shows one language of [data-tab] at a time,
 * – [data-countdown] counts seconds down and looks again when they are over,
 * – [data-mail-live] fetches the page's state anew when something happened to the mailing.
 */
import { listen } from "./live.js";

const PAUSE = 250;

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-live-count]"))) count(form);
for (const panels of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-tabs]"))) tabs(panels);
countdowns();
watch();

/** @param {HTMLFormElement} form */
function count(form) {
  const place = document.getElementById("mail-reach");
  const button = /** @type {HTMLElement | null} */ (form.querySelector("[data-count]"));
  if (button) button.hidden = true;
  let timer = 0;
  let asked = 0;
  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const number = ++asked;
      const query = new URLSearchParams();
      for (const [name, value] of new FormData(form)) {
        if (name !== "csrfmiddlewaretoken" && typeof value === "string") query.append(name, value);
      }
      query.set("fragment", "1");
      const answer = await fetch(`?${query}`).catch(() => null);
      // Only the answer to the last question counts, whatever order they come in.
      if (!answer?.ok || number !== asked || !place) return;
      place.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
    }, PAUSE);
  });
}

/** @param {HTMLElement} panels */
function tabs(panels) {
  const all = /** @type {HTMLElement[]} */ ([...panels.querySelectorAll(":scope > [data-tab]")]);
  if (all.length < 2) return;
  const bar = document.createElement("div");
  bar.className = "mail-tabs";
  bar.setAttribute("role", "tablist");
  bar.setAttribute("aria-label", panels.getAttribute("aria-label") ?? "");
  const buttons = all.map((panel) => {
    const button = document.createElement("button");
    button.type = "button";
    button.id = `${panel.id}-tab`;
    button.setAttribute("role", "tab");
    button.setAttribute("aria-controls", panel.id);
    button.textContent = panel.dataset.tab ?? "";
    if ("filled" in panel.dataset) button.dataset.filled = "";
    if ("error" in panel.dataset) button.dataset.error = "";
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", button.id);
    return button;
  });
  /** @param {number} place @param {boolean} focus */
  const show = (place, focus) => {
    all.forEach((panel, index) => {
      panel.hidden = index !== place;
      buttons[index].setAttribute("aria-selected", String(index === place));
      buttons[index].tabIndex = index === place ? 0 : -1;
    });
    if (focus) buttons[place].focus();
  };
  buttons.forEach((button, place) => {
    button.addEventListener("click", () => show(place, false));
    button.addEventListener("keydown", (event) => {
      const forward = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
      const back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
      /** @type {Record<string, number>} */
      const target = { [forward]: (place + 1) % all.length, [back]: (place + all.length - 1) % all.length, Home: 0, End: all.length - 1 };
      if (!(event.key in target)) return;
      event.preventDefault();
      show(target[event.key], true);
    });
    bar.append(button);
  });
  panels.prepend(bar);
  // A link of the error summary leads into its panel, even a hidden one.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#id_"]') : null;
    const field = link && document.getElementById(link.getAttribute("href")?.slice(1) ?? "");
    const place = all.findIndex((panel) => field && panel.contains(field));
    if (place >= 0) show(place, false);
  });
  const wrong = all.findIndex((panel) => "error" in panel.dataset);
  show(Math.max(wrong, 0), false);
}

function countdowns() {
  for (const clock of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-countdown]"))) {
    const end = performance.now() + 1000 * Number(clock.dataset.countdown);
    const tick = () => {
      if (!clock.isConnected) return;
      const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      if (left) setTimeout(tick, 250);
      else setTimeout(() => void refetch(), 2500);
    };
    tick();
  }
}

function watch() {
  const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-mail-live]"));
  const topic = place?.dataset.mailLive;
  if (topic) listen([topic], ({ kind, first }) => (kind === "resync" && first ? undefined : void refetch()));
}

/** What somebody has typed meanwhile stays: a page with a filled field is left alone. */
async function refetch() {
  const place = document.querySelector("[data-mail-live]");
  if (!place || place.contains(document.activeElement?.closest("input:not([type=hidden])") ?? null)) return;
  const answer = await fetch(location.pathname).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-mail-live]");
  if (!fresh) return;
  place.replaceWith(fresh);
  countdowns();
}
