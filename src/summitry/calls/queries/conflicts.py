"""Who must not judge what: the conflicts of a call as one table, for assignments and pages."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet

from summitry.calls.models import Call, Conflict, OrganisationGroup
from summitry.calls.permissions_judging import BARRING

Pair = tuple[int, int]
"""An entry and a juror, by their ids."""


def barring(call: Call) -> dict[Pair, tuple[str, ...]]:
    """Return by entry and juror the kinds of the conflicts that bar: open or upheld ones, in the order of their names.

    One statement. Jurors who left or declined are in it too. For algorithms: nobody's rights are asked.
    """
    rows = Conflict.objects.filter(juror__call=call, state__in=BARRING).order_by("kind")
    found: dict[Pair, tuple[str, ...]] = {}
    for entry_id, juror_id, kind in rows.values_list("entry_id", "juror_id", "kind").iterator(
        chunk_size=5000
    ):
        known = found.get((entry_id, juror_id), ())
        if kind not in known:
            found[entry_id, juror_id] = (*known, kind)
    return found


def groups_of(call: Call) -> dict[str, list[str]]:
    """Return the institutions that count as one house, by the name of their group."""
    return {row.name: list(row.members) for row in OrganisationGroup.objects.filter(call=call)}


def barring_review() -> QuerySet[Conflict]:
    """Return, for a query of reviews, the conflicts that bar a review's juror from its entry, whenever they were found."""
    return Conflict.objects.filter(
        juror=OuterRef("assignment__juror"), entry=OuterRef("assignment__entry"), state__in=BARRING
    )
