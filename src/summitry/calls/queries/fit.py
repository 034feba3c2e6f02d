"""How well each juror fits each entry of a round, in ten-thousandths. Loads numpy: only a worker imports it."""

from __future__ import annotations

from summitry.algorithms.assignment.affinity import Bid, Expertise, Matter, affinity, components
from summitry.calls.enums import BidValue
from summitry.calls.queries.assignment_problem import Facts

BIDS: dict[str, Bid] = {
    str(BidValue.WANT): "want",
    str(BidValue.WILLING): "willing",
    str(BidValue.UNWILLING): "unwilling",
}


def fit_of(facts: Facts) -> list[list[int]]:
    """Return a row for each entry and in it a figure for each juror, in their order."""
    entries = [
        Matter(entry.pk, frozenset({entry.area} if entry.area else ()), entry.words)
        for entry in facts.entries
    ]
    jurors = [Expertise(juror.pk, juror.expertise, juror.words) for juror in facts.jurors]
    known = {juror.pk for juror in facts.jurors}
    bids = {pair: BIDS[value] for pair, value in facts.bids.items() if pair[1] in known}
    found: list[list[int]] = affinity(components(entries, jurors, bids)).tolist()
    return found
