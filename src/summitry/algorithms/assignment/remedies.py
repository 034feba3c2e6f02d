"""What would free a shortage: each remedy is a cheapest relief, and verified by asking the changed problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from summitry.algorithms.assignment.grid import Mask, Whole, grid_of
from summitry.algorithms.assignment.lack import Lack, Study, lack_of
from summitry.algorithms.assignment.relief import Means, Relief, least_raises, left, relief
from summitry.algorithms.assignment.steps import changed
from summitry.algorithms.assignment.types import WHOLE, Change, GroupKind, Remedy, Step

Steps = tuple[Step, ...]
CROSSING_RAISES = (1, 2)
"""Where caps cross, no flow tells by how much to raise that of entities, and these are tried."""
TRIALS, SLOW = 1_000_000, 20
"""So many pairs may be looked at to trim remedies, those of caps that cross as so many."""
KINDS: tuple[GroupKind, ...] = ("organisation", "entity")
CAPS: dict[GroupKind, Change] = {
    "organisation": Change.RAISE_ORGANISATION_CAP,
    "entity": Change.RAISE_ENTITY_CAP,
}


def remedies(study: Study, rules: list[tuple[str, ...]]) -> tuple[Remedy, ...]:
    """The remedies that help, each verified; those that free all first, then by how much and by how few steps."""
    found: dict[Steps, Remedy] = {}
    trials = TRIALS // max(1, study.grid.barred.size * (SLOW if study.crossing else 1))
    for steps in _candidates(study, rules):
        if not steps or steps in found:
            continue
        after = Study(problem := changed(study.problem, steps), grid_of(problem))
        if study.share < 1 and not after.lack.missing and after.lack.unreached:
            # Parts of reads were rounded up, which leaves fewer for the minimums.
            lower = _steps(Change.LOWER_LEAST, after.grid.jurors, after.unreached, entry=False)
            steps = _merged((*steps, *lower))  # noqa: PLW2901 - the same remedy, completed
            after = Study(problem := changed(study.problem, steps), grid_of(problem))
        lack = after.lack
        if lack.nothing and (study.share < 1 or study.crossing or study.clashes or study.impossible.any()):
            steps, trials = _trimmed(study, steps, trials)  # noqa: PLW2901 - the same remedy, with less
        if steps and _better(lack, study.lack):
            found[steps] = Remedy(steps, lack.missing, lack.unreached, lack.clashing)
    distinct: dict[tuple[object, ...], Remedy] = {}
    for remedy in sorted(found.values(), key=_rank):
        distinct.setdefault(_kind(remedy), remedy)
    return tuple(distinct.values())


def _kind(remedy: Remedy) -> tuple[object, ...]:
    """What a remedy changes and by how much: of those that differ only in whom they name, one is enough."""
    amounts: Counter[tuple[Change, tuple[str, ...]]] = Counter()
    for step in remedy.steps:
        amounts[step.change, step.rules] += max(1, step.by)
    left = (remedy.still_missing, remedy.still_unreached, remedy.still_clashing)
    return (frozenset(amounts.items()), *left)


def _trimmed(study: Study, steps: Steps, trials: int) -> tuple[Steps, int]:
    """The steps of a remedy that frees all without what it does not need, and how many trials are left.

    A relief needs no trimming by itself; parts of reads that were rounded up, and what was settled before, may.
    """
    kept = dict(enumerate(steps))
    for at in reversed(range(len(steps))):
        low, high = 0, max(1, steps[at].by)
        while low < high and trials:
            trials -= 1
            middle = (low + high) // 2
            tried = kept | {at: replace(steps[at], by=middle)}
            if not middle:
                del tried[at]
            if lack_of(changed(study.problem, tried.values())).nothing:
                high, kept = middle, tried
            else:
                low = middle + 1
    return tuple(kept.values()), trials


def _merged(steps: Steps) -> Steps:
    """The steps, those of the same kind for the same entry or juror as one."""
    whole: dict[Step, int] = {}
    for step in steps:
        whole[replace(step, by=0)] = whole.get(replace(step, by=0), 0) + step.by
    return tuple(replace(step, by=by) for step, by in whole.items())


def _better(after: Lack, before: Lack) -> bool:
    return (after.clashing, after.missing, after.unreached) < (
        before.clashing,
        before.missing,
        before.unreached,
    )


def _rank(remedy: Remedy) -> tuple[int, int, int, int, str]:
    return (
        remedy.still_clashing,
        remedy.still_missing,
        remedy.still_unreached,
        len(remedy.steps),
        repr(remedy.steps),
    )


def _accept(study: Study) -> Iterator[Step]:
    """What lets every kept pair be kept."""
    grid = study.grid
    for row in np.flatnonzero(grid.need < 0):
        yield Step(Change.RAISE_READS, entry=int(grid.entries[row]), by=int(-grid.need[row]))
    for column in np.flatnonzero(grid.room < 0):
        yield Step(Change.RAISE_MOST, juror=int(grid.jurors[column]), by=int(-grid.room[column]))
    for entry, juror in grid.pairs(grid.kept & grid.barred):
        rules = tuple(sorted(study.problem.barred[entry, juror]))
        yield Step(Change.LIFT_RULES, entry=entry, juror=juror, rules=rules)
    for kind, change in (
        ("organisation", Change.RAISE_ORGANISATION_CAP),
        ("entity", Change.RAISE_ENTITY_CAP),
    ):
        over = [-int(grid.left(group).min()) for group in grid.groups if group.kind == kind]
        if max(over, default=0) > 0:
            yield Step(change, by=max(over))


def _release(study: Study) -> Iterator[Step]:
    """The kept pairs to give up, the least fit first, until none clashes."""
    grid = study.grid
    kept = grid.kept & ~grid.barred
    gone = grid.kept & grid.barred
    rows, columns = np.nonzero(kept)
    for at in np.lexsort((columns, rows, grid.affinity[rows, columns])):
        row, column = rows[at], columns[at]
        if (
            kept[row].sum() > grid.reads[row]
            or kept[:, column].sum() > grid.most[column]
            or any(
                kept[row, group.members].sum() > group.cap for group in grid.groups if column in group.members
            )
        ):
            kept[row, column], gone[row, column] = False, True
    for entry, juror in grid.pairs(gone):
        yield Step(Change.RELEASE_KEPT, entry=entry, juror=juror)


def _candidates(study: Study, rules: list[tuple[str, ...]]) -> Iterator[Steps]:
    """The remedies to be tried. What contradicts itself is settled first, in each of its ways, and the rest after it."""
    lower = _steps(Change.LOWER_LEAST, study.grid.jurors, study.impossible, entry=False)
    higher = _steps(Change.RAISE_MOST, study.grid.jurors, study.impossible, entry=False)
    accept, release = tuple(_accept(study)), tuple(_release(study))
    for number, settled in enumerate(dict.fromkeys((accept + lower, accept + higher, release + lower))):
        settled = _merged(settled)  # noqa: PLW2901 - the same steps
        yield settled
        rest = study
        if settled:
            problem = changed(study.problem, settled)
            rest = Study(problem, grid_of(problem))
        if not rest.lack.nothing:
            each = _single(rest, rules) if not number else _everything(rest)
            yield from (_merged(settled + steps) for steps in each)


def _single(study: Study, rules: list[tuple[str, ...]]) -> Iterator[Steps]:
    """Each kind of change as far as it helps, alone and with what it leaves done without; then all kinds together."""
    if study.crossing:
        yield from _crossing(study)
    means = [Means(loads=True), *(Means(lifts=study.barred_by(combination)) for combination in rules)]
    means += [Means(raises=raises) for raises in _raises(study)]
    bare = left(study, Means())
    for mean in means:
        if (
            left(study, mean) != bare
        ):  # a cheapest flow takes ten times as long as the answer that it would be in vain
            yield from _by(study, mean)
    for steps in _by_limit(study):
        yield steps
        rest = Study(changed(study.problem, steps), study.grid)
        yield from ((*steps, *more) for more in _everything(rest))
    yield from _everything(study)


def _by(study: Study, means: Means) -> Iterator[Steps]:
    """What the means do, and that with the rest done without."""
    found = relief(study, means)
    steps = (
        *_steps(Change.RAISE_MOST, study.grid.jurors, found.loads, entry=False),
        *(Step(CAPS[kind], by=by) for kind, by in means.raises.items()),
        *_lifts(study, found.lifts),
    )
    yield steps
    if not study.crossing:
        yield (*steps, *_without(study, found))


def _raises(study: Study) -> Iterator[dict[GroupKind, int]]:
    """Raises of one cap, and where that does not do, of both."""
    kinds = [kind for kind in KINDS if any(group.kind == kind for group in study.groups)]
    alone = [least_raises(study, (kind,), Means()) for kind in kinds]
    yield from filter(None, alone)
    if len(kinds) > 1 and not all(alone):
        yield from filter(None, [least_raises(study, KINDS, Means())])


def _everything(study: Study) -> Iterator[Steps]:
    """What frees all: loads, bars and, where these do not do, caps; fewer reads and lower minimums for what is left."""
    yield (*_lower_reads(study), *_lower_least(study))
    if study.crossing:
        return
    bars = study.grid.barred & ~study.grid.kept
    means = Means(loads=True, lifts=bars)
    if any(left(study, means)):
        means = replace(means, raises=least_raises(study, KINDS, means))
    yield from _by(study, means)


def _crossing(study: Study) -> Iterator[Steps]:
    """What flows do not find where caps cross."""
    yield _lower_reads(study)
    yield _lower_least(study)
    if study.lack.missing:
        yield from ((Step(Change.RAISE_ENTITY_CAP, by=more),) for more in CROSSING_RAISES)


def _without(study: Study, found: Relief) -> Steps:
    return (
        *_steps(Change.LOWER_READS, study.grid.entries, found.reads, entry=True),
        *_steps(Change.LOWER_LEAST, study.grid.jurors, found.minimums, entry=False),
    )


def _by_limit(study: Study) -> Iterator[Steps]:
    """The smallest limit of a pair with which as little is lacking as with none: Newton's method on the minimum cut."""
    low = round(study.share * WHOLE)
    highest = low
    for part in (study.reads, study.minimums):
        least = study.supply(part.goal, 1.0).lack_in_units * WHOLE
        limit = low
        while limit < WHOLE and part.lack_in_units > least and (pairs := part.crossing()):
            limit = min(WHOLE, limit - (least - part.lack_in_units) // pairs)
            part = study.supply(part.goal, limit / WHOLE)  # noqa: PLW2901 - the next cut of the same goal
        highest = max(highest, limit)
    if highest > low:
        yield (Step(Change.RAISE_LIMIT, by=highest - low),)


def _lower_reads(study: Study) -> Steps:
    return _steps(Change.LOWER_READS, study.grid.entries, study.short, entry=True)


def _lower_least(study: Study) -> Steps:
    return _steps(Change.LOWER_LEAST, study.grid.jurors, study.unreached, entry=False)


def _lifts(study: Study, mask: Mask) -> Steps:
    return tuple(
        Step(
            Change.LIFT_RULES,
            entry=entry,
            juror=juror,
            rules=tuple(sorted(study.problem.barred[entry, juror])),
        )
        for entry, juror in study.grid.pairs(mask)
    )


def _steps(change: Change, keys: Whole, by: Whole, *, entry: bool) -> Steps:
    return tuple(
        Step(
            change,
            entry=int(keys[at]) if entry else None,
            juror=None if entry else int(keys[at]),
            by=int(by[at]),
        )
        for at in np.flatnonzero(by)
    )
