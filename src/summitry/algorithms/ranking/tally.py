"""The tally of a final: figures, and a ladder of steps for entries whose figures are equal.

The ladder, each step for those whom the steps before leave equal: more first places (a shared one counts in parts), the
higher median (of scores, or of places where ballots are compared by place), more of the others beaten head-to-head (a
majority of the weight of the ballots that hold both; half for a draw), and last a lottery that anybody can repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from statistics import median

from summitry.algorithms.ranking.ballots import Ballot, Method, Rules, figures
from summitry.algorithms.selection.lottery import ticket


class Step(StrEnum):
    """What set an entry apart from the one before it."""

    FIGURE = "figure"
    FIRSTS = "firsts"
    MEDIAN = "median"
    DUELS = "duels"
    JURY = "jury"
    LOTTERY = "lottery"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Standing:
    """One entry's place. `step` is what separates it from the entry before; NOTHING where both share the place.

    `figure` is None for an entry that nobody has judged; such entries come last.
    """

    entry: int
    place: int
    figure: Fraction | None
    step: Step


@dataclass(frozen=True, slots=True)
class Tally:
    """The standings, the first first, and how many ballots they rest on."""

    standings: tuple[Standing, ...]
    ballots: int


Rung = tuple[Step, Callable[[list[int]], Mapping[int, Fraction]]]
"""A step, and the function that gives those who are equal before it a number each: the higher is placed first."""


def tally(
    entries: Iterable[int], ballots: Sequence[Ballot], rules: Rules, seed: str | bytes | None = None
) -> Tally:
    """Return the standings of all entries. Without a seed there is no lottery: those still equal share a place.

    The order of entries and ballots makes no difference. Raises ValueError where a ballot names another entry, or a juror
    has two ballots.
    """
    known = sorted(set(entries))
    for ballot in ballots:
        for entry in sorted(ballot.scores.keys() - known):
            raise ValueError(f"The ballot of juror {ballot.juror} names {entry}, which is not in this final.")
    found = figures(ballots, rules)
    rungs: list[Rung] = [
        (Step.FIRSTS, lambda group: _firsts(group, ballots, rules)),
        (Step.MEDIAN, lambda group: _medians(group, ballots, rules)),
        (Step.DUELS, lambda group: _duels(group, ballots, rules)),
    ]
    return Tally(standings(known, found, rungs, seed), len(ballots))


def standings(
    entries: Iterable[int], found: Mapping[int, Fraction], rungs: Sequence[Rung], seed: str | bytes | None
) -> tuple[Standing, ...]:
    """Order entries by their figures and by the rungs; those without a figure come last, side by side."""
    judged = [entry for entry in sorted(entries) if entry in found]
    ladder: list[Rung] = [(Step.FIGURE, lambda group: {entry: found[entry] for entry in group}), *rungs]
    ordered = _climb(judged, ladder, seed)
    rest = [entry for entry in sorted(entries) if entry not in found]
    ordered += [(entry, Step.FIGURE if entry == rest[0] else Step.NOTHING) for entry in rest]
    placed: list[Standing] = []
    for number, (entry, step) in enumerate(ordered, 1):
        place = placed[-1].place if step is Step.NOTHING and placed else number
        placed.append(Standing(entry, place, found.get(entry), step))
    return tuple(placed)


def _climb(group: list[int], rungs: Sequence[Rung], seed: str | bytes | None) -> list[tuple[int, Step]]:
    """Order a group whose members are equal so far; the first one's step is that of the first rung or later."""
    if not rungs:
        return _drawn(group, seed)
    (step, rate), *others = rungs
    rates = rate(group)
    ordered: list[tuple[int, Step]] = []
    for _rate, equals in groupby(sorted(group, key=lambda one: (-rates[one], one)), rates.__getitem__):
        (first, _step), *rest = _climb(list(equals), others, seed)
        ordered += [(first, step), *rest]
    return ordered


def _drawn(group: list[int], seed: str | bytes | None) -> list[tuple[int, Step]]:
    if seed is None:
        return [(entry, Step.NOTHING) for entry in group]
    return [(entry, Step.LOTTERY) for entry in sorted(group, key=lambda one: (ticket(one, seed), one))]


def _firsts(group: list[int], ballots: Iterable[Ballot], rules: Rules) -> dict[int, Fraction]:
    counts = dict.fromkeys(group, Fraction())
    for ballot in ballots:
        for best in ballot.order()[:1]:
            for entry in counts.keys() & set(best):
                counts[entry] += rules.weight(ballot.juror) / len(best)
    return counts


def _medians(group: list[int], ballots: Iterable[Ballot], rules: Rules) -> dict[int, Fraction]:
    marks: dict[int, list[Fraction]] = {entry: [] for entry in group}
    by_place = rules.method in (Method.BORDA, Method.POINTS)
    for ballot in ballots:
        worth = _places(ballot) if by_place else ballot.scores
        for entry in marks.keys() & worth.keys():
            marks[entry].append(Fraction(worth[entry]))
    return {entry: median(found) for entry, found in marks.items()}


def _places(ballot: Ballot) -> dict[int, Fraction]:
    """Each entry's place, counted downwards so that more is better; a group has the mean of its places."""
    places: dict[int, Fraction] = {}
    for group in ballot.order():
        places |= dict.fromkeys(group, -(len(places) + Fraction(len(group) + 1, 2)))
    return places


def _duels(group: list[int], ballots: Sequence[Ballot], rules: Rules) -> dict[int, Fraction]:
    won = dict.fromkeys(group, Fraction())
    for number, one in enumerate(group):
        for other in group[number + 1 :]:
            balance = sum(
                (
                    rules.weight(ballot.juror)
                    * (
                        (ballot.scores[one] > ballot.scores[other])
                        - (ballot.scores[one] < ballot.scores[other])
                    )
                    for ballot in ballots
                    if one in ballot.scores and other in ballot.scores
                ),
                Fraction(),
            )
            share = Fraction(1 if balance > 0 else 0) if balance else Fraction(1, 2)
            won[one] += share
            won[other] += 1 - share
    return won
