"""Who would go on from a round: the entries likeliest to be among the best, as the calibration in force tells it.

What the chair has set for single entries takes its places first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from summitry.algorithms.calibration.types import CONTESTED, Estimate
from summitry.algorithms.effort.rounds import precedence
from summitry.calls.enums import IN_PLAY, EntryState, FinalState, RoundKind, RoundState, Stand, Task
from summitry.calls.models import Final, Round, Standing
from summitry.calls.permissions_judging import withheld
from summitry.calls.queries.calibration import estimates_in_force
from summitry.calls.queries.computations import in_force
from summitry.calls.queries.rounds import COUNTED, next_of, places_of
from summitry.foundation.access import Actor


@dataclass(frozen=True, slots=True)
class Proposed:
    """Where an entry would stand, and its place in the order; `is_set` where the chair said so."""

    standing: Standing
    stand: Stand
    rank: int
    chance: float | None
    score: float | None
    is_set: bool

    @property
    def is_contested(self) -> bool:
        """Whether another jury might decide otherwise."""
        return self.chance is not None and CONTESTED[0] < self.chance < CONTESTED[1]


def ranking_of(round_: Round) -> list[int] | None:
    """Return the ids of a live final's entries, best first, as its ballots were counted; None before, and for other rounds."""
    if round_.kind != RoundKind.LIVE:
        return None
    final = Final.objects.filter(round=round_, state=FinalState.REVEALED).first()
    return [row["entry"] for row in final.tally.get("entries", [])] if final is not None else None


def proposal_of(round_: Round, states: Collection[EntryState] = IN_PLAY) -> list[Proposed]:
    """Return where each entry of a round would stand, best first; without masks: `proposal_for` shows it.

    A desk round goes by the chances of the calibration in force, a live final by its counted ballots. Entries in other
    `states` take no part.
    """
    ranking = ranking_of(round_)
    rows = list(Standing.objects.filter(round=round_, entry__state__in=states))
    estimates = estimates_in_force(round_) if ranking is None else {}
    ordered = sorted(rows, key=lambda row: _order(row, estimates, ranking))
    places = places_of(round_)
    spare = 0 if next_of(round_) else round_.call.reserve
    places -= sum(row.stand == Stand.ADVANCED for row in rows)
    spare -= sum(row.stand == Stand.RESERVE for row in rows)
    found = []
    for rank, row in enumerate(ordered, start=1):
        stand = Stand(row.stand)
        if stand == Stand.IN and places > 0:
            stand, places = Stand.ADVANCED, places - 1
        elif stand == Stand.IN and spare > 0:
            stand, spare = Stand.RESERVE, spare - 1
        elif stand == Stand.IN:
            stand = Stand.OUT
        known = estimates.get(row.entry_id)
        found.append(
            Proposed(
                row,
                stand,
                rank,
                known.chance if known else None,
                known.score if known else None,
                is_set=bool(row.reason),
            )
        )
    return found


def proposal_for(round_: Round, actor: Actor) -> list[Proposed]:
    """Return the proposal's rows that `actor` may see; of a round that is decided, where its entries went.

    For a reader from whom an entry is withheld nothing is proposed, places are counted anew and chances are told in tenths:
    neither a missing place nor what is left over tells of the entry left out.
    """
    hidden = set(_withheld_in(round_, actor).values_list("pk", flat=True))
    whole = proposal_of(round_, COUNTED if round_.state == RoundState.DECIDED else IN_PLAY)
    rows = [row for row in whole if row.standing.pk not in hidden]
    if len(rows) == len(whole):
        return rows
    return [
        replace(row, rank=n, chance=_coarse(row.chance), stand=Stand(row.standing.stand))
        for n, row in enumerate(rows, start=1)
    ]


def has_grounds(round_: Round) -> bool:
    """Return whether there is something to decide a round by: a calibration in force, or counted ballots."""
    if round_.kind == RoundKind.LIVE:
        return ranking_of(round_) is not None
    return in_force(round_.call, Task.CALIBRATION, round_) is not None


def is_masked_in(round_: Round, actor: Actor) -> bool:
    """Return whether an entry of a round is withheld from `actor`: then somebody else decides it."""
    return _withheld_in(round_, actor).exists()


def _withheld_in(round_: Round, actor: Actor) -> QuerySet[Standing]:
    ids = withheld(actor)
    rows = Standing.objects.filter(round=round_)
    return rows.none() if ids is None else rows.filter(entry__in=ids)


def _coarse(chance: float | None) -> float | None:
    return None if chance is None else round(chance, 1)


def _order(
    row: Standing, estimates: dict[int, Estimate], ranking: Sequence[int] | None
) -> tuple[float, float, float]:
    if ranking is not None:
        return (ranking.index(row.entry_id) if row.entry_id in ranking else len(ranking), 0.0, row.entry_id)
    known = estimates.get(row.entry_id)
    return precedence(known) if known else (0.0, 0.0, row.entry_id)
