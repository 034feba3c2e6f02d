"""Small problems for the tests: by hand, by hypothesis, and an oracle that tries every assignment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
from hypothesis import strategies as st

from summitry.algorithms.assignment import Entry, Juror, Pair, Problem, Result

RULES = ("declared", "country")


def problem(
    rows: Sequence[Sequence[int]], reads: int = 1, most: int = 9, least: int = 0, **facts: Any
) -> Problem:
    """A problem of entries 10, 11, … and jurors 20, 21, … with the affinities given."""
    affinity = np.array(rows, np.int32)
    entries, jurors = affinity.shape
    people = {
        "entries": tuple(Entry(10 + row, reads) for row in range(entries)),
        "jurors": tuple(Juror(20 + column, most, least) for column in range(jurors)),
    }
    return Problem(**people | {"affinity": affinity} | facts)


@st.composite
def problems(draw: st.DrawFn, *, nested: bool = True, kept: bool = True) -> Problem:
    """Up to four entries and five jurors; about half of them have an assignment."""
    pick = st.integers
    entries = tuple(Entry(10 + row, draw(pick(0, 3))) for row in range(draw(pick(1, 4))))
    jurors = tuple(
        Juror(
            20 + column,
            most=draw(pick(0, 4)),
            least=draw(st.sampled_from([0, 0, 0, 1, 2])),
            organisation=(organisation := draw(st.sampled_from(["", "a", "b", "c"]))),
            entity={"": "", "a": "x", "b": "x", "c": "y"}[organisation]
            if nested
            else draw(st.sampled_from(["", "x", "y"])),
        )
        for column in range(draw(pick(1, 5)))
    )
    pairs = [(entry.key, juror.key) for entry in entries for juror in jurors]
    values = draw(
        st.lists(
            st.sampled_from([0, 2500, 5000, 5001, 9999, 10000]), min_size=len(pairs), max_size=len(pairs)
        )
    )
    some = st.frozensets(st.sampled_from(pairs), max_size=4)
    barred = draw(
        st.dictionaries(st.sampled_from(pairs), st.sampled_from([("declared",), RULES]), max_size=6)
    )
    return Problem(
        entries=entries,
        jurors=jurors,
        affinity=np.array(values, np.int32).reshape(len(entries), len(jurors)),
        barred=barred,
        kept=(draw(some) - barred.keys()) if kept and draw(st.booleans()) else frozenset(),
        former=draw(some) if draw(st.booleans()) else frozenset(),
        per_organisation=draw(st.sampled_from([None, 1, 2])),
        per_entity=draw(st.sampled_from([None, 1, 2])),
    )


def shuffled(asked: Problem, entries: Sequence[int], jurors: Sequence[int]) -> Problem:
    """The same problem with its entries and jurors in another order."""
    return replace(
        asked,
        entries=tuple(asked.entries[at] for at in entries),
        jurors=tuple(asked.jurors[at] for at in jurors),
        affinity=asked.affinity[np.ix_(entries, jurors)],
    )


def fit(asked: Problem, pair: Pair) -> int:
    """The affinity of a pair."""
    rows = [entry.key for entry in asked.entries]
    columns = [juror.key for juror in asked.jurors]
    return int(asked.affinity[rows.index(pair[0]), columns.index(pair[1])])


def broken(asked: Problem, pairs: Sequence[Pair]) -> list[str]:
    """Every rule that the pairs break, in words."""
    chosen = set(pairs)
    wrong = [f"barred {pair}" for pair in chosen & asked.barred.keys()]
    wrong += [f"lost {pair}" for pair in asked.kept - chosen]
    wrong += ["a pair twice"] * (len(pairs) - len(chosen))
    for entry in asked.entries:
        readers = [juror for juror in asked.jurors if (entry.key, juror.key) in chosen]
        if len(readers) != entry.reads:
            wrong.append(f"entry {entry.key} has {len(readers)} reads")
        for cap, names in (
            (asked.per_organisation, [juror.organisation for juror in readers]),
            (asked.per_entity, [juror.entity for juror in readers]),
        ):
            if cap is not None and any(name and names.count(name) > cap for name in names):
                wrong.append(f"entry {entry.key} over a cap")
    for juror in asked.jurors:
        load = sum(pair[1] == juror.key for pair in chosen)
        if not juror.least <= load <= juror.most:
            wrong.append(f"juror {juror.key} reads {load}")
    return wrong


def assignments(asked: Problem) -> Iterator[tuple[Pair, ...]]:
    """Every assignment that breaks no rule."""

    def extend(entries: Sequence[Entry], pairs: tuple[Pair, ...]) -> Iterator[tuple[Pair, ...]]:
        if not entries:
            if not broken(asked, pairs):
                yield pairs
            return
        first, *rest = entries
        for readers in combinations(asked.jurors, first.reads):
            more = tuple((first.key, juror.key) for juror in readers)
            if asked.barred.keys().isdisjoint(more) and all(
                sum(pair[1] == juror.key for pair in pairs) < juror.most for juror in readers
            ):
                yield from extend(rest, pairs + more)

    return extend(asked.entries, ())


def total(asked: Problem, pairs: Sequence[Pair]) -> int:
    """The summed affinity."""
    return sum(fit(asked, pair) for pair in pairs)


def worst(asked: Problem, pairs: Sequence[Pair]) -> int:
    """The smallest summed affinity of an entry that is read."""
    sums = [
        sum(fit(asked, pair) for pair in pairs if pair[0] == entry.key)
        for entry in asked.entries
        if entry.reads
    ]
    return min(sums, default=0)


def result(answer: object) -> Result:
    """The answer, which must be a result."""
    assert isinstance(answer, Result), answer
    return answer
