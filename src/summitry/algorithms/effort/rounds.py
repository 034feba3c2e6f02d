"""From a calibration to the next round: in what order entries go on, and where the next reads tell most."""

from __future__ import annotations

import heapq

from summitry.algorithms.calibration import Estimate, Result


def precedence(estimate: Estimate) -> tuple[float, float, int]:
    """What entries are ordered by, best first: by chance, equal ones by score, then by key.

    The chance to be among the best counts, not the rank: an entry with few reads may still be one of them.
    """
    return -estimate.chance, -estimate.score, estimate.entry


def next_reads(result: Result, budget: int, least: int, most: int) -> dict[int, int]:
    """How many reads each entry gets next, by key, where `budget` reads are to be had.

    Every read goes to where it is expected to settle most: chance x (1 - chance) is the variance of being chosen, and
    further reads are taken to lessen it as they do that of a mean. An entry gets none or from `least` to `most`; those
    certain either way get none, and what the budget holds beyond the others stays unspent.
    """
    if not 1 <= least <= most:
        return {}
    estimates = {estimate.entry: estimate for estimate in result.estimates if 0 < estimate.chance < 1}
    reads: dict[int, int] = {}
    queue = [(-settled(estimate, 0, least) / least, key) for key, estimate in estimates.items()]
    heapq.heapify(queue)
    left = budget
    while queue and left:
        _, key = heapq.heappop(queue)
        given = reads.get(key, 0)
        step = 1 if given else least
        if step > left:
            continue
        reads[key] = given + step
        left -= step
        if reads[key] < most:
            heapq.heappush(queue, (-settled(estimates[key], reads[key], 1), key))
    return dict(sorted(reads.items()))


def settled(estimate: Estimate, given: int, more: int) -> float:
    """By how much `more` reads are expected to lessen the variance of being chosen, when `given` were given before."""
    before = estimate.reads + 1 + given
    return estimate.chance * (1 - estimate.chance) * (estimate.reads + 1) * (1 / before - 1 / (before + more))
