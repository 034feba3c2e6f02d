// @ts-check
/**
 * Which two pitches to compare next: the pair whose answer is expected to tell most, the least seen first.
 *
 * Strengths are the posterior mode of Bradley and Terry's model under independent normal priors, by Newton's method; what a
 * pair tells is 1/2 log(1 + p (1 - p) v), with v the variance of the difference. As in algorithms.ranking.pairwise, but of
 * one juror's own answers, because nobody else's are known before the reveal.
 */

/** @typedef {import("./final-paper.js").Pair} Pair */
/** @typedef {number[][]} Matrix */

const PRIOR = 2;
const ROUNDS = 50;
const TIGHT = 1e-10;
const LEAST_VIEWS = 2;

/** @param {number[]} entries @param {Pair[]} answers @returns {[number, number] | null} null where every pair was asked */
export function nextPair(entries, answers) {
  const keys = [...entries].sort((one, other) => one - other);
  const asked = new Set(answers.map(([one, other]) => pairKey(one, other)));
  let pairs = keys.flatMap((one, n) => keys.slice(n + 1).map((other) => /** @type {[number, number]} */ ([one, other])));
  pairs = pairs.filter(([one, other]) => !asked.has(pairKey(one, other)));
  if (!pairs.length) return null;
  const views = new Map(keys.map((key) => [key, answers.filter((answer) => answer[0] === key || answer[1] === key).length]));
  const seen = (/** @type {number} */ key) => views.get(key) ?? 0;
  const fewest = Math.min(...pairs.flat().map(seen));
  if (fewest < LEAST_VIEWS) pairs = pairs.filter((pair) => pair.some((key) => seen(key) === fewest));
  const { mode, spread } = field(keys, answers);
  const place = new Map(keys.map((key, n) => [key, n]));
  let best = pairs[0];
  let most = -1;
  for (const pair of pairs) {
    const [one, other] = pair.map((key) => place.get(key) ?? 0);
    const chance = 1 / (1 + Math.exp(mode[other] - mode[one]));
    const variance = spread[one][one] + spread[other][other] - 2 * spread[one][other];
    const worth = Math.round(0.5 * Math.log1p(chance * (1 - chance) * variance) * 1e12);
    if (worth > most) [best, most] = [pair, worth];
  }
  return best;
}

/** @param {number} one @param {number} other */
function pairKey(one, other) {
  return one < other ? `${one}:${other}` : `${other}:${one}`;
}

/** @param {number[]} keys @param {Pair[]} answers @returns {{ mode: number[], spread: Matrix }} */
function field(keys, answers) {
  const place = new Map(keys.map((key, n) => [key, n]));
  const wins = keys.map(() => keys.map(() => 0));
  for (const [better, worse, even] of answers) {
    const [one, other] = [place.get(better), place.get(worse)];
    if (one !== undefined && other !== undefined && !even) wins[one][other] += 1;
  }
  let mode = keys.map(() => 0);
  let spread = inverse(curvature(wins, mode));
  for (let round = 0; round < ROUNDS; round += 1) {
    const slope = mode.map((strength, one) => mode.reduce((sum, other, n) => {
      const asked = wins[one][n] + wins[n][one];
      return sum + wins[one][n] - asked / (1 + Math.exp(other - strength));
    }, -strength / PRIOR ** 2));
    const step = spread.map((row) => row.reduce((sum, value, n) => sum + value * slope[n], 0));
    mode = mode.map((strength, n) => strength + step[n]);
    spread = inverse(curvature(wins, mode));
    if (Math.max(0, ...step.map(Math.abs)) <= TIGHT) break;
  }
  return { mode, spread };
}

/** @param {Matrix} wins @param {number[]} mode @returns {Matrix} */
function curvature(wins, mode) {
  const found = mode.map((_, one) => mode.map((_other, n) => (one === n ? 1 / PRIOR ** 2 : 0)));
  for (let one = 0; one < mode.length; one += 1) {
    for (let other = 0; other < one; other += 1) {
      const chance = 1 / (1 + Math.exp(mode[other] - mode[one]));
      const weight = (wins[one][other] + wins[other][one]) * chance * (1 - chance);
      found[one][one] += weight;
      found[other][other] += weight;
      found[one][other] -= weight;
      found[other][one] -= weight;
    }
  }
  return found;
}

/** By Gauss and Jordan; the matrix is positive definite, so no pivot is 0. @param {Matrix} matrix @returns {Matrix} */
function inverse(matrix) {
  const rows = matrix.map((row, one) => [...row, ...row.map((_, n) => (one === n ? 1 : 0))]);
  for (let at = 0; at < rows.length; at += 1) {
    const pivot = rows[at][at];
    rows[at] = rows[at].map((value) => value / pivot);
    for (let other = 0; other < rows.length; other += 1) {
      const factor = other === at ? 0 : rows[other][at];
      if (factor) rows[other] = rows[other].map((value, n) => value - factor * rows[at][n]);
    }
  }
  return rows.map((row) => row.slice(rows.length));
}
