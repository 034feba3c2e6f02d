// @ts-check
/**
 * The scheduling board: cards are dragged, nudged by keys or sent by a dialog; what others do appears by itself.
 * Every move is a POST that says what its mover saw; the answer is the board as it is now, of which only what differs is
 * put into the page. The page works without this module: each card is a link to a form.
 */
import { listen } from "./live.js";
import { card, focusCard, seenOf } from "./board-cards.js";
import { patch } from "./board-patch.js";
import { History } from "./board-history.js";
import { dialogs } from "./board-dialogs.js";
import { dragging } from "./board-drag.js";
import { keys } from "./board-keys.js";

/** @typedef {import("./board-cards.js").Place} Place */
/** @typedef {import("./board-cards.js").Wanted} Wanted */
/** @typedef {import("./board-cards.js").Seen} Seen */

const root = /** @type {HTMLElement | null} */ (document.querySelector("[data-board]"));
if (root) start(root);

/** @param {HTMLElement} board */
function start(board) {
  const body = /** @type {HTMLElement} */ (board.querySelector("[data-board-body]"));
  const said = /** @type {HTMLElement} */ (board.querySelector("[data-said]"));
  const words = /** @type {DOMStringMap} */ (document.getElementById("board-words")?.dataset ?? {});
  const history = new History(`board.${board.dataset.edition}`);
  const token = /** @type {HTMLInputElement | null} */ (board.querySelector("[name=csrfmiddlewaretoken]"))?.value ?? "";
  let state = "";
  let after = Number(board.dataset.after ?? 0);
  let isHeld = false;
  let isDue = false;
  /** @type {Promise<unknown>} */ let turn = Promise.resolve();
  /** @type {Promise<unknown>} */ let acts = Promise.resolve();

  /** @param {string[]} sentences */
  const say = (...sentences) => {
    said.textContent = sentences.filter(Boolean).join(" ");
  };

  /**
   * Shows what the server answered; returns which clashes of a session came and went.
   * @param {{ state: string, after: number, html: string, news: string[] }} answer @param {string} [session]
   */
  const show = (answer, session = "") => {
    const before = clashes(body, session);
    const focused = document.activeElement?.closest(".board-card")?.id;
    state = answer.state;
    after = answer.after;
    patch(body, answer.html);
    if (focused && !document.activeElement?.closest(".board-card")) focusCard(document.getElementById(focused));
    const now = clashes(body, session);
    return [
      ...[...now].filter(([id]) => !before.has(id)).map(([, text]) => `${words.clash} ${text}`),
      ...[...before].filter(([id]) => !document.getElementById(id)).map(([, text]) => `${words.solved} ${text}`),
    ].slice(0, 3);
  };

  const refresh = async () => {
    if (isHeld) {
      isDue = true;
      return;
    }
    const query = new URLSearchParams(location.search);
    query.set("state", state);
    query.set("after", String(after));
    const answer = await fetch(`${board.dataset.stateUrl}?${query}`).catch(() => null);
    if (answer?.status !== 200) return;
    const news = await answer.json();
    if (isHeld) isDue = true;
    else {
      show(news);
      say(...news.news);
    }
  };

  /** While a card is in somebody's hand, the page stays as it is. @param {boolean} held */
  const hold = (held) => {
    isHeld = held;
    if (!held && isDue) {
      isDue = false;
      void inTurn(refresh);
    }
  };

  /** @template T @param {() => Promise<T>} act @returns {Promise<T>} */
  const inTurn = (act) => {
    const next = turn.then(act, act);
    turn = next.catch(() => undefined);
    return next;
  };

  /**
   * Moves a session, one after the other; a refused move asks what to do. Resolves to what is there afterwards, or null.
   * @param {string} session @param {Wanted | null} to @param {Seen | null} seen @param {string} [prefix] said before it
   * @returns {Promise<Seen | null>}
   */
  const send = (session, to, seen, prefix = "") => inTurn(async () => {
    card(session)?.classList.add("is-waiting");
    const message = { session, to, seen, after };
    const answer = await fetch(`${board.dataset.moveUrl}${location.search}`, {
      method: "POST", body: JSON.stringify(message), headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    }).catch(() => null);
    card(session)?.classList.remove("is-waiting");
    const data = await answer?.json().catch(() => null);
    if (!data?.html) {
      say(data?.error ?? words.failed ?? "");
      complain(data?.error ?? words.failed ?? "");
      restore(session);
      return null;
    }
    const changed = show(data, session);
    if (!data.stale) {
      say(prefix, data.said, ...changed, ...data.news);
      return data.slot;
    }
    say(data.stale.sentence);
    restore(session);
    return ask.stale(data.stale).then((/** @type {boolean} */ anyway) => (anyway ? sendNow(session, to) : null));
  });

  /** A repeated move from within a turn. @param {string} session @param {Wanted | null} to */
  const sendNow = (session, to) => {
    const waiting = turn;
    turn = Promise.resolve();
    const result = send(session, to, null);
    turn = Promise.all([waiting.catch(() => undefined), result.catch(() => undefined)]);
    return result;
  };

  /** What a user does is done one after the other: taking back waits for the move that it takes back. @template T @param {() => Promise<T>} doing */
  const act = (doing) => {
    const next = acts.then(doing, doing);
    acts = next.catch(() => undefined);
    return next;
  };

  /** Moves a session as its user wishes, and remembers how to take it back. @param {string} session @param {Wanted | null} to @param {Seen} seen */
  const move = (session, to, seen) => act(async () => {
    const now = await send(session, to, seen);
    if (now) history.did(session, seen.place, now);
    return now;
  });

  /** @param {"undo" | "redo"} which */
  const back = (which) => act(async () => {
    const step = history.take(which);
    if (!step) {
      say((which === "undo" ? words.nothing : words.again) ?? "");
      return;
    }
    const now = await send(step.session, step.to, step.seen, which === "undo" ? words.undone : words.redone);
    if (now) history.took(which, step, now);
    const shown = card(step.session);
    if (shown) focusCard(shown);
  });

  const complain = (/** @type {string} */ text) => {
    said.classList.remove("vh");
    said.classList.add("notice", "notice-refused");
    setTimeout(() => {
      said.classList.add("vh");
      said.classList.remove("notice", "notice-refused");
    }, 6000);
    said.textContent = text;
  };

  /** Puts a card back where the server has it. @param {string} session */
  const restore = (session) => {
    const element = card(session);
    for (const name of ["--c", "--u", "--r"]) element?.style.removeProperty(name);
  };

  const ask = dialogs(board, move);
  const context = { board, body, move, hold, restore, seenOf, open: ask.move };
  if (board.dataset.mayMove !== undefined) {
    dragging(context);
    keys({ ...context, back });
    board.addEventListener("click", (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      if (target.closest("[data-undo]")) void back("undo");
      else if (target.closest("[data-redo]")) void back("redo");
    });
  }
  jumping(body);
  listen([board.dataset.topic ?? ""], () => void inTurn(refresh));
  if (location.hash.startsWith("#card-")) focusCard(document.getElementById(location.hash.slice(1)));
}

/** The clashes of a session, by id. @param {HTMLElement} body @param {string} session @returns {Map<string, string>} */
function clashes(body, session) {
  const items = [.../** @type {NodeListOf<HTMLElement>} */ (body.querySelectorAll("[data-clash]"))];
  const own = items.filter((item) => session && item.querySelector(`[data-jump="${CSS.escape(session)}"]`));
  return new Map(own.map((item) => [item.id, item.dataset.clash ?? ""]));
}

/** A clash leads to its cards without a new page, where they are on this one. @param {HTMLElement} body */
function jumping(body) {
  body.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest("[data-jump]");
    const target = link && card(/** @type {HTMLElement} */ (link).dataset.jump ?? "");
    if (!target || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    focusCard(target);
  });
}
