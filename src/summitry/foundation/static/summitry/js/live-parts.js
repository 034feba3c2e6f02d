// @ts-check
/**
 * Parts of a page that show themselves anew when something happens: <section id="…" data-live-part="TOPIC">.
 * On a hint the page is fetched again, and each such part takes the place of its former self, unless somebody is in it.
 */
import { listen } from "./live.js";

const PAUSE = 400;
const parts = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-live-part][id]")]);
let timer = 0;

listen(new Set(parts.map((part) => part.dataset.livePart ?? "")), ({ kind, first }) => {
  if (kind === "presence" || first) return;
  clearTimeout(timer);
  timer = window.setTimeout(() => void renew(), PAUSE);
});

async function renew() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const { id } of parts) {
    const now = document.getElementById(id);
    const next = page.getElementById(id);
    if (!now || !next || now.contains(document.activeElement)) continue;
    const open = new Set([...now.querySelectorAll("details[open][id]")].map((details) => details.id));
    now.replaceWith(next);
    for (const details of next.querySelectorAll("details[id]")) details.toggleAttribute("open", open.has(details.id));
  }
}
