"""Whether pairs are an assignment, asked without any solver: for what a person changed, or a time limit decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from summitry.algorithms.assignment.types import Pair, Problem, Result


class Fault(StrEnum):
    """How pairs break a rule of the problem."""

    UNKNOWN = "unknown"
    """The pair names who is not in the problem."""
    BARRED = "barred"
    """A rule bars the pair."""
    LOST = "lost"
    """The pair was to be kept."""
    READS = "reads"
    """The entry has too few or too many reads."""
    LOAD = "load"
    """The juror has fewer than the least or more than the most."""
    ORGANISATION_CAP = "organisation_cap"
    """Too many jurors of one organisation read the entry."""
    ENTITY_CAP = "entity_cap"
    """Too many jurors of one entity read the entry."""
    FIGURES = "figures"
    """The total or the worst sum of a result is not that of its pairs, or the total is above its bound."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One fault, at an entry, a juror or both."""

    fault: Fault
    entry: int | None = None
    juror: int | None = None


def breaches(problem: Problem, pairs: Iterable[Pair]) -> tuple[Breach, ...]:
    """Every fault of the pairs, sorted."""
    chosen = frozenset(pairs)
    found = {*_pair_faults(problem, chosen), *_load_faults(problem, chosen), *_cap_faults(problem, chosen)}
    return tuple(sorted(found, key=lambda one: (one.fault, one.entry or 0, one.juror or 0)))


def check(problem: Problem, result: Result) -> tuple[Breach, ...]:
    """Every fault of a result: of its pairs, and of its figures."""
    found = breaches(problem, result.pairs)
    if any(breach.fault is Fault.UNKNOWN for breach in found):
        return found
    rows = {entry.key: row for row, entry in enumerate(problem.entries)}
    columns = {juror.key: column for column, juror in enumerate(problem.jurors)}
    sums = {entry.key: 0 for entry in problem.entries if entry.reads}
    for entry, juror in result.pairs:
        sums[entry] = sums.get(entry, 0) + int(problem.affinity[rows[entry], columns[juror]])
    total, worst = sum(sums.values()), min(sums.values(), default=0)
    if (result.total, result.worst) != (total, worst) or total > result.bound:
        found = (*found, Breach(Fault.FIGURES))
    return found


def _pair_faults(problem: Problem, chosen: frozenset[Pair]) -> Iterator[Breach]:
    entries = {entry.key for entry in problem.entries}
    jurors = {juror.key for juror in problem.jurors}
    for entry, juror in chosen:
        if entry not in entries or juror not in jurors:
            yield Breach(Fault.UNKNOWN, entry, juror)
        if (entry, juror) in problem.barred:
            yield Breach(Fault.BARRED, entry, juror)
    for entry, juror in problem.kept - chosen:
        yield Breach(Fault.LOST, entry, juror)


def _load_faults(problem: Problem, chosen: frozenset[Pair]) -> Iterator[Breach]:
    reads = Counter(entry for entry, _juror in chosen)
    loads = Counter(juror for _entry, juror in chosen)
    for entry in problem.entries:
        if reads[entry.key] != entry.reads:
            yield Breach(Fault.READS, entry=entry.key)
    for juror in problem.jurors:
        if not juror.least <= loads[juror.key] <= juror.most:
            yield Breach(Fault.LOAD, juror=juror.key)


def _cap_faults(problem: Problem, chosen: frozenset[Pair]) -> Iterator[Breach]:
    for cap, fault, names in (
        (
            problem.per_organisation,
            Fault.ORGANISATION_CAP,
            {juror.key: juror.organisation for juror in problem.jurors},
        ),
        (problem.per_entity, Fault.ENTITY_CAP, {juror.key: juror.entity for juror in problem.jurors}),
    ):
        together = Counter((entry, names.get(juror)) for entry, juror in chosen if names.get(juror))
        for (entry, _name), count in together.items():
            if cap is not None and count > cap:
                yield Breach(fault, entry=entry)
