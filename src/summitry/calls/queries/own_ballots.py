"""A juror's ballots in the live finals of her calls: which she may fill in now, which are coming, which are in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, Q
from django.urls import reverse

from summitry.calls.enums import FinalState, JurorState
from summitry.calls.models import Ballot, Call, Final, Juror
from summitry.editions.models import Edition
from summitry.foundation.access import Actor


class Stand(StrEnum):
    """How a juror's ballot stands."""

    COMING = "coming"
    OPEN = "open"
    COMMITTED = "committed"
    REVEAL = "reveal"
    MISSED = "missed"
    REVEALED = "revealed"


@dataclass(frozen=True, slots=True)
class OwnBallot:
    """A live final in which somebody judges, how her ballot stands, where it is, and when the final begins, if that is known."""

    final: Final
    stand: Stand
    url: str
    opens_at: dt.datetime | None


def own_ballots(actor: Actor, edition: Edition, calls: Iterable[Call]) -> list[OwnBallot]:
    """Return the ballots of `actor` in the finals of these calls of an edition, those that wait for her first.

    One query, and one more where she judges in a final.
    """
    of = {call.pk: call for call in calls}
    if actor.account_id is None or not of:
        return []
    seats = Juror.objects.filter(account=actor.account_id, state=JurorState.ACCEPTED, call__in=of)
    judged = Q(panel=None) | Q(panel=F("round__call__jurors__panel"))
    rows = Final.objects.filter(judged, round__call__jurors__in=seats).select_related("round")
    finals = list(rows.order_by("round__call_id", "round__number"))
    if not finals:
        return []
    ballots = {row.final_id: row for row in Ballot.objects.filter(juror__in=seats)}
    found = []
    for final in finals:
        final.round.call = of[final.round.call_id]
        address = reverse("calls:final_ballot", args=[edition.slug, final.round.call.slug])
        found.append(
            OwnBallot(
                final,
                _stand(final, ballots.get(final.pk)),
                f"{address}?round={final.round.number}",
                final.round.opens_at,
            )
        )
    return sorted(found, key=lambda one: one.stand not in {Stand.OPEN, Stand.REVEAL})


def _stand(final: Final, own: Ballot | None) -> Stand:
    if own is not None and own.revealed_at is not None:
        return Stand.REVEALED
    if final.state == FinalState.PLANNED:
        return Stand.COMING
    if final.state == FinalState.RUNNING:
        return Stand.COMMITTED if own else Stand.OPEN
    if final.state == FinalState.COMMITTED and own:
        return Stand.REVEAL
    return Stand.MISSED
