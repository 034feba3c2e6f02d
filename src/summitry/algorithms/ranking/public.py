"""A public vote beside the jury: each side's figures become parts of one whole, weighted by a published share."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

from summitry.algorithms.ranking.ballots import EUROVISION, Ballot, shared_points
from summitry.algorithms.ranking.tally import Standing, Step, Tally, standings


class Scale(StrEnum):
    """How a side's figures are made comparable with the other's."""

    PARTS = "parts"
    """Each entry's part of the side's sum: a landslide counts as one. Jury figures must not be negative."""

    POINTS = "points"
    """Points by place as parts of the highest, entries side by side sharing theirs: only the order counts."""


def combined(
    jury: Tally,
    votes: Mapping[int, int],
    *,
    public_share: Fraction,
    scale: Scale = Scale.POINTS,
    points: tuple[int, ...] = EUROVISION,
    seed: str | bytes | None = None,
) -> Tally:
    """Return the standings by (1 - share) times the jury's part and share times the public's.

    Equal entries are separated by the jury's place, then by lottery. An entry without votes has 0 of them; one that the jury
    has not judged has no part of the jury's. Raises ValueError for a share outside 0 to 1, for negative votes, for votes for
    an entry that is not in the tally, and for a negative jury figure on the scale of parts.
    """
    entries = [standing.entry for standing in jury.standings]
    if not 0 <= public_share <= 1:
        raise ValueError("The public's share is not between 0 and 1.")
    for entry in sorted(votes.keys() - set(entries)):
        raise ValueError(f"{entry} has votes, but is not in this final.")
    if any(count < 0 for count in votes.values()):
        raise ValueError("A number of votes is less than 0.")
    theirs = _parts(_judged(jury.standings), scale, points)
    public = _parts({entry: Fraction(votes.get(entry, 0)) for entry in entries}, scale, points)
    found = {
        entry: (1 - public_share) * theirs.get(entry, Fraction()) + public_share * public[entry]
        for entry in entries
    }
    places = {standing.entry: Fraction(-standing.place) for standing in jury.standings}
    rung = (Step.JURY, lambda group: {entry: places[entry] for entry in group})
    return Tally(standings(entries, found, [rung], seed), jury.ballots)


def _judged(known: tuple[Standing, ...]) -> dict[int, Fraction]:
    return {standing.entry: standing.figure for standing in known if standing.figure is not None}


def _parts(side: Mapping[int, Fraction], scale: Scale, points: tuple[int, ...]) -> dict[int, Fraction]:
    if scale is Scale.POINTS:
        highest = max(points, default=0) or 1
        return {
            entry: worth / highest for entry, worth in shared_points(Ballot(0, side).order(), points).items()
        }
    if any(figure < 0 for figure in side.values()):
        raise ValueError("A figure is less than 0, and so has no part of a whole.")
    whole = sum(side.values(), Fraction())
    return {entry: figure / whole if whole else Fraction() for entry, figure in side.items()}
