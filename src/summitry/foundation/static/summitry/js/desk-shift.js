// @ts-check
/** What a desk has done since its shift began, counted from its log. */

/** @typedef {import("./desk-log.js").Row} Row */
/** @typedef {import("./desk-log.js").Answer} Answer */

const HOUR = 3_600_000;
const AGAIN = new Set(["again", "inside", "once"]);

/** @param {{ rows: Map<number, Row>, answers: Map<number, Answer>, undone: Set<string | undefined> }} log @param {number} since first number of the shift @param {number} now */
export function sums({ rows, answers, undone }, since, now) {
  const sum = { admitted: 0, left: 0, refused: 0, again: 0, exceptions: 0, undone: 0, incidents: 0, waiting: 0, lastHour: 0, first: "", last: "" };
  for (const row of rows.values()) {
    if (!answers.has(row.seq)) sum.waiting += 1;
    if (row.seq < since) continue;
    sum.first ||= row.at;
    sum.last = row.at;
    if (answers.get(row.seq)?.incident) sum.incidents += 1;
    if (row.kind === "undo") continue;
    count(sum, row, undone.has(row.id), now);
  }
  return sum;
}

/** @param {{ admitted: number, left: number, refused: number, again: number, exceptions: number, undone: number, lastHour: number }} sum @param {Row} row @param {boolean} isUndone @param {number} now */
function count(sum, row, isUndone, now) {
  if (AGAIN.has(row.reason)) sum.again += 1;
  if (row.decision !== "admit") sum.refused += 1;
  else if (isUndone) sum.undone += 1;
  else if (row.direction === "out") sum.left += 1;
  else {
    sum.admitted += 1;
    if (row.kind === "exception") sum.exceptions += 1;
    if (now - Date.parse(row.at) < HOUR) sum.lastHour += 1;
  }
}

/**
 * Where everybody was seen last, by this device and by what the server told it of others: key `zone:guest`.
 * @param {Iterable<Row>} rows @param {Set<string | undefined>} undone
 */
export function passages(rows, undone) {
  /** @type {Map<string, { inside: boolean, entered: boolean, at: string }>} */ const seen = new Map();
  for (const row of rows) if (!undone.has(row.id)) pass(seen, row);
  return seen;
}

/** @param {Map<string, { inside: boolean, entered: boolean, at: string }>} seen @param {Row} row */
export function pass(seen, { decision, direction, at, kind, zone, person }) {
  if (decision !== "admit" || kind === "undo" || person === undefined) return;
  const key = `${zone}:${person}`;
  const before = seen.get(key);
  if (direction === "out") seen.set(key, { entered: before?.entered ?? true, at: before?.at ?? at, inside: false });
  else seen.set(key, { entered: true, inside: true, at: before?.at ?? at });
}
