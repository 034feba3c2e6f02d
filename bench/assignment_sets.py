"""What the assignment bench solves: public affinity matrices, a synthetic call made from a seed, and faults put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from summitry.algorithms.assignment import Change, Clash, Entry, Juror, Problem, Shortage

DATA = Path(__file__).parents[2] / "shared" / "data" / "selection"
WHOLE = 10_000
ENTRIES, JURORS, READS = 1000, 150, 5
Matrix = npt.NDArray[np.float64]


def problem(scores: Matrix, reads: int, most: int, least: int = 0) -> Problem:
    """A problem of scores from 0 to 1 with a row per entry; a negative score is a conflict."""
    entries, jurors = scores.shape
    rows, columns = np.nonzero(scores < 0)
    return Problem(
        entries=tuple(Entry(row, reads) for row in range(entries)),
        jurors=tuple(Juror(column, most, least) for column in range(jurors)),
        affinity=np.rint(np.clip(scores, 0, 1) * WHOLE).astype(np.int32),
        barred=dict.fromkeys(zip(rows.tolist(), columns.tolist(), strict=True), ("declared",)),
    )


def written(name: str) -> Matrix:
    """A matrix in the text form of the perturbed-maximization repository: its size, then a row per line."""
    size, *lines = (DATA / "assign_in" / name).read_text().splitlines()
    entries, jurors = map(int, size.split())
    scores = np.array([[float(cell) for cell in line.split()] for line in lines[:entries]])
    if scores.shape != (entries, jurors):
        raise OSError(f"{name} is not of the size that it states.")
    return scores


def synthetic(seed: int = 1) -> Problem:
    """1,000 entries of 5 reads, 150 jurors of 20 to 40 from 20 entities of three organisations each, 10 % conflicts."""
    generator = np.random.default_rng(seed)
    matter = generator.dirichlet(np.full(12, 0.3), ENTRIES)
    skill = generator.dirichlet(np.full(12, 0.3), JURORS)
    scores = 0.8 * np.sqrt(matter) @ np.sqrt(skill).T + 0.2 * generator.random((ENTRIES, JURORS))
    scores[generator.random(scores.shape) < 0.1] = -1
    asked = problem(scores, READS, 40, 20)
    entities, houses = generator.integers(0, 20, JURORS), generator.integers(0, 3, JURORS)
    jurors = tuple(
        replace(juror, entity=f"entity {entity}", organisation=f"organisation {entity}.{house}")
        for juror, entity, house in zip(asked.jurors, entities, houses, strict=True)
    )
    return replace(asked, jurors=jurors)


def sets() -> dict[str, Problem]:
    """All problems, by name; the public ones where their data are at hand."""
    found = {"synthetic": synthetic()}
    if DATA.exists():
        midl = np.load(DATA / "midl" / "scores.npy").T
        found = {
            "midl": problem(midl, 3, 4),
            "midl, least 2": problem(midl, 3, 4, 2),
            "aamas2015": problem(written("aamas2015.in"), 3, 12, 6),
            "aamas2016": problem(written("aamas2016.in"), 3, 12, 5),
            "preflib1": problem(written("preflib1.in"), 3, 6, 2),
            **found,
        }
    return found


@dataclass(frozen=True)
class Fault:
    """A problem without an assignment, and whether a shortage names its cause."""

    name: str
    asked: Problem
    names_it: Callable[[Shortage], bool]


def faults(seed: int) -> Iterator[Fault]:
    """One fault of each kind, put into the synthetic call."""
    asked = synthetic(seed)
    generator = np.random.default_rng(seed)
    some = sorted(int(row) for row in generator.choice(ENTRIES, 6, replace=False))
    one = int(generator.integers(JURORS))
    yield from load_faults(asked, one)
    yield from rule_faults(asked, some, one)
    yield from kept_faults(asked, some[0], one)


def load_faults(asked: Problem, one: int) -> Iterator[Fault]:
    """Loads and minimums that cannot be."""
    low = replace(asked, jurors=tuple(replace(juror, most=33, least=0) for juror in asked.jurors))
    yield Fault(
        "too little load",
        low,
        lambda named: (
            named.missing == 50 and _frees(named, Change.RAISE_MOST) and len(_tight(named)) == ENTRIES
        ),
    )
    high = replace(asked, jurors=tuple(replace(juror, least=34) for juror in asked.jurors))
    yield Fault(
        "minimums beyond all reads",
        high,
        lambda named: (named.missing, named.unreached) == (0, 100) and _frees(named, Change.LOWER_LEAST),
    )
    crossed = tuple(replace(juror, least=50) if juror.key == one else juror for juror in asked.jurors)
    yield Fault(
        "minimum above the largest load",
        replace(asked, jurors=crossed),
        lambda named: [juror.juror for juror in named.jurors] == [one] and _frees(named, Change.RAISE_MOST),
    )


def rule_faults(asked: Problem, some: list[int], one: int) -> Iterator[Fault]:
    """Rules and caps that leave too few."""
    country = {**asked.barred, **{(row, column): ("country",) for row in some for column in range(4, JURORS)}}
    yield Fault(
        "a rule leaves four jurors for six entries",
        replace(asked, barred=country),
        lambda named: (
            {entry.entry for entry in named.entries} == set(some)
            and ("country",) in [rule.rules for rule in named.rules]
            and _frees(named, Change.LIFT_RULES)
        ),
    )
    own = {**asked.barred, **{(row, one): ("same_organisation",) for row in range(ENTRIES - 8)}}
    yield Fault(
        "a rule leaves a juror eight entries",
        replace(asked, barred=own),
        lambda named: (
            [juror.juror for juror in named.jurors] == [one]
            and ("same_organisation",) in [rule.rules for rule in named.rules]
        ),
    )
    groups = sorted({juror.entity for juror in asked.jurors})
    crowd = max(groups, key=lambda name: sum(juror.entity == name for juror in asked.jurors))
    others = [juror.key for juror in asked.jurors if juror.entity != crowd]
    closed = {**asked.barred, **{(some[0], key): ("language",) for key in others}}
    for pair in [(some[0], juror.key) for juror in asked.jurors if juror.entity == crowd]:
        closed.pop(pair, None)
    yield Fault(
        "a cap leaves two jurors of one entity",
        replace(asked, barred=closed, per_entity=2),
        lambda named: (
            [entry.entry for entry in named.entries] == [some[0]]
            and "entity" in [cap.kind for cap in named.caps]
            and _frees(named, Change.RAISE_ENTITY_CAP)
        ),
    )
    greedy = tuple(replace(entry, reads=151) if entry.key == some[1] else entry for entry in asked.entries)
    yield Fault(
        "more reads than jurors",
        replace(asked, entries=greedy),
        lambda named: (
            [entry.entry for entry in named.entries] == [some[1]] and _frees(named, Change.LOWER_READS)
        ),
    )
    narrow = {
        **asked.barred,
        **{(some[2], column): ("declared",) for column in range(6, JURORS)},
    }
    for column in range(6):
        narrow.pop((some[2], column), None)
    yield Fault(
        "a limit of probability leaves too little",
        replace(asked, barred=narrow, mode="random", limit=0.8),
        lambda named: (
            [entry.entry for entry in named.entries] == [some[2]] and _frees(named, Change.RAISE_LIMIT)
        ),
    )


def kept_faults(asked: Problem, row: int, one: int) -> Iterator[Fault]:
    """Reviews that have begun and cannot be kept."""
    pair = (row, one)
    yield Fault(
        "a conflict found after the review began",
        replace(asked, barred={**asked.barred, pair: ("declared",)}, kept=frozenset({pair})),
        lambda named: (
            [clash.clash for clash in named.clashes] == [Clash.BARRED] and _frees(named, Change.RELEASE_KEPT)
        ),
    )
    free = [entry.key for entry in asked.entries if (entry.key, one) not in asked.barred]
    yield Fault(
        "more reviews begun than the juror may read",
        replace(asked, kept=frozenset((key, one) for key in free[:41])),
        lambda named: (
            {clash.clash for clash in named.clashes} == {Clash.JUROR_FULL}
            and _frees(named, Change.RAISE_MOST)
        ),
    )


def _frees(named: Shortage, change: Change) -> bool:
    """Whether a remedy with such a step frees all."""
    return any(
        remedy.frees_all and any(step.change == change for step in remedy.steps) for remedy in named.remedies
    )


def _tight(named: Shortage) -> tuple[int, ...]:
    return named.bottleneck.entries if named.bottleneck else ()
