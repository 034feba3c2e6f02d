"""A problem after the steps of a remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from summitry.algorithms.assignment.types import WHOLE, Change, Problem, Step


def changed(problem: Problem, steps: Iterable[Step]) -> Problem:
    """The problem with the steps taken."""
    entries: Counter[int | None] = Counter()
    most: Counter[int | None] = Counter()
    least: Counter[int | None] = Counter()
    totals: Counter[Change] = Counter()
    lifted, released = set(), set()
    for step in steps:
        totals[step.change] += step.by
        match step.change:
            case Change.LOWER_READS:
                entries[step.entry] -= step.by
            case Change.RAISE_READS:
                entries[step.entry] += step.by
            case Change.RAISE_MOST:
                most[step.juror] += step.by
            case Change.LOWER_LEAST:
                least[step.juror] -= step.by
            case Change.LIFT_RULES:
                lifted.add((step.entry, step.juror))
            case Change.RELEASE_KEPT:
                released.add((step.entry, step.juror))
    return replace(
        problem,
        per_organisation=_raised(problem.per_organisation, totals[Change.RAISE_ORGANISATION_CAP]),
        per_entity=_raised(problem.per_entity, totals[Change.RAISE_ENTITY_CAP]),
        entries=tuple(replace(one, reads=one.reads + entries[one.key]) for one in problem.entries),
        jurors=tuple(
            replace(one, most=one.most + most[one.key], least=one.least + least[one.key])
            for one in problem.jurors
        ),
        barred={pair: rules for pair, rules in problem.barred.items() if pair not in lifted},
        kept=problem.kept - released,
        limit=min(1.0, (round(problem.limit * WHOLE) + totals[Change.RAISE_LIMIT]) / WHOLE),
    )


def _raised(cap: int | None, by: int) -> int | None:
    return None if cap is None else cap + by
