"""Why there is no assignment: what is missing, who competes for it, and which rules and caps hold it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from summitry.algorithms.assignment.grid import Grid, Mask, Whole
from summitry.algorithms.assignment.lack import Study
from summitry.algorithms.assignment.remedies import remedies
from summitry.algorithms.assignment.types import (
    BindingCap,
    BindingRule,
    Bottleneck,
    GroupKind,
    Problem,
    Shortage,
    ShortEntry,
    ShortJuror,
)

COMBINATIONS = 8
"""So many combinations of rules are looked at, the most frequent first."""


def shortage(problem: Problem, grid: Grid) -> Shortage | None:
    """The shortage, or None where there is an assignment."""
    study = Study(problem, grid)
    if study.lack.nothing:
        return None
    rules = tuple(_rules(study))
    caps = tuple(_caps(study))
    return Shortage(
        missing=study.lack.missing,
        unreached=study.lack.unreached,
        entries=_entries(study),
        jurors=_jurors(study),
        bottleneck=_bottleneck(study),
        rules=rules,
        caps=caps,
        clashes=study.clashes,
        remedies=remedies(study, [rule.rules for rule in rules]),
        solver=study.solver,
    )


def _entries(study: Study) -> tuple[ShortEntry, ...]:
    grid = study.grid
    could = (grid.open | grid.kept).sum(axis=1)
    return tuple(
        ShortEntry(int(grid.entries[row]), int(grid.reads[row]), int(study.short[row]), int(could[row]))
        for row in np.flatnonzero(study.short)
    )


def _jurors(study: Study) -> tuple[ShortJuror, ...]:
    grid, unreached = study.grid, study.unreached
    return tuple(
        ShortJuror(
            int(grid.jurors[column]), int(grid.least[column]), int(grid.least[column] - unreached[column])
        )
        for column in np.flatnonzero(unreached)
    )


def _bottleneck(study: Study) -> Bottleneck | None:
    """The tight part of the goal that fails, reads before minimums."""
    part = study.reads if study.reads.lack else study.minimums
    if not part.lack:
        return None
    entries, jurors = part.tight()
    grid = study.eased
    need = int(grid.reads[entries].sum() if part.goal == "reads" else grid.least[jurors].sum())
    return Bottleneck(
        goal=part.goal,
        entries=tuple(grid.entries[entries].tolist()),
        jurors=tuple(grid.jurors[jurors].tolist()),
        need=need,
        give=need - part.lack,
    )


def _rules(study: Study) -> Iterator[BindingRule]:
    """What lifting each combination of rules would free, most first."""
    part = study.reads if study.reads.lack else study.minimums
    if not part.lack:
        return
    entries, jurors = part.tight()
    near = np.zeros(study.grid.barred.shape, bool)
    if part.goal == "reads":
        near[entries] = True
    else:
        near[:, jurors] = True
    for rules in _combinations(study, near):
        mask = study.barred_by(rules)
        lifted = study.lifted(part, mask)
        if lifted.lack < part.lack:
            used = np.asarray(study.lifts_in(lifted).any(axis=1))
            yield BindingRule(
                rules, int((mask & near).sum()), part.lack - lifted.lack, _keys(study.grid.entries, used)
            )


def _combinations(study: Study, near: Mask) -> list[tuple[str, ...]]:
    """Each rule, each combination that bars a pair near the bottleneck, and all of them together."""
    seen: Counter[tuple[str, ...]] = Counter()
    for pair, rules in study.problem.barred.items():
        if near[study.at(pair)]:
            seen[tuple(sorted(set(rules)))] += 1
    frequent = [rules for rules, _count in sorted(seen.items(), key=lambda item: (-item[1], item[0]))]
    singles = {(rule,) for rules in frequent for rule in rules}
    everything = tuple(sorted({rule for rules in frequent for rule in rules}))
    chosen = {*singles, *frequent[:COMBINATIONS], everything} - {()}
    return sorted(chosen, key=lambda rules: (len(rules), rules))


def _caps(study: Study) -> Iterator[BindingCap]:
    """What each cap holds back alone; where neither does, what both do together."""
    part = study.reads if study.reads.lack else study.minimums
    caps: dict[GroupKind, int | None] = {
        "organisation": study.problem.per_organisation,
        "entity": study.problem.per_entity,
    }
    given = {kind: cap for kind, cap in caps.items() if cap is not None}
    without = {kind: study.uncapped(part, kind) for kind in given}
    jointly = all(free.lack == part.lack for free in without.values())
    if study.crossing and (held := study.lack.missing - study.reads.lack) > 0:
        yield BindingCap(
            "entity", given["entity"], held, _keys(study.grid.entries, study.short > 0), jointly=False
        )
    if jointly and len(given) > 1:
        both = study.uncapped(without["organisation"], "entity")
        without = dict.fromkeys(given, both)
    for kind, cap in given.items():
        if (frees := part.lack - without[kind].lack) > 0:
            over = np.asarray(study.over_in(part, without[kind], kind) > 0)
            yield BindingCap(kind, cap, frees, _keys(study.grid.entries, over), jointly)


def _keys(keys: Whole, mask: Mask) -> tuple[int, ...]:
    return tuple(keys[mask].tolist())
