"""What would free a shortage: each remedy is found by augmenting the flow, and verified by asking the changed problem."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from summitry.algorithms.assignment.grid import Whole
from summitry.algorithms.assignment.lack import Lack, Study, lack_of
from summitry.algorithms.assignment.slack import Supply
from summitry.algorithms.assignment.steps import changed
from summitry.algorithms.assignment.types import WHOLE, Change, GroupKind, Remedy, Step

Steps = tuple[Step, ...]
CROSSING_RAISES = (1, 2)
"""Where caps cross, no flow tells by how much to raise that of entities, and these are tried."""
KINDS: tuple[GroupKind, ...] = ("organisation", "entity")


def remedies(study: Study, rules: list[tuple[str, ...]]) -> tuple[Remedy, ...]:
    """The remedies that help, each verified; those that free all first, then by how much and by how few steps."""
    accept, release = tuple(_accept(study)), tuple(_release(study))
    single = [*_for_reads(study, rules), *_for_minimums(study, rules), *_by_limit(study)]
    full = _everything(study)
    candidates = {*(accept + steps for steps in [(), *single, full]), release, release + full} - {()}
    found: list[Remedy] = []
    for steps in sorted(candidates, key=lambda one: (len(one), repr(one))):
        after = lack_of(changed(study.problem, steps))
        if _better(after, study.lack):
            found.append(Remedy(steps, after.missing, after.unreached, after.clashing))
    return tuple(sorted(found, key=_rank))


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


def _for_reads(study: Study, rules: list[tuple[str, ...]]) -> Iterator[Steps]:
    part = study.reads
    if not study.lack.missing:
        return
    yield _lower_reads(study)
    if study.crossing:
        yield from ((Step(Change.RAISE_ENTITY_CAP, by=more),) for more in CROSSING_RAISES)
    if not part.lack:
        return
    yield _raise_most(study, part, study.loaded(part))
    yield from _by_lifting(study, part, rules)
    yield from _by_caps(study, part)


def _for_minimums(study: Study, rules: list[tuple[str, ...]]) -> Iterator[Steps]:
    if study.impossible.any():
        yield tuple(
            Step(Change.RAISE_MOST, juror=int(study.grid.jurors[column]), by=int(study.impossible[column]))
            for column in np.flatnonzero(study.impossible)
        )
    if study.lack.unreached:
        yield _lower_least(study)
    if study.minimums.lack:
        yield from _by_lifting(study, study.minimums, rules)
        yield from _by_caps(study, study.minimums)


def _everything(study: Study) -> Steps:
    """What frees all: loads raised as far as that helps, then caps, then bars, then fewer reads; and lower minimums."""
    part = study.reads
    if study.crossing:
        return (*_lower_reads(study), *_lower_least(study))
    after = study.loaded(part)
    for kind in KINDS:
        after = study.uncapped(after, kind)
    after = study.loaded(study.lifted(after, study.grid.barred & ~study.grid.kept))
    lower = _steps(Change.LOWER_READS, study.grid.entries, after.wanting, entry=True)
    lifts = _lifts(study, after)
    return (
        *_raise_most(study, part, after),
        *_raise_caps(study, part, after),
        *lifts,
        *lower,
        *_lower_least(study),
    )


def _by_lifting(study: Study, part: Supply, rules: list[tuple[str, ...]]) -> Iterator[Steps]:
    for combination in rules:
        yield _lifts(study, study.lifted(part, study.barred_by(combination)))


def _by_caps(study: Study, part: Supply) -> Iterator[Steps]:
    for kind in KINDS:
        yield _raise_caps(study, part, study.uncapped(part, kind))


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


def _raise_most(study: Study, before: Supply, after: Supply) -> Steps:
    return _steps(Change.RAISE_MOST, study.grid.jurors, study.loads_in(before, after), entry=False)


def _raise_caps(study: Study, before: Supply, after: Supply) -> Steps:
    by = {
        Change.RAISE_ORGANISATION_CAP: study.over_in(before, after, "organisation"),
        Change.RAISE_ENTITY_CAP: study.over_in(before, after, "entity"),
    }
    return tuple(Step(change, by=int(over.max())) for change, over in by.items() if over.any())


def _lifts(study: Study, part: Supply) -> Steps:
    return tuple(
        Step(
            Change.LIFT_RULES,
            entry=entry,
            juror=juror,
            rules=tuple(sorted(study.problem.barred[entry, juror])),
        )
        for entry, juror in study.grid.pairs(study.lifts_in(part))
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
