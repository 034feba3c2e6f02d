// @ts-check
/**
 * Stars answer at once, without waiting for the server.
 * One form for the whole page, <form id="stars" method="post" data-stars data-edition="…">, and for each session
 * <button class="star" form="stars" name="session" value="ID" aria-pressed="false">. Without scripts the form is sent.
 *
 * GET of the form's address gives {"signed_in": bool, "stars": [ID]}; POST takes session (one or more) and state (on,
 * off). Where the server keeps no stars for this visitor they stay in this browser, and are handed over when it does.
 */
export {};

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-stars]"));
if (form) void keepStars(form, `stars.${form.dataset.edition ?? ""}`);

/** @param {HTMLFormElement} stars @param {string} key where the browser keeps them */
async function keepStars(stars, key) {
  /** @type {Set<string>} */ const local = new Set(JSON.parse(localStorage.getItem(key) ?? "[]"));
  let isKeptByServer = false;
  press(local, true);
  stars.addEventListener("submit", (event) => {
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (!button) return;
    event.preventDefault();
    const on = button.getAttribute("aria-pressed") !== "true";
    press([button.value], on);
    if (isKeptByServer) {
      void send(stars, [button.value], on).then((isKept) => isKept || press([button.value], !on));
    } else {
      local[on ? "add" : "delete"](button.value);
      localStorage.setItem(key, JSON.stringify([...local]));
    }
  });
  const answer = await fetch(stars.action, { headers: { Accept: "application/json" } }).catch(() => null);
  const known = answer?.ok ? await answer.json() : { signed_in: false, stars: [] };
  press(known.stars, true);
  isKeptByServer = known.signed_in;
  if (isKeptByServer && local.size && (await send(stars, local, true))) localStorage.removeItem(key);
}

/** @param {HTMLFormElement} stars @param {Iterable<string>} sessions @param {boolean} on */
async function send(stars, sessions, on) {
  const body = new FormData(stars);
  for (const session of sessions) body.append("session", session);
  body.append("state", on ? "on" : "off");
  const answer = await fetch(stars.action, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
  return answer?.ok ?? false;
}

/** A session may stand on the page more than once. @param {Iterable<string | number>} sessions @param {boolean} on */
function press(sessions, on) {
  for (const session of sessions) {
    for (const button of document.querySelectorAll(`[name="session"][value="${CSS.escape(String(session))}"]`)) {
      button.setAttribute("aria-pressed", String(on));
    }
  }
}
