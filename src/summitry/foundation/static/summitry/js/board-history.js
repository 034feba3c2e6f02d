// @ts-check
/**
 * What was moved in this tab, so that it can be taken back: undoing is the inverse move, made only if nobody moved the
 * session since. It outlives a change of day, which is a new page.
 */

/** @typedef {import("./board-cards.js").Place} Place */
/** @typedef {import("./board-cards.js").Seen} Seen */
/** @typedef {{ session: string, from: Place | null, to: Place | null }} Step */

const LONGEST = 100;

export class History {
  /** @param {string} key under which the tab keeps it */
  constructor(key) {
    this.key = key;
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
    /** @type {{ undo: Step[], redo: Step[], revisions: Record<string, number> }} */
    this.kept = kept ?? { undo: [], redo: [], revisions: {} };
  }

  /** @param {string} session @param {Place | null} from @param {Seen} now */
  did(session, from, now) {
    this.kept.undo.push({ session, from, to: now.place });
    this.kept.undo.splice(0, this.kept.undo.length - LONGEST);
    this.kept.redo = [];
    this.keep(session, now);
  }

  /** The next step back (or forward again), with what this tab left there. @param {"undo" | "redo"} which */
  take(which) {
    const step = this.kept[which].pop();
    if (!step) return null;
    const [to, place] = which === "undo" ? [step.from, step.to] : [step.to, step.from];
    return { ...step, to, step, seen: { revision: this.kept.revisions[step.session] ?? 0, place } };
  }

  /** @param {"undo" | "redo"} which @param {{ session: string, step: Step }} taken @param {Seen} now */
  took(which, taken, now) {
    this.kept[which === "undo" ? "redo" : "undo"].push(taken.step);
    this.keep(taken.session, now);
  }

  /** @param {string} session @param {Seen} now */
  keep(session, now) {
    this.kept.revisions[session] = now.revision;
    sessionStorage.setItem(this.key, JSON.stringify(this.kept));
  }
}
