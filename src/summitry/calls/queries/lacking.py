"""Reads that nobody will do: not given out yet, or on the table of a juror who has left or must not judge.

Counts leave out whatever a conflict hides from who asks.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from summitry.calls.enums import IN_PLAY, AssignmentState, JurorState
from summitry.calls.models import Assignment, Conflict, Round, Standing
from summitry.calls.permissions_judging import BARRING, HELD
from summitry.foundation.access import Actor, visible


def standing_reads() -> QuerySet[Assignment]:
    """Return the reads on which a round can count: handed in, or with a juror who is there; none that a conflict bars."""
    barred = Conflict.objects.filter(juror=OuterRef("juror"), entry=OuterRef("entry"), state__in=BARRING)
    is_done = Q(state=AssignmentState.SUBMITTED)
    will_be = Q(state__in=HELD, juror__state=JurorState.ACCEPTED)
    return Assignment.objects.filter(is_done | will_be, ~Exists(barred.order_by())).order_by()


def lacking_reads(rounds: Collection[Round], actor: Actor) -> dict[int, int]:
    """Return by round how many of the reads that its entries are to have are without a juror (one query).

    A round that lacks none is left out.
    """
    readers = standing_reads().filter(round=OuterRef("round"), entry=OuterRef("entry"))
    counted = readers.values("entry").annotate(n=Count("pk")).values("n")
    short = (
        visible(actor, Standing.objects.filter(round__in=rounds, entry__state__in=IN_PLAY))
        .annotate(readers=Coalesce(Subquery(counted), 0))
        .filter(readers__lt=F("reads"))
        .order_by()
        .values("round")
        .annotate(lacking=Sum(F("reads") - F("readers")))
    )
    return dict(short.values_list("round", "lacking"))
